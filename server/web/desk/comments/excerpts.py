"""Shorten the words of a provision to what stands around a change."""

from collections.abc import Mapping, Sequence
from typing import Any

AROUND = 180
"""Characters that stay on each side of a change."""
LEAST = 60
"""Characters that are not worth leaving out."""
LEFT_OUT = " … "


def shorten(runs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return runs with the words far from any change left out, whole words at a time."""
    last = len(runs) - 1
    return [
        run if run["kind"] != "KEEP" else {**run, "text": _cut(run["text"], place > 0, place < last)}
        for place, run in enumerate(runs)
    ]


def _cut(text: str, follows_change: bool, precedes_change: bool) -> str:
    """Return kept words without those that are far from the changes beside them."""
    length = AROUND * (follows_change + precedes_change)
    if not length or len(text) <= length + LEAST:
        return text
    begin = text[:AROUND].rpartition(" ")[0] if follows_change else ""
    end = text[-AROUND:].partition(" ")[2] if precedes_change else ""
    return f"{begin}{LEFT_OUT}{end}"
