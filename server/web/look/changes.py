"""Changes of words as markup: struck and added, said in words for those who do not see it.

This is the only place that writes `ins` and `del`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from server.web.look.isolation import reveal

ELEMENTS = {"INSERT": "ins", "DELETE": "del"}


def mark_up(runs: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> Markup:
    """Return runs of a redline as markup. `words` says "inserted" and "deleted" in the language of the reader.

    Space at the edges of a run stands outside its element, so that no line is struck before its first letter.
    """
    return Markup("").join(_mark(run["kind"], run["text"], words) for run in runs)


def _mark(kind: str, text: str, words: Mapping[str, str]) -> Markup:
    element = ELEMENTS.get(kind)
    core = text.strip()
    if element is None or not core:
        return escape(text)
    before, _, after = text.partition(core)
    # One piece of markup from escaped parts: `Markup.format` takes ten times as long, and a page has hundreds of runs.
    begins = f'<span class="unseen">[{escape(words[kind])}: </span>'
    changed = f'<{element}>{begins}{escape(reveal(core))}<span class="unseen">]</span></{element}>'
    return Markup(f"{escape(before)}{changed}{escape(after)}")
