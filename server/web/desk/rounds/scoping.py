"""The parts of a text that a round can name: listed from the outside in, or by number, a page at a time."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from server.web.desk.sent import PREVIEW
from server.web.desk.visits import Visit

MOST_PARTS = 100
"""Parts of the text that the form lists at once."""
LIST = "parts"
"""The value of the button that lists parts; that of the one for more of them is a cursor."""
Provision = Mapping[str, Any]


class PartsAsked(NamedTuple):
    """What the form asks to be listed: what stands inside a part, or has a number; the outermost parts for neither."""

    within: str = ""
    number: str = ""

    @property
    def conditions(self) -> dict[str, Any]:
        """The filter of the provisions."""
        if self.number:
            return {"printedNumber": [self.number, f"{self.number}."]}
        return {"parentKey": [self.within]} if self.within else {"hasParent": False}


class Parts(NamedTuple):
    """Parts to choose from, those that are named already, and the part inside which they stand, None for none."""

    listed: list[Provision]
    named: list[Provision]
    within: Provision | None
    wanted: PartsAsked
    info: Mapping[str, Any]


async def find_parts(visit: Visit, version_id: str, named: Sequence[str]) -> Parts | None:
    """Return the parts that the form lists, None if there is no such version.

    What is ticked stays: `named` at first, then what the form says.
    """
    ticked = visit.sent.all("settings.provisionKeys") if visit.sent else named
    wanted, after = _read_form(visit)
    known = {"key": [*ticked, wanted.within][:MOST_PARTS]}
    listed, chosen = await visit.read_all(
        ("ProvisionList", {"id": version_id, "filter": wanted.conditions, "first": MOST_PARTS, "after": after}),
        ("ProvisionList", {"id": version_id, "filter": known, "first": MOST_PARTS}),
    )
    if listed["textVersion"] is None:
        return None
    parts, keyed = listed["textVersion"]["provisions"], chosen["textVersion"]["provisions"]["nodes"]
    if wanted == PartsAsked() and len(parts["nodes"]) == 1:
        # A title stands around everything, and nobody names the whole text by its title.
        (title,) = parts["nodes"]
        wanted, keyed = PartsAsked(title["key"]), [*keyed, title]
        inside = await visit.read("ProvisionList", id=version_id, filter=wanted.conditions, first=MOST_PARTS)
        parts = inside["textVersion"]["provisions"]
    ticked_parts = [each for each in keyed if each["key"] in ticked]
    within = None if wanted.number else next((each for each in keyed if each["key"] == wanted.within), None)
    others = [each for each in parts["nodes"] if each["key"] not in ticked]
    return Parts(others, ticked_parts, within, wanted, parts["pageInfo"])


def _read_form(visit: Visit) -> tuple[PartsAsked, str | None]:
    """Return what the form asks to be listed, and the cursor behind which; that of another list is left."""
    if visit.sent is None:
        return PartsAsked(), None
    wanted = PartsAsked(visit.sent.get("_within"), visit.sent.get("_number").strip()[:40])
    cursor, listed = visit.sent.get(PREVIEW), visit.sent.get("_listed")
    is_next = cursor not in ("", LIST) and listed == "|".join(wanted)
    return wanted, cursor if is_next else None
