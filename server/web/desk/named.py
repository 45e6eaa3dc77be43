"""Objects to choose in a form: their id, the name of their type, and words by which people know them."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class NamedObject(NamedTuple):
    """One choice of a form. `kind` is the name of its type, which the page says in words."""

    id: str
    kind: str
    name: str


def newest_texts(instruments: Mapping[str, Any]) -> list[NamedObject]:
    """Return the newest issued version of the original of each instrument of `TextChoices` that has one."""
    texts = []
    for instrument in instruments["nodes"]:
        originals = [version for version in instrument["versions"]["nodes"] if version["isOriginal"]]
        if originals:
            name = f"{instrument['shortTitle']}, {originals[-1]['label']}"
            texts.append(NamedObject(originals[-1]["id"], "TextVersion", name))
    return texts
