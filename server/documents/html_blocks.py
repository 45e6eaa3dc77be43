"""Read the lists, headings, paragraphs and quotations that a paper writes in HTML, as lines of markdown."""

import re

from server.documents.outline import MAX_DEPTH

_HTML_BLOCK = re.compile(r"[ \t]*</?(?:ul|ol|li|h[1-6]|p|blockquote|dl|dt|dd)(?=[\s>/])", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)(ul|ol|li|h[1-6]|p|blockquote|dl|dt|dd)(?=[\s>/])[^<>]{0,500}>", re.IGNORECASE)


class HtmlBlocks:
    """The lists and quotations in HTML that are open at a line."""

    def __init__(self) -> None:
        self.lists: list[str] = []
        self.quotes = 0

    def holds(self, line: str) -> bool:
        """Return whether a line has to be expanded."""
        return "<" in line and bool(self.lists or self.quotes or _HTML_BLOCK.match(line))

    def expand(self, line: str) -> list[str]:
        """Return the lines of markdown that the lists, headings, paragraphs and quotations of a line in HTML are."""
        pieces: list[str] = []
        position = 0
        for tag in _HTML_TAG.finditer(line):
            pieces.append(line[position : tag.start()])
            position = tag.end()
            pieces.append(self._expand_tag(tag[2].lower(), closes=bool(tag[1])))
        pieces.append(line[position:])
        quote = "> " * min(self.quotes, 1)
        return [quote + part for part in "".join(pieces).split("\n")]

    def _expand_tag(self, name: str, *, closes: bool) -> str:
        if name in ("ul", "ol", "dl"):
            if closes and self.lists:
                self.lists.pop()
            elif not closes and len(self.lists) <= MAX_DEPTH:
                self.lists.append(name)
            return "\n"
        if name in ("li", "dt", "dd"):
            return "\n" if closes else f"\n{'  ' * (len(self.lists) - 1)}- "
        if name == "blockquote":
            self.quotes = max(self.quotes + (-1 if closes else 1), 0)
            return "\n\n"
        if name == "p":
            return "" if self.lists else "\n\n"
        return "\n\n" if closes else f"\n\n{'#' * int(name[1])} "
