"""Changes as people read them: struck and added words with who asked for them, and sentences for screen readers."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from server.wording.hunks import Hunk, in_order
from server.wording.tokens import tokens

_WORDS_BEFORE = 4
_SPACES = {
    " ": "a space",
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\t": "a tab",
    "\n": "a line break",
}


class RunKind(StrEnum):
    """What happens to the words of a run."""

    KEEP = "KEEP"
    """The words stand before and after."""
    INSERT = "INSERT"
    """The words are new."""
    DELETE = "DELETE"
    """The words go."""


class Run(NamedTuple):
    """Words that share one fate. `sources` names who asked for it, sorted; kept words have none."""

    kind: RunKind
    text: str
    sources: tuple[str, ...]


class Attributed(NamedTuple):
    """A hunk and the sources (proposals, comments, parties: the caller's names) that ask for exactly it, sorted."""

    hunk: Hunk
    sources: tuple[str, ...]


def redline(base: str, attributed: Iterable[Attributed]) -> tuple[Run, ...]:
    """Show the changes inside the text: runs in reading order, struck words before the words that replace them.

    KEEP and DELETE runs joined give `base`; KEEP and INSERT runs joined give the new text. No run is empty.
    The hunks may come in any order; raises ValueError if they overlap or leave the text, as `apply_hunks` does.
    """
    ordered = sorted(attributed)
    in_order(base, (change.hunk for change in ordered))
    runs = []
    position = 0
    for hunk, sources in ordered:
        runs.append(Run(RunKind.KEEP, base[position : hunk.start], ()))
        runs.append(Run(RunKind.DELETE, base[hunk.start : hunk.end], sources))
        runs.append(Run(RunKind.INSERT, hunk.replacement, sources))
        position = hunk.end
    runs.append(Run(RunKind.KEEP, base[position:], ()))
    return tuple(run for run in runs if run.text)


def sentence_of(base: str, hunk: Hunk) -> str:
    """Say one change in plain words, for people who cannot see struck and coloured text.

    `replace “should” by “shall”`, `insert “not” after “Members shall”` (up to four words before it, or `at the
    beginning`), `delete “promptly”`, `change nothing`. White space around the words is left out, unless white space is
    all that changes: then it is named. Raises ValueError if the hunk leaves the text.
    """
    in_order(base, (hunk,))
    struck, added = base[hunk.start : hunk.end], hunk.replacement
    if struck == added:
        return "change nothing"
    if not added:
        return f"delete {_quoted(struck)}"
    if not struck:
        before = "".join(tokens(base[: hunk.start])[-_WORDS_BEFORE:]).strip()
        return f"insert {_quoted(added)} " + (f"after “{before}”" if before else "at the beginning")
    if struck.strip() and struck.strip() == added.strip():
        return f"replace “{struck}” by “{added}”"
    return f"replace {_quoted(struck)} by {_quoted(added)}"


def _quoted(text: str) -> str:
    """The words in quotation marks, or the name of the white space that stands alone."""
    if words := text.strip():
        return f"“{words}”"
    return _SPACES.get(text, "white space")
