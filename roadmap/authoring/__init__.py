"""What helps somebody write a track: a first file, the schema for editors, and imports of other formats."""
