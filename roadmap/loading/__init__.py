"""Reading TOML and judging it: from the text of tracks and progress files to the words of the model."""
