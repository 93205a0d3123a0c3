"""Tell AI engineering roles apart, follow a path, and keep progress in plain text.

The rooms, from the ground up: ``model`` (the words), ``loading`` (reading and judging TOML),
``analysis`` (pure questions over the words), ``storage`` (the outside world), ``cli`` (commands).
No room imports one above it; the terminal UI lives beside this package, in ``tui``.
"""

__version__ = "0.1.0"
