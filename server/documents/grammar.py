"""Read inline markdown into plain words with marks, by the rules of CommonMark, changed where they lose words.

- **Links are read by a rule of our own**: words, then the target in brackets; an unmatched bracket takes no extra time.
- **The marks of emphasis inside a word stay**: ``2*3*4`` is not the word 234.
- **Struck and inserted words stay marked**: ``~~may~~ ++shall++``; nothing is read as agreed.

Every rule takes linear time.
"""

import re
from collections.abc import Collection

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from server.documents.tags import read_tag
from server.documents.words import SIGNS, MarkedText, settle
from server.vocabulary.texts import MarkKind

_BREAKS = ("softbreak", "hardbreak")
_LINK = re.compile(r'(!?)\[([^\[\]]*)\]\(\s*<?([^\s()<>]*)>?(?:\s+"([^"]*)")?\s*\)')
_MARKS = re.compile(r"[\\`*_\[\]<&!]")
_NOTE = re.compile(r"\[\^([^\s\[\]]{1,20})\]")


class _LiteralMarkdown(MarkdownIt):
    """A parser that leaves the target of a link exactly as it is written."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _read_tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<" or (tag := read_tag(state.src, state.pos)) is None:
        return False
    printed, state.pos = tag
    if not silent:
        state.push("text", "", 0).content = printed
    return True


def _read_note(state: StateInline, silent: bool) -> bool:
    """Read ``[^1]``, the mark of a footnote that the paper has, as ``[1]``."""
    note = _NOTE.match(state.src, state.pos, state.posMax)
    if note is None or note[1] not in state.env["notes"]:
        return False
    if not silent:
        state.push("text", "", 0).content = f"[{note[1]}]"
    state.pos = note.end()
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
    markdown = _LiteralMarkdown("commonmark")
    markdown.inline.ruler.disable(["image"])
    markdown.inline.ruler.at("link", _read_link)
    markdown.inline.ruler.before("link", "note", _read_note)
    markdown.inline.ruler.at("html_inline", _read_tag)
    return markdown


_MARKDOWN = _build_parser()


def words_of(markdown: str, notes: Collection[str] = ()) -> MarkedText:
    """Return the words of a piece of inline markdown: no tags, single spaces, marks beside the text.

    `notes` holds the labels of the footnotes of the paper: only those make a superscript or ``[^1]`` a mark. A line
    that ends in a hyphen is joined to the next without a space, because scanners cut ``E-`` and ``Commerce``.
    """
    if not _MARKS.search(markdown):  # then parsing would change nothing
        return settle(markdown)
    tokens: list[Token] = []
    _MARKDOWN.inline.parse(markdown, _MARKDOWN, {"notes": notes}, tokens)
    pieces: list[str] = []
    last = ""
    for token, following in zip(tokens, _list_following(tokens), strict=True):
        pieces.append(_print_token(token, last, following))
        last = pieces[-1][-1:] or last
    return settle("".join(pieces), notes)


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

    A mark inside a word is printed as it stands; any other becomes a sign.
    """
    if token.type in _BREAKS:
        return "\n"
    if token.type == "code_inline":
        before = token.markup if last.isalnum() and token.content[:1].isalnum() else ""
        behind = token.markup if token.content[-1:].isalnum() and following.isalnum() else ""
        if before or behind:
            return before + token.content + behind
        return token.content.join(SIGNS[MarkKind.CODE])
    if token.nesting:
        if last.isalnum() and following.isalnum():
            return " " if token.type.startswith("link") else token.markup
        kind = {"strong": MarkKind.BOLD, "em": MarkKind.ITALIC}.get(token.tag)
        return SIGNS[kind][0 if token.nesting > 0 else 1] if kind else ""
    return token.content
