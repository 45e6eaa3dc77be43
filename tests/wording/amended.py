"""Texts that instructions are about, with random edits of them; and one text in which real acts could stand."""

from collections.abc import Sequence
from random import Random

from server.documents.nesting import Place, parents_of
from server.domain.texts.rules.provisions import NumberedProvision, list_entries
from server.vocabulary.texts import UnitKind
from server.wording.hunks import hunks_between
from server.wording.instructions.edits import Deletion, Edit, Insertion, Move, WordsEdit
from server.wording.instructions.spots import AmendedText, AmendedUnit
from server.wording.targets import Places
from server.wording.tokens import pieces

Row = tuple[str, int, str, str]
"""Kind, level, printed number and words of a provision."""

HARBOUR: tuple[Row, ...] = (
    ("TITLE", 1, "", "The Harbour Rules"),
    ("STANDARD", 2, "Standard 1", "Notices"),
    ("PARAGRAPH", 0, "", "Harbour masters should publish notices. They should keep them."),
    ("PARAGRAPH", 0, "", "Pilots may refuse night work."),
    ("STANDARD", 2, "Standard 2", "Tides"),
    ("PARAGRAPH", 0, "", "Ships wait for the tide."),
    ("STANDARD", 2, "Standard 3", "Berths"),
    ("LIST_ITEM", 1, "1.", "Ships shall report delays promptly."),
    ("LIST_ITEM", 1, "2.", "Masters may, where needed, do this:"),
    ("SUB_ITEM", 2, "(a)", "report the delay; and"),
    ("SUB_ITEM", 2, "(b)", "inform the pilot."),
    ("LIST_ITEM", 1, "3.", "The list is kept. It is public. It may be copied."),
    ("LIST_ITEM", 1, "4.", "The list may be sold, and the list may be lent."),
    ("ARTICLE", 2, "Article 7", "Pilots’ duties"),
    ("LIST_ITEM", 1, "1.", "A pilot shall hold a licence."),
    ("LIST_ITEM", 1, "2.", "A pilot of the harbour shall rest for ten hours."),
    ("HEADING", 2, "", "Final clauses"),
    ("PARAGRAPH", 0, "", "The Rules enter into force in spring."),
    ("ANNEX", 2, "Annex I", "Fees"),
    ("TABLE", 0, "", "Fees by ship"),
    ("TABLE_ROW", 1, "", "Ship | Fee"),
    ("TABLE_ROW", 2, "", "Tug | EUR 10"),
    ("TABLE_ROW", 2, "", "Ferry | EUR 20"),
)
"""A text of every sort of provision; its places are counted from 0."""


def amended_text(rows: Sequence[Row], own_names: frozenset[str] = frozenset()) -> AmendedText:
    """Return provisions as a text that instructions are about."""
    parents = parents_of(Place(UnitKind(kind), level, number, words) for kind, level, number, words in rows)
    provisions = [
        NumberedProvision(str(at), UnitKind(kind), level, number, words, None if parent is None else str(parent))
        for at, ((kind, level, number, words), parent) in enumerate(zip(rows, parents, strict=True))
    ]
    units = [AmendedUnit(kind, level, words) for kind, level, _, words in rows]
    return AmendedText(Places(list_entries(provisions)), units, own_names)


_WORDS = (
    *("shall", "should", "Customs", "the", "EUR 1,000", "5 %", "Article 5", "(a)", "15 May 2018", "1000\u5143"),
    *("l'article", "l\u2019\u00e9change", "e-commerce", "3.2", "\u6d77\u5173", "\u5173", "“may”", "«x»", '"q"', "not"),
    *("report", "Members", "[shall]", "e\u0301te\u0301", "\u0627\u0644\u062c\u0645", "\U0001f44d\U0001f3fd"),
)
_GLUE = (" ", " ", " ", " ", "", ", ", ". ", "\u00a0", "\u202f; ", "\n", "  ", "\u00a0: ", "-", "'", '"', "”", "; ")
_KINDS = (None, None, None, "PARAGRAPH", "LIST_ITEM", "SUB_ITEM", "HEADING", "STANDARD", "ANNEX", "TABLE_ROW", "BOX")


def random_words(rng: Random, most: int) -> str:
    """Return words that repeat, with marks and white space that break naive code."""
    return "".join(rng.choice(_GLUE) + rng.choice(_WORDS) for _ in range(rng.randint(0, most)))


def random_rows(rng: Random) -> list[Row]:
    """Return a text in which numbers are repeated and left out, so that names are not always enough."""
    rows: list[Row] = [("TITLE", 1, "", "The Framework")] if rng.random() < 0.7 else []
    for _ in range(rng.randint(1, 3)):
        words = random_words(rng, 3).replace("\n", " ")
        if rng.random() < 0.8:
            rows.append(("STANDARD", 2, f"Standard {rng.randint(1, 3)}", words))
        else:
            rows.append(("HEADING", 2, "", rng.choice(("Notes", "Introduction", words))))
        for number in range(1, rng.randint(1, 4)):
            rows += _random_unit(rng, number)
    return rows


def _random_unit(rng: Random, number: int) -> list[Row]:
    def words() -> str:
        return random_words(rng, 9)

    def cell() -> str:
        return words().replace("\n", " ")

    return rng.choice(
        (
            [("PARAGRAPH", 0, "", words())],
            [("LIST_ITEM", 1, f"{number}.", words())],
            [("LIST_ITEM", 1, f"{number}.", words()), ("SUB_ITEM", 2, "(a)", words()), ("SUB_ITEM", 2, "(b)", words())],
            [("LIST_ITEM", 1, "•", words()), ("BOX", 0, "", words()), ("FOOTNOTE", 1, "[1]", words())],
            [("TABLE", 0, "", "T"), ("TABLE_ROW", 1, "", "A | B"), ("TABLE_ROW", 2, "", f"{cell()} | {cell()}")],
        )
    )


def random_edit(rng: Random, rows: Sequence[Row], text: AmendedText) -> Edit | None:
    """Return an edit of a text, None where the one that was drawn changes nothing."""
    chance, at, other = rng.random(), rng.randrange(len(rows)), rng.randrange(len(rows))
    if chance < 0.6:
        after = _mutate(rng, rows[at][3]) if rng.random() < 0.8 else random_words(rng, 20)
        hunks = hunks_between(rows[at][3], after)
        return WordsEdit(at, hunks) if hunks else None
    if chance < 0.7:
        return Deletion(at)
    if chance < 0.8:
        return Move(at, other) if other not in text.inside(at) else None
    kind = rng.choice(_KINDS)
    level = None if kind is None else rng.choice((None, 0, 1, 2, 3))
    number = rng.choice((None, None, "2 bis.", "(a)"))
    return Insertion(rng.choice((None, at)), random_words(rng, 9) or "x", kind, level, number)


def _mutate(rng: Random, words: str) -> str:
    cut = pieces(words)
    for _ in range(rng.randint(1, 3)):
        start = rng.randint(0, len(cut))
        end = min(len(cut), start + rng.randint(0, 3))
        word = rng.choice(_WORDS)
        cut[start:end] = rng.choice(([], [word], [word, " "], [" ", word], [rng.choice(_GLUE)]))
    return "".join(cut)
