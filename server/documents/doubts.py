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
_NOTE_NUMBER = re.compile(r"\[[0-9]{1,3}\]")
_CHANGE = re.compile(
    r"~~(?=\S)[^~]{1,2000}~~|(?<![\w+])\+\+(?=\S)[^+]{1,2000}\+\+(?!\w)|\{(--|\+\+|~~)[^{}]{1,2000}(?:--|\+\+|~~)\}"
)
_LIKE_NUMBER = re.compile(
    r"(\d{1,3}(?:\.\d{1,2})+)\s+(?=[^\W\d_]{4})(?!(?:million|milliard|billion|percent)\w*)", re.IGNORECASE
)
_MARK = re.compile(r"\[[^\s\[\]]{1,20}\]")
_WRITTEN_MARK = re.compile(r"\[\^[^\s\[\]]{1,20}\]")
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
    - TABLE_CONTINUED: a table after another one, without a header, with a blank first cell in its second row, or with
      the same first row as the table before it.
    - OCR_NOISE, TRACKED_CHANGE: at most ten for each unit.
    - UNCERTAIN_NUMBER: a number out of sequence, or a unit or a line in it whose words begin like a number.
    - UNTIED_NOTE: a footnote without a mark, or a mark without a footnote.
    """
    furniture = [_is_furniture(block) for block in blocks]
    warnings = [
        *_warn_of_furniture(blocks, furniture),
        *_warn_of_continued(blocks, furniture),
        *_warn_of_continued_tables(blocks),
        *_warn_of_noise(blocks),
        *_warn_of_changes(blocks),
        *_warn_of_numbers(blocks),
        *_warn_of_notes(blocks),
    ]
    return tuple(sorted(warnings, key=lambda warning: warning.unit))


def _warn_of_furniture(blocks: Sequence[Block], furniture: Sequence[bool]) -> Iterator[ReadingWarning]:
    for at, block in enumerate(blocks):
        if furniture[at]:
            words = f"{block.number} {block.text}".strip()[:_LONGEST_QUOTE]
            if not _NOTE_NUMBER.fullmatch(block.number):
                yield ReadingWarning(WarningKind.FURNITURE, at, words, "Leave it to the page: it says nothing.")
            else:
                suggestion = "Read it as a footnote, in the provision that carries its mark."
                yield ReadingWarning(WarningKind.FURNITURE, at, words, suggestion, UnitKind.FOOTNOTE, 1, block.number)


def _is_furniture(block: Block) -> bool:
    if block.kind not in (*_RUNNING, UnitKind.FOOTNOTE):
        return False
    if block.after_rule and _NOTE_NUMBER.fullmatch(block.number):
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
            where = "the next unit" if at == earlier + 1 else f"unit {at + 1}, once what stands between has been moved"
            words = blocks[earlier].text[-_LONGEST_QUOTE:]
            yield ReadingWarning(WarningKind.CONTINUED, earlier, words, f"Join it with {where}.")
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
    header: tuple[str, ...] | None = None
    for at, block in enumerate(blocks):
        if block.kind is not UnitKind.TABLE_ROW or block.level != 1:
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else block
        second = following if following.level == 2 and following.kind is UnitKind.TABLE_ROW else block
        is_rest = not any(block.cells) or block.cells == header or (second is not block and not second.cells[0])
        if header is not None and is_rest:
            words, suggestion = (
                second.text[:_LONGEST_QUOTE].strip(),
                "Read its rows as the rest of the table before it.",
            )
            yield ReadingWarning(WarningKind.TABLE_CONTINUED, at, words, suggestion)
        header = block.cells


def _warn_of_noise(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    for at, block in enumerate(blocks):
        words = []
        if _NOISY_NUMBER.fullmatch(block.number):
            number = block.number.replace("l", "I").replace(",", ".")
            suggestion = f"Print the number as {number}"
            yield ReadingWarning(WarningKind.OCR_NOISE, at, block.number, suggestion, None, None, number)
        for match in _NOISE.finditer(block.text):
            words.append(match[0])
            if len(words) >= _MOST_PER_UNIT:
                break
        suggestion = "Compare these words with the paper, and correct them there."
        yield from (ReadingWarning(WarningKind.OCR_NOISE, at, word, suggestion) for word in words)


def _warn_of_changes(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    """Yield doubts about words that are marked as struck or inserted, one where only a space is between them."""
    suggestion = "Find out which words were agreed, and import the paper without the marks of changes."
    for at, block in enumerate(blocks):
        if block.kind is UnitKind.CODE or not any(sign in block.text for sign in ("~~", "++", "{--", "{++")):
            continue
        runs: list[tuple[int, int]] = []
        for match in _CHANGE.finditer(block.text):
            if runs and not block.text[runs[-1][1] : match.start()].strip():
                runs[-1] = (runs[-1][0], match.end())
            else:
                runs.append(match.span())
        for start, end in runs[:_MOST_PER_UNIT]:
            yield ReadingWarning(WarningKind.TRACKED_CHANGE, at, block.text[start:end], suggestion)


def _warn_of_numbers(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    for at, block in enumerate(blocks):
        if block.doubt:
            words = f"{block.number} {block.text}".strip()[:_LONGEST_QUOTE]
            yield ReadingWarning(WarningKind.UNCERTAIN_NUMBER, at, words, block.doubt)
        elif block.kind is UnitKind.PARAGRAPH and not block.number and (match := _LIKE_NUMBER.match(block.text)):
            suggestion = f"If {match[1]} is a number of the paper, set it as the number of this unit."
            words = block.text[:_LONGEST_QUOTE]
            yield ReadingWarning(WarningKind.UNCERTAIN_NUMBER, at, words, suggestion, UnitKind.LIST_ITEM, 1, match[1])
        for line in block.like_numbers[:_MOST_PER_UNIT]:
            suggestion = "If these words begin with a number of the paper, split the unit before them."
            yield ReadingWarning(WarningKind.UNCERTAIN_NUMBER, at, line[:_LONGEST_QUOTE], suggestion)


def _warn_of_notes(blocks: Sequence[Block]) -> Iterator[ReadingWarning]:
    """Yield doubts about footnotes without a mark, and of marks without a footnote."""
    numbers = {block.number for block in blocks if block.kind is UnitKind.FOOTNOTE and block.number}
    carried: set[str] = set()
    for at, block in enumerate(blocks):
        if block.kind in (UnitKind.FOOTNOTE, UnitKind.CODE):
            continue
        carried.update(mark for mark in _MARK.findall(block.text) if mark in numbers)
        for mark in _WRITTEN_MARK.findall(block.text)[:_MOST_PER_UNIT]:
            suggestion = "Look for this footnote in the paper: there is none here."
            yield ReadingWarning(WarningKind.UNTIED_NOTE, at, mark, suggestion)
    for at, block in enumerate(blocks):
        if block.kind is UnitKind.FOOTNOTE and block.number and block.number not in carried and not block.after_rule:
            words = f"{block.number} {block.text}"[:_LONGEST_QUOTE]
            suggestion = "Find the place that this footnote belongs to: its mark stands nowhere."
            yield ReadingWarning(WarningKind.UNTIED_NOTE, at, words, suggestion)
