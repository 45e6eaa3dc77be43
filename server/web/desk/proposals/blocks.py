"""The amendments in the form of a proposal: read from its fields, changed by its buttons, written as fields again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from server.vocabulary.proposals import AmendmentKind

Pairs = Sequence[tuple[str, str]]
PREFIX = "amendments."
FIELDS = {
    "kind": "kind",
    "provisionKey": "provision_key",
    "afterKey": "after_key",
    "wording!": "wording",
    "unitKind": "unit_kind",
    "level": "level",
    "printedNumber": "printed_number",
}
"""The fields of an amendment in the form, which are those of the input of the act, and the attributes of a block."""
NEXT_TO = "AFTER"
REMOVE = "REMOVE"


class AmendmentBlock(NamedTuple):
    """One amendment as it stands in the form; what is not given is empty."""

    kind: str
    provision_key: str = ""
    after_key: str = ""
    wording: str = ""
    unit_kind: str = ""
    level: str = ""
    printed_number: str = ""

    @property
    def lacks_place(self) -> bool:
        """Whether it moves a provision and does not say yet after which one."""
        return self.kind == AmendmentKind.MOVE and not self.after_key


def blocks_in(pairs: Pairs) -> list[AmendmentBlock]:
    """Return the amendments in the fields of a form, in their order."""
    members: dict[str, dict[str, str]] = {}
    for name, value in pairs:
        place, _, field = name.removeprefix(PREFIX).partition(".")
        if name.startswith(PREFIX) and field in FIELDS:
            members.setdefault(place, {})[FIELDS[field]] = value
    ordered = sorted(members, key=lambda place: (len(place), place))
    return [AmendmentBlock(**members[place]) for place in ordered if "kind" in members[place]]


def with_blocks(pairs: Pairs, blocks: Iterable[AmendmentBlock]) -> list[tuple[str, str]]:
    """Return the fields of a form with these amendments in place of those in it."""
    others = [(name, value) for name, value in pairs if not name.startswith(PREFIX)]
    for place, block in enumerate(blocks):
        others += [(f"{PREFIX}{place}.{field}", getattr(block, attribute)) for field, attribute in FIELDS.items()]
    return others


def blocks_of(amendments: Iterable[Mapping[str, Any]]) -> list[AmendmentBlock]:
    """Return the amendments of a proposal as blocks of a form."""
    return [
        AmendmentBlock(**{attribute: _as_written(amendment[field.rstrip("!")]) for field, attribute in FIELDS.items()})
        for amendment in amendments
    ]


def _as_written(value: Any) -> str:
    return "" if value is None else str(value)


def press(blocks: Sequence[AmendmentBlock], button: str, words: Mapping[str, str]) -> list[AmendmentBlock]:
    """Return the amendments after a button was pressed: "MODIFY:KEY" adds one, "REMOVE:2" takes one away.

    "AFTER:2:KEY" gives a moved provision its place. `words` are those of the provisions by key, with which the words of
    a changed one begin. Any other button changes nothing.
    """
    action, _, rest = button.partition(":")
    place, _, key = rest.partition(":")
    if action in AmendmentKind.__members__:
        return [
            *blocks,
            AmendmentBlock(action, rest, wording=words.get(rest, "") if action == AmendmentKind.MODIFY else ""),
        ]
    if not place.isascii() or not place.isdigit() or int(place) >= len(blocks):
        return list(blocks)
    number = int(place)
    if action == REMOVE:
        return [*blocks[:number], *blocks[number + 1 :]]
    if action == NEXT_TO:
        return [*blocks[:number], blocks[number]._replace(after_key=key), *blocks[number + 1 :]]
    return list(blocks)


def keys_in(blocks: Iterable[AmendmentBlock], button: str = "") -> list[str]:
    """Return the permanent keys that amendments, and the button that was pressed, name."""
    named = [key for block in blocks for key in (block.provision_key, block.after_key)]
    return list(dict.fromkeys(key for key in [*named, button.rpartition(":")[2]] if key))
