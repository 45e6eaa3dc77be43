"""Changes as a sentence says them: what is struck, what is added, and after which words."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

WORDS_BEFORE = 4
"""Words that say where something is inserted."""


class Rewording(NamedTuple):
    """One change: the words struck and added. `after` are the words before the place; empty at the beginning."""

    struck: str
    added: str
    after: str


def list_changes(runs: Iterable[Mapping[str, Any]]) -> list[Rewording]:
    """Return the changes in the runs of a redline, in reading order."""
    changes: list[Rewording] = []
    before = struck = added = ""
    for run in [*runs, {"kind": "KEEP", "text": ""}]:
        if run["kind"] == "DELETE":
            struck += run["text"]
        elif run["kind"] == "INSERT":
            added += run["text"]
        else:
            if struck or added:
                changes.append(Rewording(struck.strip(), added.strip(), " ".join(before.split()[-WORDS_BEFORE:])))
            before += struck + run["text"]
            struck = added = ""
    return [change for change in changes if change.struck or change.added]
