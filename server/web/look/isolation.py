"""Keep what people wrote from turning the words around it: in sentences, and in everything else that a page shows."""

import re
from typing import Any

from markupsafe import Markup

BEGIN, END = "\u2068", "\u2069"
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn or embed what follows them (Unicode Standard Annex 9)."""
_EACH_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Blocks of the scripts that are written from right to left."""


_KEPT = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}|{_TURNING.pattern}")
"""An isolate that ends where it should, or else a character that turns what follows."""
_TAG = re.compile(r"(<[^>]*>)")
_SHOWN_ATTRIBUTE = re.compile(r'(?<= )(?:alt|aria-label|data-label|placeholder|title)="[^"]*"')
_FIELD = ("<textarea", "</textarea")


def reveal(text: str) -> str:
    """Return words with each character that turns what follows written as its code, so that a change of it is seen."""
    return _TURNING.sub(lambda turning: f"[U+{ord(turning[0]):04X}]", text)


def settle(page: str) -> str:
    """Return the markup of a page without characters that turn what follows, as far as they would be shown.

    What fields of forms hold stays as it was written, because it is sent again. Markup that the templates make has no
    ">" within a tag: what people wrote is escaped.
    """
    if not any(turning in page for turning in _EACH_TURNING):  # five times as fast as the expression
        return page
    parts, in_field = [], False
    for part in _TAG.split(page):
        if part.startswith("<"):
            in_field = part.startswith(_FIELD[0]) or (in_field and not part.startswith(_FIELD[1]))
            parts.append(_SHOWN_ATTRIBUTE.sub(lambda shown: _straighten(shown[0]), part))
        else:
            parts.append(part if in_field else _straighten(part))
    return "".join(parts)


def _straighten(text: str) -> str:
    """Return words without what turns them, but with the isolates of `isolated`."""
    return _KEPT.sub(lambda kept: "" if kept[1] is None else f"{BEGIN}{_TURNING.sub('', kept[1])}{END}", text)


def isolated(value: Any) -> Any:
    """Return a value of a sentence so that it cannot change the order of the words around it.

    What turns the direction is left out, and words from right to left stand in an isolate of Unicode, which holds in
    attributes too.
    """
    if not isinstance(value, str) or isinstance(value, Markup) or value.isascii():
        return value
    plain = _TURNING.sub("", value)
    return f"{BEGIN}{plain}{END}" if _FROM_RIGHT.search(plain) else plain
