"""Read several texts that a statement joined into one."""

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Lines(TypeDecorator[list[str]]):
    """Names joined by line ends, read back as a sorted list. No folded name holds a line end."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> list[str]:
        """Return the names of one string as a sorted list."""
        return sorted((value or "").splitlines())
