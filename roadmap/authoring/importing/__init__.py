"""Tracks from files of other programs: one module reads each format, ``write`` makes a track of what it found."""
