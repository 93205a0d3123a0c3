"""Judging tracks for their authors: every fault of every file at once, explained, and mended where that is safe."""
