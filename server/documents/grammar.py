"""Parse the markdown of papers: CommonMark, changed in four points that would lose words of a paper.

- **Indented code, fences, raw HTML blocks, reference definitions and setext headings are not read.** Scanned lines
  begin with stray blanks, and a lone dash under a line is page furniture, not a heading mark. All of them stay text.
- **Pipe tables are read by a rule of our own**, because the usual one drops every cell beyond the last header cell.
- **Links are read by a rule of our own**: words, then the target in brackets; an unmatched bracket takes no extra time.
- **The marks of emphasis inside a word stay**: ``2*3*4`` is not the word 234.

Every rule takes linear time; a guard refuses a paper as soon as it nests too deep or has too many pieces.
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


class _LiteralMarkdown(MarkdownIt):
    """A parser that leaves the target of a link exactly as it is written."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _guard(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Raise ``UnreadableDocument`` if the paper nests too deep or has too many pieces. A rule that matches nothing."""
    if state.level >= MAX_NESTING - 2:
        raise UnreadableDocument("Lists and quotations are nested too deep to be a paper.")
    if len(state.tokens) > _MAX_TOKENS:
        raise UnreadableDocument("The document has too many paragraphs, list items and table rows.")
    return False


def _line_of(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _split_cells(line: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _UNESCAPED_PIPE.split(line)]
    return cells[1 if line.startswith("|") else 0 : -1 if len(cells) > 1 and not cells[-1] else None] or [""]


def _is_rule(line: str) -> bool:
    return "-" in line and not set(line) - set("|-: \t")


def _read_pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: a line with a pipe, a line of dashes and pipes, and the lines with a pipe that follow."""
    if start + 1 >= end or state.sCount[start + 1] < state.blkIndent:
        return False
    header, rule = _line_of(state, start), _line_of(state, start + 1)
    if "|" not in header or "|" not in rule or not _is_rule(rule):
        return False
    if silent:
        return True
    state.push("table_open", "table", 0)
    state.push("table_row", "tr", 0).meta = {"cells": _split_cells(header)}
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent:
        row = _line_of(state, line)
        if not row.startswith("|") and (header.startswith("|") or "|" not in row):
            break
        _guard(state, line, end, False)  # the parser calls the guard once for the table, not for each row
        if "---" not in row or not _is_rule(row):
            state.push("table_row", "tr", 0).meta = {"cells": _split_cells(row)}
        line += 1
    state.line = line
    return True


def _read_tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<" or (tag := read_tag(state.src, state.pos)) is None:
        return False
    printed, state.pos = tag
    if not silent:
        state.push("text", "", 0).content = printed
    return True


def _read_link(state: StateInline, silent: bool) -> bool:
    """Read ``[words](target "title")`` or ``![words](target)`` as the words, then target and title in brackets."""
    if state.src[state.pos] not in "![":
        return False
    link = _LINK.match(state.src, state.pos, state.posMax)
    if link is None:
        return False
    if not silent:
        maximum = state.posMax
        if state.pos and state.src[state.pos - 1].isalnum():
            state.push("text", "", 0).content = " "
        # the words of the link are parsed as markdown, in their own range
        state.pos, state.posMax = link.span(2)
        state.md.inline.tokenize(state)
        state.posMax = maximum
        target = " ".join(part for part in (link[3], link[4]) if part)
        state.push("text", "", 0).content = f" ({target})" if target else " "
    state.pos = link.end()
    return True


def _build_parser() -> MarkdownIt:
    markdown = _LiteralMarkdown("commonmark", {"maxNesting": MAX_NESTING})
    markdown.inline.ruler.disable(["image"])
    # "alt" names the rules that our rule may interrupt
    markdown.block.ruler.before("table", "guard", _guard, {"alt": ["list"]})
    markdown.block.ruler.before("table", "pipe_table", _read_pipe_table, {"alt": ["paragraph"]})
    markdown.block.ruler.enableOnly(["guard", "pipe_table", "blockquote", "hr", "list", "heading", "paragraph"])
    markdown.inline.ruler.at("link", _read_link)
    markdown.inline.ruler.at("html_inline", _read_tag)
    markdown.core.ruler.disable(["inline", "text_join"])  # words_of parses inline markdown, piece by piece
    return markdown


_MARKDOWN = _build_parser()


def blocks_of(markdown: str) -> list[Token]:
    """Return the block tokens of a markdown text. Raise ``UnreadableDocument`` if they nest too deep or are too many.

    Beside the tokens of markdown-it there are ``table_open`` (a table begins) and ``table_row`` (``meta["cells"]``: the
    markdown of each cell).
    """
    return _MARKDOWN.parse(markdown)


def words_of(markdown: str) -> str:
    """Return the plain text of a piece of inline markdown: no marks, no tags, single spaces.

    A line that ends in a hyphen is joined to the next without a space, because scanners cut ``E-`` and ``Commerce``.
    """
    if not _MARKS.search(markdown):  # then parsing would change nothing
        return join_lines(markdown)
    tokens: list[Token] = []
    _MARKDOWN.inline.parse(markdown, _MARKDOWN, {}, tokens)
    pieces: list[str] = []
    last = ""
    for token, following in zip(tokens, _list_following(tokens), strict=True):
        pieces.append(_print_token(token, last, following))
        last = pieces[-1][-1:] or last
    return join_lines("".join(pieces))


def _list_following(tokens: list[Token]) -> list[str]:
    """Return for each token the character that is printed after it, "" at the end."""
    characters = []
    character = ""
    for token in reversed(tokens):
        characters.append(character)
        character = "\n" if token.type in _BREAKS else token.content[:1] or character
    return characters[::-1]


def _print_token(token: Token, last: str, following: str) -> str:
    """Return the words of a token between the characters ``last`` and ``following``, so that no two words run together.

    A mark inside a word is printed as it stands.
    """
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


def join_lines(text: str) -> str:
    """Return the text on one line with single spaces; a line end after a hyphen is removed without a space."""
    return " ".join(_HYPHEN_BREAK.sub("", text).split())
