"""The mends of a document that is about to be imported, as the buttons of its form ask for them.

Nothing is stored until the text is imported, so the form carries the document and its mends from one reading to the
next. A button names what it asks for in the field `_preview`: "join.5", "set.5", "split.5", "take.2", "undo", "open.5",
"page.2", "read".
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from server.web.desk.sent import PREVIEW, Sent

Mend = dict[str, Any]


class Button(NamedTuple):
    """A button that was pressed: what it asks for, and the number that it names, 0 for none."""

    what: str
    number: int = 0


class Splitting(NamedTuple):
    """Where words begin in the text of a unit; `fault` is "absent", "twice" or "first" if they mark no place in it."""

    offset: int = 0
    fault: str = ""


def pressed_in(sent: Sent) -> Button:
    """Return the button that was pressed."""
    what, _, number = sent.get(PREVIEW, "read").partition(".")
    return Button(what, number_in(number))


def number_in(written: str) -> int:
    """Return the number that is written, 0 for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else 0


def split_at(text: str, words: str) -> Splitting:
    """Return where a unit is cut in two so that the second begins with some words, which must stand in it once."""
    words = words.strip()
    if not words or words not in text:
        return Splitting(fault="absent")
    offset = text.index(words)
    if text.find(words, offset + 1) >= 0:
        return Splitting(offset, "twice")
    return Splitting(offset, "" if text[:offset].strip() else "first")


def mend_for(button: Button, sent: Sent) -> tuple[Mend | None, str]:
    """Return the mend that a button asks for, None if it asks for none, and what is wrong with what was written."""
    if button.what == "join":
        return {"act": "JOIN", "position": button.number}, ""
    if button.what == "take":
        return _setting(sent, f"_doubt.{button.number}", number_in(sent.get(f"_doubt.{button.number}.position"))), ""
    if button.what == "set":
        return _setting(sent, "_set", button.number), ""
    if button.what == "split":
        text = sent.get("_split.text").replace("\r\n", "\n")
        place = split_at(text, sent.get("_split.words").replace("\r\n", "\n"))
        return (
            {"act": "SPLIT", "position": button.number, "offset": place.offset} if not place.fault else None
        ), place.fault
    return None, ""


def _setting(sent: Sent, form: str, position: int) -> Mend:
    """Return the mend that sets the kind, the level or the number of a unit, as far as they differ from what stood."""
    mend: Mend = {"act": "SET", "position": position}
    kind, level, number = (sent.get(f"{form}.{name}").strip() for name in ("kind", "level", "printedNumber"))
    was_kind, was_level, was_number = (sent.get(f"{form}.was.{name}") for name in ("kind", "level", "printedNumber"))
    if kind and kind != was_kind:
        mend["kind"] = kind
    if level and level != was_level:
        mend["level"] = number_in(level)
    if number != was_number:
        mend["printedNumber"] = number
    return mend


def page_of(units: Sequence[Mapping[str, Any]], doubts: Sequence[Mapping[str, Any]], only_doubts: bool) -> list[int]:
    """Return the positions of the units to show: all of them, or only those in doubt."""
    if not only_doubts:
        return [unit["position"] for unit in units]
    return sorted({doubt["position"] for doubt in doubts})
