"""The markdown that papers are written in: CommonMark with four habits that papers do not survive taken away.

- **Indented code, fences, raw HTML blocks, reference definitions and setext headings are not read.** Scanned lines
  begin with stray blanks, and a lone dash under a line is page furniture, not a heading mark. What they would have
  swallowed stays text.
- **Pipe tables are read by a rule of our own**, because the usual one drops every cell beyond the last header cell.
- **Links are read by a rule of our own**: words, then the target in brackets; a bracket that opens nothing costs
  nothing.
- **The marks of emphasis inside a word stay**: ``2*3*4`` is not the word 234.

Every rule takes linear time; a guard refuses a paper when it nests too deep or has too many pieces, before reading on.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from server.documents.tags import read_tag
from server.documents.units import UnreadableDocument

MAX_NESTING = 24
"""Containers inside containers; a list item counts two (the list and the item), a quotation one."""

_MAX_TOKENS = 100_000
_BREAKS = ("softbreak", "hardbreak")
_LINK = re.compile(r'(!?)\[([^\[\]]*)\]\(\s*<?([^\s()<>]*)>?(?:\s+"([^"]*)")?\s*\)')
_MARKS = re.compile(r"[\\`*_\[\]<&!]")
_HYPHEN_BREAK = re.compile(r"(?<=[^\s-]-)[ \t]*\n[ \t]*(?=\S)")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")


class _Literal(MarkdownIt):
    """Markdown that leaves the target of a link exactly as it is written."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _guard(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level >= MAX_NESTING - 2:
        raise UnreadableDocument("Lists and quotations are nested too deep to be a paper.")
    if len(state.tokens) > _MAX_TOKENS:
        raise UnreadableDocument("The document has too many paragraphs, list items and table rows.")
    return False


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _cells(line: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _UNESCAPED_PIPE.split(line)]
    return cells[1 if line.startswith("|") else 0 : -1 if len(cells) > 1 and not cells[-1] else None] or [""]


def _is_rule(line: str) -> bool:
    return "-" in line and not set(line) - set("|-: \t")


def _pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line with a pipe, a line of dashes and pipes, and the lines with a pipe that follow."""
    if start + 1 >= end or state.sCount[start + 1] < state.blkIndent:
        return False
    header, rule = _line(state, start), _line(state, start + 1)
    if "|" not in header or "|" not in rule or not _is_rule(rule):
        return False
    if silent:
        return True
    state.push("table_open", "table", 0)
    state.push("table_row", "tr", 0).meta = {"cells": _cells(header)}
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent:
        row = _line(state, line)
        if not row.startswith("|") and (header.startswith("|") or "|" not in row):
            break
        _guard(state, line, end, False)
        if "---" not in row or not _is_rule(row):
            state.push("table_row", "tr", 0).meta = {"cells": _cells(row)}
        line += 1
    state.line = line
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<" or (found := read_tag(state.src, state.pos)) is None:
        return False
    printed, state.pos = found
    if not silent:
        state.push("text", "", 0).content = printed
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """``[words](target "title")`` and ``![words](target)``: words, then target and title in brackets."""
    if state.src[state.pos] not in "![":
        return False
    found = _LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        maximum = state.posMax
        if state.pos and state.src[state.pos - 1].isalnum():
            state.push("text", "", 0).content = " "
        state.pos, state.posMax = found.span(2)
        state.md.inline.tokenize(state)
        state.posMax = maximum
        target = " ".join(part for part in (found[3], found[4]) if part)
        state.push("text", "", 0).content = f" ({target})" if target else " "
    state.pos = found.end()
    return True


def _grammar() -> MarkdownIt:
    markdown = _Literal("commonmark", {"maxNesting": MAX_NESTING})
    markdown.inline.ruler.disable(["image"])
    markdown.block.ruler.before("table", "guard", _guard, {"alt": ["list"]})
    markdown.block.ruler.before("table", "pipe_table", _pipe_table, {"alt": ["paragraph"]})
    markdown.block.ruler.enableOnly(["guard", "pipe_table", "blockquote", "hr", "list", "heading", "paragraph"])
    markdown.inline.ruler.at("link", _link)
    markdown.inline.ruler.at("html_inline", _tag)
    markdown.core.ruler.disable(["inline", "text_join"])
    return markdown


_MARKDOWN = _grammar()


def blocks_of(markdown: str) -> list[Token]:
    """The block tokens of a markdown text; raises ``UnreadableDocument`` when they nest too deep or are too many.

    Beside the tokens of markdown-it there are ``table_open`` (a table begins) and ``table_row`` (``meta["cells"]``: the
    markdown of each cell).
    """
    return _MARKDOWN.parse(markdown)


def words_of(markdown: str) -> str:
    """The plain text of a piece of inline markdown: no marks, no tags, single spaces.

    A line that ends in a hyphen is joined to the next without a space, as a scanner cuts ``E-`` and ``Commerce``.
    """
    if not _MARKS.search(markdown):
        return joined_lines(markdown)
    tokens: list[Token] = []
    _MARKDOWN.inline.parse(markdown, _MARKDOWN, {}, tokens)
    pieces: list[str] = []
    last = ""
    for token, following in zip(tokens, _following(tokens), strict=True):
        pieces.append(_printed(token, last, following))
        last = pieces[-1][-1:] or last
    return joined_lines("".join(pieces))


def _following(tokens: list[Token]) -> list[str]:
    """For each token the character that is printed after it, "" at the end."""
    found = []
    character = ""
    for token in reversed(tokens):
        found.append(character)
        character = "\n" if token.type in _BREAKS else token.content[:1] or character
    return found[::-1]


def _printed(token: Token, last: str, following: str) -> str:
    """A token as it prints after ``last`` and before ``following``, so that no two words run into one."""
    if token.type in _BREAKS:
        return "\n"
    if token.type == "code_inline":
        before = token.markup if last.isalnum() and token.content[:1].isalnum() else ""
        behind = token.markup if token.content[-1:].isalnum() and following.isalnum() else ""
        return before + token.content + behind
    if token.nesting:
        separator = " " if token.type.startswith("link") else token.markup
        return separator if last.isalnum() and following.isalnum() else ""
    return token.content


def joined_lines(text: str) -> str:
    """The text on one line with single spaces; a line end after a hyphen goes without a space."""
    return " ".join(_HYPHEN_BREAK.sub("", text).split())
