"""Read the HTML tags in a paper: the words that a tag prints, and the tables that are written in HTML.

Only the tags named here count as HTML. Anything else in angle brackets (``<Member>``, a comment, a script) is text and
is kept, because no word may be lost. Nothing is ever executed or passed on as HTML.
"""

import re
from collections.abc import Iterator
from html import unescape

_BLOCK = (
    "address|article|blockquote|br|caption|center|dd|div|dl|dt|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table"
    "|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = "abbr|a|big|b|code|del|em|font|img|ins|i|kbd|mark|small|span|strike|strong|sub|sup|s|tt|u|var"
_TAG = re.compile(rf"<(/?)(?:({_BLOCK})|({_INLINE}))(?=[\s/>])([^<>]{{0,2000}})>", re.IGNORECASE)
_FOOTNOTE = re.compile(r"<sup>\s*([0-9]{1,3})\s*</sup>", re.IGNORECASE)
_ANCHORED = re.compile(r"([^<>]{0,2000})</a\s*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)
_TABLE_OPEN = re.compile(r"^[ \t]*<table(?=[\s>])", re.IGNORECASE | re.MULTILINE)
_TABLE_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_ROW_PART = re.compile(r"<(/?)(tr|td|th|table|thead|tbody|tfoot)(?=[\s/>])[^<>]{0,2000}>", re.IGNORECASE)


def read_tag(source: str, position: int) -> tuple[str, int] | None:
    """Return the printed form of the HTML tag at ``position`` and the position after it; None if there is no known tag.

    A superscript number is a footnote marker and prints as ``[1]``. ``<br>`` prints a line break, other block tags a
    space. A link prints its words and then its target in brackets. Every other tag prints nothing.
    """
    if footnote := _FOOTNOTE.match(source, position):
        return f"[{footnote[1]}]", footnote.end()
    tag = _TAG.match(source, position)
    if tag is None:
        return None
    if tag[2]:
        return ("\n" if tag[2].lower() == "br" else " "), tag.end()
    if tag[1] or tag[3].lower() not in ("a", "img"):
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


def cut_at_tables(source: str) -> Iterator[tuple[bool, str]]:
    """Cut the source into pieces ``(is_table, piece)``, in order: HTML tables that begin a line, and the text between.

    A table ends at the first ``</table>``. A table that is never closed is no table and stays with the text around it.
    """
    position = 0
    while opening := _TABLE_OPEN.search(source, position):
        closing = _TABLE_CLOSE.search(source, opening.end())
        if closing is None:
            break
        yield False, source[position : opening.start()]
        yield True, source[opening.start() : closing.end()]
        position = closing.end()
    yield False, source[position:]


def read_html_table(source: str) -> list[list[str]]:
    """Return the rows of an HTML table, a fragment for each cell. Words outside any cell get a cell of their own."""
    rows: list[list[str]] = [[]]
    cells_open = False
    position = 0
    for part in _ROW_PART.finditer(source):
        _add_fragment(rows[-1], source[position : part.start()], cells_open)
        position = part.end()
        cells_open = not part[1] and part[2].lower() in ("td", "th")
        if cells_open:
            rows[-1].append("")
        elif part[2].lower() not in ("td", "th") and rows[-1]:
            rows.append([])
    _add_fragment(rows[-1], source[position:], cells_open)
    return [row for row in rows if row]


def _add_fragment(row: list[str], fragment: str, cell_open: bool) -> None:
    """Add a fragment to the open cell, or as a cell of its own if it has words and no cell is open."""
    if cell_open:
        row[-1] += fragment
    elif fragment.strip():
        row.append(fragment)
