"""Looking whether the web addresses of tracks still lead somewhere. The one part of the program that goes online."""
