"""Follow the lines such as "Article 5" of a paper: tell whether another one begins or a sentence only names it."""

from server.documents.cutting import asks_for_number
from server.documents.numerals import Label

_SHORT_TITLE = 60  # characters
_MOST_SKIPPED = 9  # numbers from one line to the next


class NamedLines:
    """The number and the column of the last line with each word, such as "article"."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[tuple[int, ...], int]] = {}

    def note(self, label: Label, column: int) -> None:
        """Note the label of a line."""
        style, path = label.readings[0]
        self._last[style] = (path, column)

    def count_skipped(self, label: Label, column: int, before: str) -> int | None:
        """Return how many numbers a line leaves out after the last one; None if it goes on with the line before it."""
        style, path = label.readings[0]
        last, last_column = self._last.get(style, ((), 0))
        if not last or last[:-1] != path[:-1] or abs(column - last_column) > 1:
            return None
        skipped = path[-1] - last[-1] - 1
        is_title = len(label.text) <= _SHORT_TITLE and not label.text.endswith((".", ",", ";"))
        is_line = is_title and not before.rstrip().endswith(",") and not asks_for_number(before)
        return skipped if is_line and 0 <= skipped < _MOST_SKIPPED else None
