"""Follow the paragraph, item or footnote that is open while the lines of a paper are read."""

import re
from collections.abc import Collection

from server.documents.bullets import BULLET, cuts_bullet, sign_of
from server.documents.cutting import (
    OpenParagraph,
    asks_for_number,
    cuts,
    ends_sentence,
    goes_on_in,
    is_inner,
    is_start,
)
from server.documents.drafts import Draft, check_length
from server.documents.grammar import words_of
from server.documents.labels import bare, heading_level_of, is_expected, read_label
from server.documents.named_lines import NamedLines
from server.documents.numerals import Label, Reading
from server.documents.outline import Outline, Relation, Spot
from server.documents.ranking import UNRANKED
from server.documents.units import UnreadableDocument
from server.documents.words import MarkedText
from server.vocabulary.texts import UnitKind

_MAX_PIECES = 50_000
TAB = 4
HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
CAPTION = re.compile(r"(?:Table|Tableau|Tabla|Tabelle|Tabela|Таблица|表)\s*\d{1,3}\b", re.IGNORECASE)
_FEWEST_ASKING = 4  # words; "1. Log in" is an item, and asks for no number
_KEEP_NUMBER = "Keep it as a number of the paper; if these are words of a sentence, join it to the unit before."
_STRONG = re.compile(r"\s*(?:\*\*|__|<b>|<strong>).*(?:\*\*|__|</b>|</strong>)\s*", re.DOTALL)


class Paragraphs:
    """The paragraph that is open, with the lists around it, and the drafts that are ready."""

    def __init__(self, notes: Collection[str], on_lines: Collection[str]) -> None:
        self.notes = notes
        self.on_lines = on_lines
        self.outline = Outline()
        self.drafts: list[Draft] = []
        self.lines: list[str] = []
        """The lines of the open paragraph or item."""
        self.column = 0
        self.label: Label | None = None
        """The label of the open item; None for a paragraph, and for a bullet until a number follows it."""
        self.spot: Spot | None = None
        """Where the open item stands; None for a paragraph."""
        self.bullet = ""
        self.note = ""
        """The label of the footnote that is open, "" for none."""
        self.is_note_begun = False
        self.after_rule = False
        self.quotes = 0
        self.doubt = ""
        self.like_numbers: list[str] = []
        """Lines of what is open that begin like a number and are read as words."""
        self.named = NamedLines()
        self.pieces = 0

    def take(self) -> list[Draft]:
        """Return the drafts that are ready, and forget them. What may caption a table waits for the next line."""
        last = self.drafts[-1] if self.drafts else None
        keep = 1 if last and last.kind is UnitKind.PARAGRAPH and CAPTION.match(last.words.text) else 0
        drafts = self.drafts[: len(self.drafts) - keep]
        self.drafts = self.drafts[len(drafts) :]
        return drafts

    def flush(self) -> None:
        """End the open paragraph, item or footnote, and make its draft."""
        if self.spot is None and not self.lines:
            return
        content = check_length("\n".join(self.lines))
        self.count()
        if self.note:
            self._flush_note(content)
        elif self.spot is not None:
            self._flush_item(content, self.spot)
        elif (words := words_of(content, self.notes)).text:
            self._flush_paragraph(content, words)
        self.lines, self.label, self.spot, self.bullet, self.doubt = [], None, None, "", ""

    def _flush_note(self, content: str) -> None:
        words = words_of(content, self.notes)
        if words.text or not self.is_note_begun:
            is_first = not self.is_note_begun
            self.add(UnitKind.FOOTNOTE, 1 if is_first else 2, f"[{self.note}]" if is_first else "", words)
        self.is_note_begun = True

    def _flush_item(self, content: str, spot: Spot) -> None:
        number, words = "", words_of(content, self.notes)
        if self.label is not None:
            number, words = self._split_label(words)
        if not number and not words.text:
            return
        level = heading_level_of(number, words.text, counts_arabic=bool(_STRONG.fullmatch(content))) if number else 0
        if level and not self.bullet and not self.quotes:
            self.add(UnitKind.HEADING, level, number, words)
            self.outline.reset()
        else:
            self.add(UnitKind.LIST_ITEM if spot.level == 1 else UnitKind.SUB_ITEM, spot.level, number, words)

    def _split_label(self, words: MarkedText) -> tuple[str, MarkedText]:
        """Return the number at the beginning of the words, and the rest of them."""
        again = read_label(words.text)
        if again is None:
            return "", words
        return again.printed, words.rest_from(len(words.text) - len(again.text))

    def _flush_paragraph(self, content: str, words: MarkedText) -> None:
        label = self.label
        if label is not None:
            number, rest = self._split_label(words)
            if label.kind is not None:
                self.add(label.kind, UNRANKED, number, rest)
                self.outline.reset()
            else:
                is_note = number[1:-1] in self.notes
                kind = UnitKind.FOOTNOTE if is_note else UnitKind.PARAGRAPH
                self.add(kind, 1 if is_note else 0, number, rest)
            return
        level = self.outline.level_at(self.column)
        if self.quotes:
            self.add(UnitKind.BOX, level, "", words)
        elif not level and heading_level_of("", words.text):
            self.add(UnitKind.HEADING, 1, "", words)
            self.outline.reset()
        else:
            self.add(UnitKind.PARAGRAPH, level, "", words)

    def add(
        self, kind: UnitKind, level: int, number: str, words: MarkedText, cells: tuple[str, ...] = (), doubt: str = ""
    ) -> None:
        like_numbers = tuple(self.like_numbers)
        self.drafts.append(Draft(kind, level, number, words, cells, self.after_rule, doubt or self.doubt, like_numbers))
        self.after_rule = False
        self.like_numbers = []

    def count(self) -> None:
        self.pieces += 1
        if self.pieces > _MAX_PIECES:
            raise UnreadableDocument("The document has too many paragraphs, list items and table rows.")

    def add_heading(self, level: int, content: str) -> None:
        words = words_of(check_length(content), self.notes)
        label = read_label(words.text, in_heading=True)
        self.note = ""
        kind, number = UnitKind.HEADING, ""
        if label and (label.is_sure or is_expected(label, self.on_lines)):
            kind, number = label.kind or UnitKind.HEADING, label.printed
            words = words.rest_from(len(words.text) - len(label.text))
        if number or words.text:
            self.count()
            self.add(kind, level, number, words)
            self.outline.reset()

    def read_text(self, column: int, text: str, following: str) -> None:
        """Read a line of words: it begins something, or goes on with what is open."""
        is_open = bool(self.lines) or self.spot is not None
        if self.note and (is_open or column >= 2):
            self.column = self.column if is_open else column
            self.lines.append(text)
            return
        self.note = ""
        if self.spot is not None and not self.lines and self.label is None and column <= self.column:
            self.spot, self.bullet = None, ""  # a dash alone on its line is an ornament
            self.outline.suspend()
        line = text
        while True:
            if (bullet := BULLET.match(text)) and self._begins_bullet(bullet, following):
                self._open_bullet(bullet, column)
                column += len(bullet[0].expandtabs(TAB))
                text = text[bullet.end() :]
                if heading := HEADING.match(text):
                    self.spot = None
                    self.add_heading(len(heading[1]), cut_closing(text[heading.end() :]))
                    return
                continue
            label = read_label(bare(text))
            if label is None or not self._begins_item(label, column, text, following):
                if label and text is line and self._is_like_number(label, column):
                    self.like_numbers.append(words_of(text, self.notes).text)
                break
            if not self._open_label(label, column, text):
                return
            rest = label.text
            column += len(text) - len(rest)
            another = read_label(rest)
            if not BULLET.match(rest) and not (another and another.is_sure and is_inner(label, another)):
                return
            text = rest
            self.lines = [label.printed]
        if not self.lines and self.spot is None:
            self._open_paragraph(column)
        self.lines.append(text)
        self.outline.note(text)

    def _open_paragraph(self, column: int) -> None:
        self.column = column
        if not self.outline.level_at(column):
            self.outline.suspend()

    def _begins_bullet(self, bullet: re.Match[str], following: str) -> bool:
        if not self.lines:
            return True
        return cuts_bullet(bullet, self.lines[-1], self.bullet if self.spot is not None else None, following)

    def _open_bullet(self, bullet: re.Match[str], column: int) -> None:
        sign = sign_of(bullet)
        if self.lines:
            self.flush()
        self.count()
        label = Label("", (Reading(sign, ()),), "")
        self.spot = self.outline.find(label, column)
        self.outline.open(self.spot, label, column)
        self.label, self.bullet, self.column = None, sign, column

    def _begins_item(self, label: Label, column: int, text: str, following: str) -> bool:
        """Return whether a label at the beginning of a line begins an item, and does not only look like one."""
        if self.spot is not None and self.label is None and not self.lines:
            return label.is_sure or is_expected(label, self.on_lines) or is_start(label)  # the number of a bullet
        if label.readings[0].style == "[1]":
            return not self.lines or (self.label is not None and self.label.readings[0].style == "[1]")
        if label.kind is not None:
            before = self.lines[-1] if self.lines else "."
            return ends_sentence(before) or self.named.count_skipped(label, column, before) is not None
        spot = self.outline.find(label, column)
        is_known = label.is_sure or spot.relation in (Relation.NEXT, Relation.SKIPPING, Relation.INSIDE)
        if not label.is_sure and label.readings[0].style == "1.1":
            is_known = spot.relation in (Relation.NEXT, Relation.SKIPPING) or goes_on_in(label, following)
        if not is_known and not is_expected(label, self.on_lines) and not (is_start(label) and text[1:2] != "."):
            return False
        if not self.lines:
            return True
        return cuts(
            label, spot, text, OpenParagraph(self.lines, self.spot is not None, column - self.column), following
        )

    def _is_like_number(self, label: Label, column: int) -> bool:
        """Return whether a reader could take a label that goes on with the open paragraph for a number."""
        if not self.lines or label.readings[0].style == "[1]" or label.printed.endswith(","):
            return False
        before = self.lines[-1].rstrip()
        if label.kind is not None:
            return not before.endswith(",") and not asks_for_number(before)
        spot = self.outline.find(label, column)
        if spot.relation in (Relation.NEXT, Relation.SKIPPING, Relation.INSIDE):
            return True
        return label.is_sure and (self.outline.is_after(spot) or not asks_for_number(before))

    def _open_label(self, label: Label, column: int, text: str) -> bool:
        """Open the item or heading line that a label begins; return whether another label may follow it."""
        if self.spot is not None and self.label is None and not self.lines:
            self.label, self.lines = label, [text]  # the number of a bullet
            self.outline.note(text)
            return False
        doubt = self._doubt_of(label, column) if self.lines else ""
        self.flush()
        self.doubt = doubt
        if label.kind is not None or label.readings[0].style == "[1]":
            self.label, self.lines, self.column = label, [text], column
            if label.kind is not None:
                self.outline.suspend()
                self.named.note(label, column)
            return False
        spot = self.outline.find(label, column)
        path = spot.reading.path
        is_skipping = spot.relation is Relation.SKIPPING or (spot.relation is Relation.INSIDE and path[-1] > 1)
        if is_skipping or (spot.relation is Relation.OTHER and len(path) == 1 and self.outline.is_after(spot)):
            self.doubt = _KEEP_NUMBER
        self.outline.open(spot, label, column)
        self.label, self.spot, self.column, self.lines = label, spot, column, [text]
        self.outline.note(text)
        return True

    def _doubt_of(self, label: Label, column: int) -> str:
        """Return the doubt about a label that ends the open paragraph, "" for none."""
        before = self.lines[-1]
        if label.kind is not None:
            return "" if ends_sentence(before) or not self.named.count_skipped(label, column, before) else _KEEP_NUMBER
        relation = self.outline.find(label, column).relation
        asks = asks_for_number(before) and len(before.split()) >= _FEWEST_ASKING
        return _KEEP_NUMBER if relation is Relation.SKIPPING or (relation is Relation.NEXT and asks) else ""


def cut_closing(heading: str) -> str:
    """Return the words of a heading line without the ``#`` that may close it."""
    words = heading.strip()
    before = words.rstrip("#")
    return before.rstrip() if not before or before[-1] in " \t" else words
