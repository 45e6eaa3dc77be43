"""Show changes as people read them: struck and added words with their sources, and sentences for screen readers."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from server.wording.hunks import Hunk, sort_hunks
from server.wording.tokens import tokens

_WORDS_BEFORE = 4  # words quoted to say where something is inserted
_SPACES = {
    " ": "a space",
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\t": "a tab",
    "\n": "a line break",
}


class RunKind(StrEnum):
    """What happened to the words of a run."""

    KEEP = "KEEP"
    """The words stand before and after."""
    INSERT = "INSERT"
    """The words stand only after."""
    DELETE = "DELETE"
    """The words stand only before."""


class Run(NamedTuple):
    """Words that are kept, inserted or deleted together. `sources` names who asked for it, sorted; empty for KEEP."""

    kind: RunKind
    text: str
    sources: tuple[str, ...]


class Attributed(NamedTuple):
    """A hunk and the sources that ask for exactly this hunk, sorted: the caller's names of proposals or comments."""

    hunk: Hunk
    sources: tuple[str, ...]


def redline(base: str, attributed: Iterable[Attributed]) -> tuple[Run, ...]:
    """Show the changes inside the text: runs in reading order, struck words before the words that replace them.

    KEEP and DELETE runs joined give `base`; KEEP and INSERT runs joined give the new text. No run is empty.
    The hunks may come in any order. Raise ValueError if they overlap or leave the text, as `apply_hunks` does.
    """
    ordered = sorted(attributed)
    sort_hunks(base, (change.hunk for change in ordered))
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
    all that changes: then it is named. Raise ValueError if the hunk leaves the text.
    """
    sort_hunks(base, (hunk,))
    old, new = base[hunk.start : hunk.end], hunk.replacement
    if old == new:
        return "change nothing"
    if not new:
        return f"delete {_quote(old)}"
    if not old:
        before = "".join(tokens(base[: hunk.start])[-_WORDS_BEFORE:]).strip()
        return f"insert {_quote(new)} " + (f"after “{before}”" if before else "at the beginning")
    if old.strip() and old.strip() == new.strip():
        return f"replace “{old}” by “{new}”"
    return f"replace {_quote(old)} by {_quote(new)}"


def _quote(text: str) -> str:
    """Return the words in quotation marks; of a text that is only white space, return its name."""
    if words := text.strip():
        return f"“{words}”"
    return _SPACES.get(text, "white space")
