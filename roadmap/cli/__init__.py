"""The commands: each one reads its words, asks the rooms below, and says the answer as text or as JSON."""
