"""Keep the headers under which an instruction stands: `In Article 7:` with a list of instructions after it."""

import re
from typing import NamedTuple

from server.wording.instructions.edits import QuestionCode
from server.wording.instructions.phrases import HEADER, UNQUOTED
from server.wording.instructions.scopes import Leaning, PlaceScope, Scope, read_inside
from server.wording.instructions.spots import AmendedText
from server.wording.instructions.statements import Instruction

_BULLETS = frozenset("-–—*•·")
_PLACE_IS_OPEN = frozenset(
    {
        QuestionCode.OUTSIDE_GRAMMAR,
        QuestionCode.PLACE_UNKNOWN,
        QuestionCode.PLACE_AMBIGUOUS,
        QuestionCode.PLACE_ELSEWHERE,
        QuestionCode.QUOTATION_MISSING,
    }
)
_ROMAN = "roman"


class _Header(NamedTuple):
    """The form of the label before a header, and what it names, None where that could not be read."""

    form: str
    scope: PlaceScope | None


class Headers:
    """The headers that hold for the next instruction, the outermost first, and the place that it can lean on."""

    def __init__(self, text: AmendedText) -> None:
        self.text = text
        self.leaning = Leaning(text)
        self.open: list[_Header] = []
        self.form = ""
        self.letter = ""
        self.follows_header = False

    @property
    def scope(self) -> Scope:
        """The place of the innermost header; where there is none, or it was not read, what stands for it."""
        if not self.open:
            return self.leaning
        return self.open[-1].scope or Leaning(self.text, near=range(0))

    def pass_label(self, label: str) -> None:
        """Leave the headers whose list a label goes on with.

        Bullets do not say to which list they belong: only the first after a header with a bullet stands under it.
        """
        self.form = self._form_of(label)
        forms = [header.form for header in self.open]
        if self.form in _BULLETS and self.form in forms:
            if not self.follows_header:
                self.open[forms.index(self.form) :] = [_Header(self.form, None)]
                self.leaning.forget()
        elif self.form and self.form in forms:
            del self.open[forms.index(self.form) :]
        self.follows_header = False

    def read(self, statement: Instruction) -> bool:
        """Return whether an instruction only says where the next ones are about, and keep that."""
        match = HEADER.fullmatch(statement.skeleton.words)
        if match is None or (not match["amended"] and UNQUOTED.fullmatch(match["place"])):
            return False
        forms = [header.form for header in self.open]
        if self.form in forms:
            del self.open[forms.index(self.form) :]
        around = self.scope
        self._add(None)
        spots = read_inside(statement.skeleton.cut(*match.span("place")), self.text, around)
        self.leaning.name(spots[-1].at)
        self.open[-1] = _Header(self.form, PlaceScope(tuple(spots)))
        return True

    def note_unread(self, code: QuestionCode, statement: Instruction) -> None:
        """Keep that a place was not read, so that nothing leans on the one before it."""
        is_colon = statement.skeleton.words.rstrip().endswith((":", "—", "–"))
        if is_colon and code in (QuestionCode.OUTSIDE_GRAMMAR, QuestionCode.QUOTATION_MISSING):
            self._add(None)
        if code in _PLACE_IS_OPEN and isinstance(self.scope, Leaning):
            self.leaning.forget()

    def _add(self, scope: PlaceScope | None) -> None:
        self.open.append(_Header(self.form, scope))
        self.follows_header = True

    def _form_of(self, label: str) -> str:
        """Return how a label is printed: `(a)` and `(b)` are of one list, `1.` and `(i)` are of others.

        `(i)` after `(h)` is a letter, unless a header stands between: that opens a list.
        """
        word = "".join(filter(str.isalpha, label)).lower()
        form = re.sub("[0-9]+", "1", label.lower())
        if not word:
            return form
        is_next = len(word) == 1 and len(self.letter) == 1 and ord(word) == ord(self.letter) + 1
        is_letter = not re.fullmatch("[ivx]+", word) or (is_next and not (word == "i" and self.follows_header))
        if is_letter and not re.search("[0-9]", label):
            self.letter = word
        return form.replace(word, "a" if is_letter else _ROMAN)
