"""Cut quoted words out of an instruction, and put words in quotation marks that they do not contain."""

import re
from typing import NamedTuple

from server.wording.instructions.edits import QuestionCode, Unclear

MARK = "\ue000"
"""Stands for quoted words in the skeleton of an instruction."""
_NESTING = {"“": "”", "«": "»", "「": "」", "‹": "›"}
_PADDING = " \u00a0\u202f"
_OPENING = re.compile("[“«「‹„\"'‘”»」›]")
_SINGLE = {"'": "'’", "‘": "’"}


class Skeleton(NamedTuple):
    """An instruction with a sign in the place of each quotation, and the quoted words in their order."""

    words: str
    quoted: tuple[str, ...]

    def cut(self, start: int, end: int) -> "Skeleton":
        """Return a part of the skeleton with the quotations that stand in it."""
        first = self.words.count(MARK, 0, start)
        part = self.words[start:end]
        return Skeleton(part, self.quoted[first : first + part.count(MARK)])

    def print(self) -> str:
        """Return the words with their quotations, all in the same marks."""
        parts = self.words.split(MARK)
        return parts[0] + "".join(f"“{quoted}”{rest}" for quoted, rest in zip(self.quoted, parts[1:], strict=True))


def find_quotations(instruction: str) -> Skeleton:
    """Return the skeleton of an instruction.

    Curly and pointed marks are counted, so that they may stand inside each other; in straight marks a doubled one
    stands for one; a single mark ends a quotation only after words and before none, so that apostrophes do not.
    Raise `Unclear` for a mark without counterpart. The time is linear.
    """
    if MARK in instruction:
        raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
    words: list[str] = []
    quoted: list[str] = []
    position = 0
    never: set[str] = set()
    while opening := _OPENING.search(instruction, position):
        at = opening.start()
        mark = opening[0]
        if mark in _SINGLE and (not _begins(instruction, at) or mark in never):
            words.append(instruction[position : at + 1])
            position = at + 1
            continue
        end = _find_end(instruction, at)
        if end is None and mark in _SINGLE:
            never.add(mark)
            continue
        if end is None:
            raise Unclear(QuestionCode.QUOTATION_OPEN, instruction[at : at + 40])
        words += instruction[position:at], MARK
        quoted.append(_unwrap(instruction[at:end]))
        position = end
    return Skeleton("".join((*words, instruction[position:])), tuple(quoted))


def _begins(text: str, at: int) -> bool:
    """Return whether a single mark can begin a quotation: it stands before words and not right after a word."""
    return at == 0 or (not text[at - 1 : at].isalnum() and bool(text[at + 1 : at + 2].strip()))


def _find_end(text: str, at: int) -> int | None:
    """Return the position after the mark that closes the one at a position, None if there is none."""
    mark = text[at]
    if mark == '"':
        return _find_straight(text, at)
    if mark in _SINGLE:
        closing = re.compile(rf"(?<!\s)[{_SINGLE[mark]}](?!\w)")
        match = closing.search(text, at + 1)
        return match.end() if match else None
    if mark == "„":
        match = re.compile("[“”]").search(text, at + 1)
        return match.end() if match else None
    if mark not in _NESTING:
        return None
    depth = 0
    for match in re.compile(f"[{mark}{_NESTING[mark]}]").finditer(text, at):
        depth += 1 if match[0] == mark else -1
        if not depth:
            return match.end()
    return None


def _find_straight(text: str, at: int) -> int | None:
    """Return the position after the straight mark that closes the one at a position: the end of an odd run of them."""
    position = at + 1
    for match in re.compile('"+').finditer(text, position):
        run = len(match[0])
        if match.start() == position and run % 2 == 0:
            continue  # the words begin with marks that are written twice
        if match.start() == position and run == 1:
            return match.end()
        if run % 2:
            return match.end()
    return None


def _unwrap(quotation: str) -> str:
    """Return the quoted words without their marks, and without the white space inside pointed marks."""
    words = quotation[1:-1]
    if quotation[0] == '"':
        return words.replace('""', '"')
    if quotation[0] in "«‹" and len(words) > 1:
        return words[words[0] in _PADDING : len(words) - (words[-1] in _PADDING)]
    return words


def quote(words: str, language: str) -> str:
    """Return words in quotation marks that `find_quotations` takes off again, whatever marks are in them."""
    pairs = (("«", "»"), ("“", "”")) if language == "fr" else (("“", "”"), ("«", "»"))
    for opening, closing in (*pairs, ("「", "」"), ("‹", "›")):
        if _is_even(words, opening, closing):
            padding = "\u00a0" if opening in "«‹" else ""
            return f"{opening}{padding}{words}{padding}{closing}"
    return '"' + words.replace('"', '""') + '"'


def _is_even(words: str, opening: str, closing: str) -> bool:
    """Return whether every mark of a pair in the words has its counterpart after it."""
    depth = 0
    for at in range(len(words)):
        depth += (words[at] == opening) - (words[at] == closing)
        if depth < 0:
            return False
    return depth == 0
