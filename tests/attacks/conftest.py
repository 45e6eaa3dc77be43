"""A person at the desk, whose pages are attacked."""

from tests.desk.conftest import desk

__all__ = ("desk",)
