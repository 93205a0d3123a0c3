"""What the screens say, as lines: from the session's state and a width to values, with no widget in sight."""
