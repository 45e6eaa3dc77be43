"""Find the places where a paper may have been read wrongly, as a careful reader would mark them in the margin.

Pure: block by block, in linear time.
"""

import re
from collections.abc import Iterator, Sequence

from server.documents.blocks import Block
from server.documents.nesting import ITEMS
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
_RUNNING = (UnitKind.PARAGRAPH, UnitKind.LIST_ITEM, UnitKind.SUB_ITEM)
_MOST_PER_UNIT = 10
_LONGEST_QUOTE = 80  # characters


def warnings_of(blocks: Sequence[Block]) -> tuple[ReadingWarning, ...]:
    """Return every doubt about the blocks, in the order of the blocks.

    - FURNITURE: a page number, an ornament, a footnote after a ruled line.
    - CONTINUED: a paragraph or list item that ends in a hyphen, or without a full stop before a paragraph in lower
      case. Furniture between the two is ignored. Two items of one list count only if furniture or a ruled line stands
      between them.
    - TABLE_CONTINUED: a table with a blank first row, with a blank first cell in its second row, or with the same first
      row as the table before it.
    - OCR_NOISE: at most ten for each unit.
    """
    furniture = [_is_furniture(block) for block in blocks]
    warnings = [
        *_warn_of_furniture(blocks, furniture),
        *_warn_of_continued(blocks, furniture),
        *_warn_of_continued_tables(blocks),
        *_warn_of_noise(blocks),
    ]
    return tuple(sorted(warnings, key=lambda warning: warning.unit))


def _warn_of_furniture(blocks: Sequence[Block], furniture: Sequence[bool]) -> Iterator[ReadingWarning]:
    for at, block in enumerate(blocks):
        if furniture[at]:
            yield ReadingWarning(WarningKind.FURNITURE, at, f"{block.number} {block.text}".strip()[:_LONGEST_QUOTE])


def _is_furniture(block: Block) -> bool:
    if block.kind not in (*_RUNNING, UnitKind.FOOTNOTE):
        return False
    if block.after_rule and _FOOTNOTE.fullmatch(block.number):
        return True
    words = f"{block.number} {block.text}".strip()
    is_page_number = bool(_PAGE_NUMBER.fullmatch(words[:_LONGEST_QUOTE]))
    return is_page_number or (len(words) < _LONGEST_QUOTE and _ORNAMENT.issuperset(words))


def _warn_of_continued(blocks: Sequence[Block], furniture: Sequence[bool]) -> Iterator[ReadingWarning]:
    earlier: int | None = None
    has_break = False
    for at, block in enumerate(blocks):
        has_break = has_break or block.after_rule or furniture[at]
        if furniture[at]:
            continue
        if earlier is not None and _goes_on(blocks[earlier], block, has_break):
            yield ReadingWarning(WarningKind.CONTINUED, earlier, blocks[earlier].text[-_LONGEST_QUOTE:])
        earlier = at
        has_break = False


def _goes_on(block: Block, following: Block, has_break: bool) -> bool:
    """Return whether a block seems to go on in the next; `has_break` says if furniture or a rule is between them."""
    if block.kind not in _RUNNING or following.kind not in _RUNNING or following.number:
        return False
    text = block.text.rstrip(_CLOSING)
    if following.kind in ITEMS and block.kind in ITEMS and not has_break:
        return False
    if _ENUMERATED.search(text[-_LONGEST_QUOTE:]):
        return False
    return text.endswith("-") or (text[-1:] not in ("", ".", "!", "?", ":", ";", "…") and following.text[:1].islower())


def _warn_of_continued_tables(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    header: tuple[str, ...] = ()
    for at, block in enumerate(blocks):
        if block.kind is not UnitKind.TABLE_ROW or block.level != 1:
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else block
        second = following if following.level == 2 and following.kind is UnitKind.TABLE_ROW else block
        if not any(block.cells) or block.cells == header or (second is not block and not second.cells[0]):
            yield ReadingWarning(WarningKind.TABLE_CONTINUED, at, second.text[:_LONGEST_QUOTE].strip())
        header = block.cells


def _warn_of_noise(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    for at, block in enumerate(blocks):
        words = [block.number] if _NOISY_NUMBER.fullmatch(block.number) else []
        for match in _NOISE.finditer(block.text):
            words.append(match[0])
            if len(words) >= _MOST_PER_UNIT:
                break
        yield from (ReadingWarning(WarningKind.OCR_NOISE, at, word) for word in words)
