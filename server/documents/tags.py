"""Read the HTML tags in a paper: the words that a tag prints, and the marks that it sets.

Only the tags named here count as HTML. Anything else in angle brackets (``<Member>``, a comment, a script) is text and
is kept, because no word may be lost. Nothing is ever executed or passed on as HTML.
"""

import re
from html import unescape

from server.documents.words import RAISED, SIGNS
from server.vocabulary.texts import MarkKind

_BLOCK = (
    "address|article|blockquote|br|caption|center|dd|div|dl|dt|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table"
    "|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = "abbr|a|big|b|code|del|em|font|img|ins|i|kbd|mark|small|span|strike|strong|sub|sup|s|tt|u|var"
_TAG = re.compile(rf"<(/?)(?:({_BLOCK})|({_INLINE}))(?=[\s/>])([^<>]{{0,2000}})>", re.IGNORECASE)
_RAISED = re.compile(r"<sup>\s*([-+\u2212]?[0-9]{1,3}(?:\s*,\s*[0-9]{1,3})*)\s*</sup>", re.IGNORECASE)
_ANCHORED = re.compile(r"([^<>]{0,2000})</a\s*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)
_MARK_OF = {
    "b": MarkKind.BOLD,
    "strong": MarkKind.BOLD,
    "i": MarkKind.ITALIC,
    "em": MarkKind.ITALIC,
    "var": MarkKind.ITALIC,
    "u": MarkKind.UNDERLINE,
    "code": MarkKind.CODE,
    "kbd": MarkKind.CODE,
    "tt": MarkKind.CODE,
}
_CHANGE = {"del": "~~", "s": "~~", "strike": "~~", "ins": "++"}


def read_tag(source: str, position: int) -> tuple[str, int] | None:
    """Return the printed form of the HTML tag at ``position`` and the position after it; None if there is no known tag.

    ``<br>`` prints a line break, other block tags a space. A link prints its words and then its target in brackets.
    Struck words print between ``~~``, inserted ones between ``++``. Bold and its like, and a superscript number, print
    the signs of ``server.documents.words``. Every other tag prints nothing.
    """
    if raised := _RAISED.match(source, position):
        return f"{RAISED[0]}{raised[1]}{RAISED[1]}", raised.end()
    tag = _TAG.match(source, position)
    if tag is None:
        return None
    if tag[2]:
        return ("\n" if tag[2].lower() == "br" else " "), tag.end()
    name = tag[3].lower()
    if name in _CHANGE:
        return _CHANGE[name], tag.end()
    if kind := _MARK_OF.get(name):
        return SIGNS[kind][1 if tag[1] else 0], tag.end()
    if tag[1] or name not in ("a", "img"):
        return "", tag.end()
    return _read_link(source, tag)


def _read_link(source: str, tag: re.Match[str]) -> tuple[str, int]:
    attributes = {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(tag[4])
    }
    words, end = attributes.get("alt", ""), tag.end()
    target = attributes.get("href") or attributes.get("src")
    if tag[3].lower() == "a" and (anchored := _ANCHORED.match(source, end)):
        words, end = unescape(anchored[1]), anchored.end()
    return " ".join(part for part in (words, f"({target})" if target else "") if part), end


def strip_tags(fragment: str) -> str:
    """Return the words of an HTML fragment: tags printed as in ``read_tag``, entities decoded, line ends kept."""
    pieces = []
    position = 0
    while (bracket := fragment.find("<", position)) >= 0:
        pieces.append(unescape(fragment[position:bracket]))
        printed, position = read_tag(fragment, bracket) or ("<", bracket + 1)
        pieces.append(printed)
    pieces.append(unescape(fragment[position:]))
    return "".join(pieces)
