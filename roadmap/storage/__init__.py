"""The outside world: files, locks, the journal of changes, and where they all live."""
