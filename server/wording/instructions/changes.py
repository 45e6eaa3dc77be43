"""The changes that instructions ask for, gathered while they are read, within bounds: a line may ask for gigabytes."""

from collections.abc import Iterator
from typing import NamedTuple

from server.wording.hunks import Hunk
from server.wording.instructions.edits import Edit, QuestionCode, Unclear
from server.wording.instructions.spots import AmendedText

MOST_CHANGES = 2_000
"""Changes that are gathered at once; of a provision as a whole each is one."""
LONGEST_WORDING = 20_000
"""Characters of a provision after its changes: what an amendment may give it."""
MOST_WORDS = 500_000
"""Characters of all provisions together of which words change."""
MOST_SEARCHED = 1_500_000
"""Characters in which words are looked for: 1,000 provisions of 60 words about four times, in two seconds."""
_EACH_SEARCH = 10
"""Characters that a search counts for besides the words: it takes time in an empty provision as well."""


class WordChange(NamedTuple):
    """A change of the words of one provision."""

    at: int
    hunk: Hunk


class Changes:
    """What the instructions read so far ask for: edits of whole provisions and changes of words, in their order.

    Everything that adds to it raises `Unclear` where it becomes more than a reading may cost.
    """

    def __init__(self, text: AmendedText) -> None:
        self.text = text
        self.log: list[Edit | WordChange] = []
        self.sizes: dict[int, int] = {}
        self.size = 0
        self.searched = 0

    @property
    def is_spent(self) -> bool:
        """Whether words were looked for in as much as one reading may search."""
        return self.searched > MOST_SEARCHED

    def mark(self) -> int:
        """Return the place up to which `undo` goes back."""
        return len(self.log)

    def undo(self, mark: int) -> None:
        """Forget what came after a mark, but not what was searched for it."""
        del self.log[mark:]
        self.sizes = {}
        self.size = 0
        for each in self.log:
            if isinstance(each, WordChange):
                self._grow(each)

    def change(self, at: int, hunk: Hunk) -> None:
        """Add a change of the words of a provision."""
        self._check_number(1)
        change = WordChange(at, hunk)
        self._grow(change)
        longest = max(LONGEST_WORDING, len(self.text.units[at].text))
        if self.sizes[at] > longest or self.size > MOST_WORDS:
            raise Unclear(QuestionCode.TOO_MANY)
        self.log.append(change)

    def add(self, *edits: Edit) -> None:
        """Add edits of whole provisions."""
        self._check_number(len(edits))
        self.log += edits

    def search(self, words: str, text: str) -> None:
        """Count a search for words in a text."""
        self.searched += len(words) + len(text) + _EACH_SEARCH
        if self.is_spent:
            raise Unclear(QuestionCode.TOO_MANY)

    def in_order(self) -> Iterator[Edit | list[WordChange]]:
        """Yield the edits, and at the place of its first change all changes of the words of a provision."""
        of_provision: dict[int, list[WordChange]] = {}
        for each in self.log:
            if isinstance(each, WordChange):
                of_provision.setdefault(each.at, []).append(each)
        for each in self.log:
            if not isinstance(each, WordChange):
                yield each
            elif each.at in of_provision:
                yield of_provision.pop(each.at)

    def _check_number(self, more: int) -> None:
        if len(self.log) + more > MOST_CHANGES:
            raise Unclear(QuestionCode.TOO_MANY)

    def _grow(self, change: WordChange) -> None:
        """Count the characters by which a provision grows."""
        start, end, words = change.hunk
        if change.at not in self.sizes:
            self.sizes[change.at] = len(self.text.units[change.at].text)
            self.size += self.sizes[change.at]
        self.sizes[change.at] += len(words) - (end - start)
        self.size += len(words) - (end - start)
