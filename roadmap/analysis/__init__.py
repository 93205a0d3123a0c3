"""Pure questions over the words: paths, standing, what comes next. Values in, values out; no disk, no clock."""
