"""The words of the program as plain frozen dataclasses: no input, no output, no clock."""
