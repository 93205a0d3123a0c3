"""The terminal UI, on Textual. Nothing below ``roadmap`` knows of it; everything it marks goes through there."""
