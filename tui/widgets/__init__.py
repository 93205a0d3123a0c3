"""The few widgets the screens are made of: lists of lines, a headline, a rule that speaks, a line of keys."""
