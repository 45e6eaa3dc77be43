"""Intersession."""

VERSION = "0.2.0"
"""The version of this program, as in `pyproject.toml`, which is not part of an image."""
