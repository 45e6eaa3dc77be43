"""Papers: how a meeting document is numbered, and when a version of it can be issued.

A paper is known by its series and serial ("PC0618"); a letter tells its versions apart: a is the first issue, b the
one revised after comments. In print a letter for the language comes before it, sometimes a digit for the part.
"""

import re
from datetime import datetime
from string import ascii_lowercase
from typing import NamedTuple

from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.texts import VersionStatus

LANGUAGES = {"A": "ar", "E": "en", "F": "fr", "R": "ru", "S": "es"}
"""The letter of each language in print, with its tag: Arabic, English, French, Russian, Spanish."""
TITLE_LIMIT = 300
"""Longest title of a paper, in characters."""
LARGEST_SERIAL = 9_999
"""Serials count from 1 and are printed with four digits."""
LETTERS = "Versions of a paper are lettered from a to z without a gap."

_SERIES = re.compile(r"[A-Z]{2}")
# Series, serial, then the letter of the language with an optional part, and the letter of the version: PC0345E1a.
_PRINTED = re.compile(rf"([A-Z]{{2}})([0-9]{{4}})(?:([{''.join(LANGUAGES)}])([1-9])?([a-z])?)?")


class PaperNumber(NamedTuple):
    """The number of a paper as printed. `language`, `letter` and `part` may be missing: "", "" and 0."""

    series: str
    serial: int
    language: str = ""
    letter: str = ""
    part: int = 0


class PrintedFacts(NamedTuple):
    """The parts of a paper on record that are printed in its reference."""

    series: str
    serial: int
    language: str
    letter: str


class IssueFacts(NamedTuple):
    """The facts about a paper that is about to be issued.

    `last_letter` is "" for a new paper. `version_status` is that of the text version it carries, None where it carries
    none.
    """

    last_letter: str = ""
    version_status: VersionStatus | None = None


def reference_of(number: PaperNumber) -> str:
    """Return the number as it is printed: "PC0618", "PC0690Ea", "PC0345E1a"."""
    part = str(number.part) if number.part else ""
    return f"{number.series}{number.serial:04d}{number.language}{part}{number.letter}"


def read_reference(printed: str) -> PaperNumber:
    """Read the number of a paper as printed. Raise ValueError for anything that is not printed so."""
    match = _PRINTED.fullmatch(printed)
    if match is None or match[2] == "0000":
        raise ValueError(f"{printed!r} is not the number of a paper, such as PC0618 or PC0690Ea")
    series, serial, language, part, letter = match.groups(default="")
    return PaperNumber(series, int(serial), language, letter, int(part or 0))


def letter_of(language: str) -> str:
    """Return the letter of a language in print, by its tag."""
    return next(letter for letter, tag in LANGUAGES.items() if tag == language)


def language_of(letter: str) -> str:
    """Return the tag of the language that a letter stands for in print: "und" for a letter that stands for none."""
    return LANGUAGES.get(letter, "und")


def letter_after(last: str) -> str | None:
    """Return the letter of the version after this one: a after "", None after z."""
    place = ascii_lowercase.index(last) + 1 if last else 0
    return ascii_lowercase[place] if place < len(ascii_lowercase) else None


def letter_is_left(facts: IssueFacts, now: datetime) -> Obstacle | None:
    """Refuse to issue a paper again after z: there are 26 letters, and then it takes a new number."""
    if letter_after(facts.last_letter):
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This paper has all its versions, a to z. Take a new serial.", LETTERS)


def text_is_issued(facts: IssueFacts, now: datetime) -> Obstacle | None:
    """Refuse a text that is not issued: a paper carries words that can never change again, or none."""
    if facts.version_status in (None, VersionStatus.ISSUED):
        return None
    words = f"This version is {say_state(facts.version_status)}; it would have to be {say_state(VersionStatus.ISSUED)}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A paper carries an issued version of a text.")


def check_paper(series: str, serial: int, language: str, title: str) -> list[Issue]:
    """Return every fault of a paper: its series of two capital letters, serial, language and title."""
    issues = []
    if not _SERIES.fullmatch(series):
        issues.append(Issue("series", IssueCode.SERIES_MALFORMED))
    if not 1 <= serial <= LARGEST_SERIAL:
        issues.append(Issue("serial", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=LARGEST_SERIAL))
    if language not in LANGUAGES.values():
        issues.append(Issue("language", IssueCode.NOT_ONE_OF, allowed=tuple(LANGUAGES.values())))
    if not title.strip():
        issues.append(Issue("title", IssueCode.EMPTY))
    if len(title) > TITLE_LIMIT:
        issues.append(Issue("title", IssueCode.TOO_LONG, limit=TITLE_LIMIT))
    return issues
