"""What a careful reader would mark in the margin of a paper as read: pure, block by block, in linear time."""

import re
from collections.abc import Iterator, Sequence

from server.documents.blocks import Block
from server.documents.units import ReadingWarning, WarningKind
from server.vocabulary.texts import UnitKind

_NOISE = re.compile(
    "[\u00a2\ufffd]\\S*"  # a bullet or a letter that was not recognised
    r"|(?<!\w)[A-Za-z]+0[A-Za-z]\w*"  # Fo0S
    r'|(?<!\w)[0-9]{1,3}"'  # 6" for 6th
    r"|(?<=\bsection )[Il|]{0,3}[l|][Il|]{0,3}(?!\w)"  # section Ill
    r"|(?<=\b[Aa]nnex )[Il|]{0,3}[l|][Il|]{0,3}(?!\w)"  # Annex |
    r"|(?<=[:;,] )[eo](?= [A-Za-z])"  # a bullet read as a letter, after a list that lost its lines
    r"|^[eo](?= [A-Za-z])"
)
_NOISY_NUMBER = re.compile(r"[IVXL]*l[IVXLl]*[.)]|[0-9]+,")
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014]?\s*(?:Page\s+)?[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?\.?\s*[-\u2013\u2014]?", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"\[[0-9]{1,3}\]")
_ORNAMENT = frozenset("x*#\u2022\u00b7-\u2013\u2014_=~ ")
_ENUMERATED = re.compile(r"[;,:] (?:and|or),?$")
_CLOSING = ")]}\u201d\"'\u2019\u00bb*"
_MOST_PER_UNIT = 10
_QUOTED = 80


def warnings_of(blocks: Sequence[Block]) -> tuple[ReadingWarning, ...]:
    """Every doubt about the blocks, in the order of the blocks.

    - FURNITURE: a page number, an ornament, a footnote after a ruled line.
    - CONTINUED: a paragraph or list item that ends in a hyphen, or without a full stop before a paragraph in lower
      case. Furniture between the two is passed over; within a list only what furniture or a ruled line parts counts.
    - TABLE_CONTINUED: a table whose first row is blank, whose second row begins with a blank cell, or that repeats the
      first row of the table before it.
    - OCR_NOISE: at most ten for each unit.
    """
    furniture = [_is_furniture(block) for block in blocks]
    warnings = [
        *(ReadingWarning(WarningKind.FURNITURE, at, _quote(blocks[at])) for at, found in enumerate(furniture) if found),
        *_continued(blocks, furniture),
        *_tables_continued(blocks),
        *_noise(blocks),
    ]
    return tuple(sorted(warnings, key=lambda warning: warning.unit))


def _quote(block: Block) -> str:
    return f"{block.number} {block.text}".strip()[:_QUOTED]


def _is_furniture(block: Block) -> bool:
    if block.kind not in (UnitKind.PARAGRAPH, UnitKind.LIST_ITEM):
        return False
    if block.after_rule and _FOOTNOTE.fullmatch(block.number):
        return True
    words = f"{block.number} {block.text}".strip()
    return bool(_PAGE_NUMBER.fullmatch(words[:_QUOTED])) or (len(words) < _QUOTED and _ORNAMENT.issuperset(words))


def _continued(blocks: Sequence[Block], furniture: Sequence[bool]) -> Iterator[ReadingWarning]:
    earlier: int | None = None
    parted = False
    for at, block in enumerate(blocks):
        parted = parted or block.after_rule or furniture[at]
        if furniture[at]:
            continue
        if earlier is not None and _goes_on(blocks[earlier], block, parted):
            yield ReadingWarning(WarningKind.CONTINUED, earlier, blocks[earlier].text[-_QUOTED:])
        earlier = at
        parted = False


def _goes_on(block: Block, following: Block, parted: bool) -> bool:
    running = (UnitKind.PARAGRAPH, UnitKind.LIST_ITEM)
    if block.kind not in running or following.kind not in running or following.number:
        return False
    text = block.text.rstrip(_CLOSING)
    if following.kind is UnitKind.LIST_ITEM and block.kind is UnitKind.LIST_ITEM and not parted:
        return False
    if _ENUMERATED.search(text[-_QUOTED:]):
        return False
    return text.endswith("-") or (text[-1:] not in ("", ".", "!", "?", ":", ";", "…") and following.text[:1].islower())


def _tables_continued(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    header: tuple[str, ...] = ()
    for at, block in enumerate(blocks):
        if block.kind is not UnitKind.TABLE_ROW or block.level != 1:
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else block
        second = following if following.level == 2 and following.kind is UnitKind.TABLE_ROW else block
        if not any(block.cells) or block.cells == header or (second is not block and not second.cells[0]):
            yield ReadingWarning(WarningKind.TABLE_CONTINUED, at, second.text[:_QUOTED].strip())
        header = block.cells


def _noise(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    for at, block in enumerate(blocks):
        words = [block.number] if _NOISY_NUMBER.fullmatch(block.number) else []
        for found in _NOISE.finditer(block.text):
            words.append(found[0])
            if len(words) >= _MOST_PER_UNIT:
                break
        yield from (ReadingWarning(WarningKind.OCR_NOISE, at, word) for word in words)
