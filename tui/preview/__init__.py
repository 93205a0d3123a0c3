"""A track as the UI shows it, while its author writes it in another window. Nothing in here writes to disk."""
