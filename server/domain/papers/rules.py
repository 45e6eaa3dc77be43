"""Papers: how a meeting document is numbered, and when a version of it can be issued.

A paper is known by its series and serial ("PC0618"); a letter tells its versions apart: a is the first issue, b the
one revised after comments. In print a letter for the language comes before it, sometimes a digit for the part.
"""

import re
from datetime import datetime
from string import ascii_lowercase
from typing import NamedTuple

from server.kernel.acts import Obstacle
from server.kernel.refusals import Issue, RefusalCode
from server.vocabulary.texts import VersionStatus

LANGUAGES = "AEFRS"
"""Letters of the languages: Arabic, English, French, Russian, Spanish."""
TITLE_LIMIT = 300
"""Longest title of a paper, in characters."""
LARGEST_SERIAL = 9_999
"""Serials count from 1 and are printed with four digits."""
LETTERS = "Versions of a paper are lettered from a to z without a gap."

_SERIES = re.compile(r"[A-Z]{2}")
_PRINTED = re.compile(rf"([A-Z]{{2}})([0-9]{{4}})(?:([{LANGUAGES}])([1-9])?([a-z])?)?")


class PaperNumber(NamedTuple):
    """What is printed as the number of a paper. `language`, `letter` and `part` may be missing: "", "" and 0."""

    series: str
    serial: int
    language: str = ""
    letter: str = ""
    part: int = 0


class PrintedFacts(NamedTuple):
    """What of a paper on record is printed in its reference."""

    series: str
    serial: int
    language: str
    letter: str


class IssueFacts(NamedTuple):
    """What the rules of issuing look at: the last letter of the paper, "" for a new one, and the status of the text
    version that it carries, None where it carries none."""

    last_letter: str = ""
    version_status: VersionStatus | None = None


def reference_of(number: PaperNumber) -> str:
    """The number as it is printed: "PC0618", "PC0690Ea", "PC0345E1a"."""
    part = str(number.part) if number.part else ""
    return f"{number.series}{number.serial:04d}{number.language}{part}{number.letter}"


def read_reference(printed: str) -> PaperNumber:
    """What a printed number says. Raises ValueError for anything that is not printed so."""
    found = _PRINTED.fullmatch(printed)
    if found is None or found[2] == "0000":
        raise ValueError(f"{printed!r} is not the number of a paper, such as PC0618 or PC0690Ea")
    series, serial, language, part, letter = found.groups(default="")
    return PaperNumber(series, int(serial), language, letter, int(part or 0))


def letter_after(last: str) -> str | None:
    """The letter of the version after this one: a after "", None after z."""
    place = ascii_lowercase.index(last) + 1 if last else 0
    return ascii_lowercase[place] if place < len(ascii_lowercase) else None


def letter_is_left(facts: IssueFacts, now: datetime) -> Obstacle | None:
    """There are 26 letters; after z a paper takes a new number."""
    if letter_after(facts.last_letter):
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This paper has all its versions, a to z. Take a new serial.", LETTERS)


def text_is_issued(facts: IssueFacts, now: datetime) -> Obstacle | None:
    """A paper carries a text that can never change again, or none."""
    if facts.version_status in (None, VersionStatus.ISSUED):
        return None
    words = f"This version is {facts.version_status}; it would have to be {VersionStatus.ISSUED}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A paper carries an issued version of a text.")


def check_paper(series: str, serial: int, language: str, title: str) -> list[Issue]:
    """A paper has a series of two capital letters, a serial of four digits, a language and a title."""
    issues = []
    if not _SERIES.fullmatch(series):
        issues.append(Issue("series", "two capital letters, such as PC"))
    if not 1 <= serial <= LARGEST_SERIAL:
        issues.append(Issue("serial", f"serials count from 1 to {LARGEST_SERIAL}"))
    if len(language) != 1 or language not in LANGUAGES:
        issues.append(Issue("language", f"one of {', '.join(LANGUAGES)}"))
    if not title.strip():
        issues.append(Issue("title", "must not be empty"))
    if len(title) > TITLE_LIMIT:
        issues.append(Issue("title", f"at most {TITLE_LIMIT} characters"))
    return issues
