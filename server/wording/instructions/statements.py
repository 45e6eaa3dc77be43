"""Cut a text of instructions into single ones: numbered, in lines, parted by full stops and semicolons."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from server.wording.instructions.phrases import EVERY_PLACE
from server.wording.instructions.quotes import MARK, Skeleton

_KEPT = "\ue001"
"""Stands for a semicolon that parts no instructions."""
_SPACES = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")
_JOINED = re.compile(rf"((?:[:—–-]|follows|insert|substitute|suit|suivante?s?)) ?\n\s*(?={MARK})", re.IGNORECASE)
_QUOTES_JOINED = re.compile(rf"(?<={MARK})\s*\n\s*(?={MARK})")
_LABEL = r"(?:\([0-9a-z]{1,4}\)|[0-9]{1,3}[.)]|[a-z]{1,2}\)|[ivx]{1,5}[.)])"
_CUT = re.compile(
    rf"\n+|;|(?<=[\w)\]{MARK}])\.(?=\s|$)"
    r"(?<!\bart\.)(?<!\barts\.)(?<!\bpara\.)(?<!\bparas\.)(?<!\bno\.)(?<!\bsec\.)(?<!\babs\.)(?<!\blit\.)"
    rf"|(?<=[:—–]) (?={_LABEL} )",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"\s*(?P<label>{_LABEL}(?=\s|$)|[-–—•*·](?=\s))?\s*(?P<and>(?:and|et|then|puis)\s+)?", re.IGNORECASE
)
_LONE_LABEL = re.compile(r"\s*\(?(?:[0-9]{1,3}[a-z]?|[a-z]|[ivx]{1,5})\)?\s*", re.IGNORECASE)
_LAST = re.compile(r"[\s,]+(?:and|et)\s*$|[\s,.]+$", re.IGNORECASE)


class Instruction(NamedTuple):
    """One instruction: its skeleton, the label printed before it, and whether `and` joins it to the one before."""

    skeleton: Skeleton
    label: str
    is_joined: bool


def cut_statements(skeleton: Skeleton) -> Iterator[Instruction]:
    """Yield the single instructions of a skeleton in their order."""
    words = _SPACES.sub(" ", skeleton.words.replace("\r\n", "\n").replace("’", "'"))
    words = _part_after_sentences(Skeleton(words, skeleton.quoted))
    words = _QUOTES_JOINED.sub(" ", _JOINED.sub(r"\1 ", words))
    lines = (EVERY_PLACE.sub(lambda match: match[0].replace(";", _KEPT), line) for line in words.split("\n"))
    whole = Skeleton("\n".join(lines), skeleton.quoted)
    label, start = "", 0
    for end, following in _spans_between(whole.words):
        part = whole.cut(start, end)
        start = following
        if _LONE_LABEL.fullmatch(part.words) and part.words.strip():
            label = part.words.strip()
            continue
        first = _FIRST.match(part.words)
        begin = first.end() if first else 0
        last = _LAST.search(part.words)
        stop = max(last.start(), begin) if last else len(part.words)
        body = part.cut(begin, stop)
        if body.words.strip():
            own = (first["label"] or "") if first else ""
            yield Instruction(
                Skeleton(body.words.replace(_KEPT, ";"), body.quoted), own or label, bool(first and first["and"])
            )
            label = ""


def _part_after_sentences(skeleton: Skeleton) -> str:
    """Return the words with a line end after each quotation that is a sentence, where another one begins."""
    first, *parts = skeleton.words.split(MARK)
    words = [first]
    for quoted, part in zip(skeleton.quoted, parts, strict=True):
        is_sentence = quoted.rstrip().endswith((".", "!", "?")) and part[:1] == " " and part[1:2].isupper()
        words += MARK, "\n" + part if is_sentence else part
    return "".join(words)


def _spans_between(words: str) -> Iterator[tuple[int, int]]:
    """Yield the end of each instruction and the beginning of the next."""
    for match in _CUT.finditer(words):
        yield match.start(), match.end()
    yield len(words), len(words)
