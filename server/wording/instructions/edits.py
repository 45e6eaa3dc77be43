"""What an instruction in words asks for: edits of a text, or questions where the words do not say enough."""

from enum import StrEnum
from typing import NamedTuple

from server.wording.hunks import Hunk


class WordsEdit(NamedTuple):
    """Give a provision other words: the hunks on them, as `hunks_between` finds them."""

    at: int
    hunks: tuple[Hunk, ...]


class Insertion(NamedTuple):
    """Insert a new provision after another one (None: at the beginning), as an amendment of the kind ADD does.

    `kind`, `level` and `number` say what it is, None where its place says so.
    """

    after: int | None
    wording: str
    kind: str | None = None
    level: int | None = None
    number: str | None = None


class Deletion(NamedTuple):
    """Delete a provision with everything in it."""

    at: int


class Move(NamedTuple):
    """Place a provision, with everything in it, after another one."""

    at: int
    after: int


Edit = WordsEdit | Insertion | Deletion | Move
"""One change of a text; provisions are named by their place in it, counted from 0."""


class QuestionCode(StrEnum):
    """What an instruction leaves open."""

    OUTSIDE_GRAMMAR = "OUTSIDE_GRAMMAR"
    """The words are in no form that is known."""
    PLACE_UNKNOWN = "PLACE_UNKNOWN"
    """The text has no such provision."""
    PLACE_AMBIGUOUS = "PLACE_AMBIGUOUS"
    """Several provisions are called so."""
    PLACE_MISSING = "PLACE_MISSING"
    """The words do not say in which provision."""
    PLACE_ELSEWHERE = "PLACE_ELSEWHERE"
    """The provision is one of another instrument."""
    WORDS_NOT_FOUND = "WORDS_NOT_FOUND"
    """The quoted words do not stand there, as whole words."""
    WORDS_REPEATED = "WORDS_REPEATED"
    """The quoted words stand there several times, and it is not said which are meant."""
    CHANGES_OVERLAP = "CHANGES_OVERLAP"
    """Two instructions change the same words."""
    NOTHING_CHANGES = "NOTHING_CHANGES"
    """The words stand there as they are asked for."""
    QUOTATION_MISSING = "QUOTATION_MISSING"
    """The new words are not in quotation marks, so that nothing says where they end."""
    QUOTATION_OPEN = "QUOTATION_OPEN"
    """A quotation mark has no counterpart."""
    SORT_UNCLEAR = "SORT_UNCLEAR"
    """It is not clear whether what is inserted goes into the provision or after it."""
    SECTION_MEANT = "SECTION_MEANT"
    """Other provisions stand in the one that is named, and it is not said whether they are meant too."""
    NUMBER_FOLLOWS = "NUMBER_FOLLOWS"
    """Numbers follow from places, and are not given by an instruction."""
    TOO_MANY = "TOO_MANY"
    """More is asked for than is read at once, in instructions or in changes, or too much of it is unclear."""


class OpenQuestion(NamedTuple):
    """What has to be asked: the words of the instruction that leave it open, and what about.

    `about` are the words of the place or the quotation, `places` how many come into question, 0 where that
    says nothing.
    """

    code: QuestionCode
    instruction: str
    about: str = ""
    places: int = 0


class InstructionReading(NamedTuple):
    """What was read: the edits in the order of the instructions, and what has to be asked before all are clear."""

    edits: tuple[Edit, ...]
    questions: tuple[OpenQuestion, ...]


class Unclear(Exception):
    """Raised while reading where the words leave something open; caught for each instruction."""

    def __init__(self, code: QuestionCode, about: str = "", places: int = 0) -> None:
        super().__init__(code)
        self.code, self.about, self.places = code, about, places
