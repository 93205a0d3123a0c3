"""Checks of a project: what each one says in words, and whether a folder has what it looks for.

Everything here is pure. What stands in the folder is handed in, nothing is run, and no pattern of a track can
take longer than the text it is held against is long.
"""
