"""What instructions may cost: however much they ask for, little is searched and little is made of it."""

import pytest

from server.domain.proposals.rules.instructing import InstructedText
from server.domain.texts.rules.provisions import NumberedProvision
from server.vocabulary.texts import UnitKind
from server.wording.hunks import Hunk
from server.wording.instructions.changes import LONGEST_WORDING, MOST_CHANGES, MOST_SEARCHED, MOST_WORDS, Changes
from server.wording.instructions.edits import Deletion, QuestionCode, Unclear, WordsEdit
from server.wording.instructions.reading import MOST_QUESTIONS, read_instructions
from server.wording.instructions.spots import AmendedText, AmendedUnit
from tests.wording.amended import amended_text

WORDS = "Masters report delays to pilots, and pilots report them to ships. " * 6
MANY = amended_text([("STANDARD", 2, "Standard 1", "Notices"), *[("PARAGRAPH", 0, "", WORDS)] * 600])
TOO_MANY = QuestionCode.TOO_MANY


class CountingUnits(list[AmendedUnit]):
    """Provisions that count how many characters of them are looked at."""

    characters = 0

    def __getitem__(self, at: int) -> AmendedUnit:  # type: ignore[override]
        unit = super().__getitem__(at)
        self.characters += len(unit.text)
        return unit


def codes(words: str, text: AmendedText = MANY) -> list[QuestionCode]:
    return [question.code for question in read_instructions(words, text).questions]


@pytest.mark.long
def test_reading_ends_once_too_much_was_searched() -> None:
    units = CountingUnits(MANY.units)
    line = "delete " + ", ".join("“zz”" for _ in range(20)) + " throughout the text.\n"

    asked = codes(line * 100, AmendedText(MANY.places, units))

    assert asked[-2:] == [TOO_MANY, TOO_MANY]
    assert len(asked) < MOST_QUESTIONS
    assert units.characters < MOST_SEARCHED + len(WORDS)


def test_search_is_counted_though_its_instruction_is_forgotten() -> None:
    changes = Changes(MANY)
    changes.search("zz", WORDS)
    searched = changes.searched

    changes.undo(0)

    assert changes.searched == searched >= len(WORDS)


def test_search_of_long_words_counts_in_short_provisions() -> None:
    changes = Changes(MANY)
    words = "y" * (MOST_SEARCHED // 2)
    changes.search(words[:-10_000], "x")
    assert not changes.is_spent

    with pytest.raises(Unclear):
        changes.search(words + "y" * 10_000, "x")

    assert changes.is_spent


def test_changes_that_make_a_wording_too_long_are_asked() -> None:
    reading = read_instructions(
        f"Replace “ ” by “{'x' * 4_500}” throughout the text. Delete the 2nd unnumbered paragraph of Standard 1.", MANY
    )

    assert [question.code for question in reading.questions] == [TOO_MANY]
    assert reading.edits == (Deletion(2),)


def test_wording_may_be_as_long_as_a_draft_takes() -> None:
    text = amended_text([("STANDARD", 2, "Standard 1", "Notices"), ("LIST_ITEM", 1, "1.", "ab cd")])
    fits, more = (f"In Standard 1, replace “ab” by “{'x' * size}”." for size in (LONGEST_WORDING - 3, LONGEST_WORDING))

    assert (codes(fits, text), codes(more, text)) == ([], [TOO_MANY])


def test_long_provision_may_become_shorter() -> None:
    text = amended_text([("STANDARD", 2, "Standard 1", "x y " * LONGEST_WORDING + "ab")])

    assert codes("Delete “ab” in the heading of Standard 1.", text) == []


def test_all_wordings_together_are_bounded() -> None:
    text = amended_text([("STANDARD", 2, "Standard 1", "Notices"), *[("LIST_ITEM", 1, "-", "ab cd")] * 100])
    words = f"Replace “ab” by “{'x' * 9_000}” throughout the text."

    assert codes(words, text) == [TOO_MANY]
    assert read_instructions(words, text).edits == ()


def test_only_so_many_changes_are_gathered() -> None:
    assert codes("Replace “pilots” by “masters” throughout the text.") == [TOO_MANY]
    assert codes("Replace “Masters” by “Pilots” throughout the text.") == [TOO_MANY]
    assert codes("Replace “pilots” by “masters” throughout Standard 1, first unnumbered paragraph.") == []


def test_whole_provisions_count_as_changes() -> None:
    changes = Changes(MANY)
    changes.add(*[Deletion(1)] * MOST_CHANGES)

    with pytest.raises(Unclear) as unclear:
        changes.add(Deletion(1))

    assert unclear.value.code is TOO_MANY


def test_size_of_a_wording_follows_what_is_forgotten() -> None:
    changes = Changes(MANY)
    changes.change(1, Hunk(0, 0, "x" * 15_000))
    mark = changes.mark()
    with pytest.raises(Unclear):
        changes.change(1, Hunk(7, 7, "x" * 15_000))
    changes.undo(mark)

    changes.change(2, Hunk(0, 0, "x" * 15_000))

    assert changes.sizes == dict.fromkeys((1, 2), len(WORDS) + 15_000)
    assert changes.size == sum(changes.sizes.values())


def test_questions_about_provisions_are_bounded() -> None:
    lines = (f"In Standard 1, {n}th unnumbered paragraph, replace “Masters” by “Masters”." for n in range(11, 90))

    asked = codes("\n".join(lines).replace("2th", "2nd"))

    assert len(asked) <= MOST_QUESTIONS + 1
    assert asked[-1] is TOO_MANY


def test_preview_of_a_long_line_stays_small() -> None:
    provisions = [
        NumberedProvision("s", UnitKind.STANDARD, 2, "Standard 1", "Notices", None),
        *(NumberedProvision(f"p{at}", UnitKind.PARAGRAPH, 0, "", WORDS, "s") for at in range(300)),
    ]
    lines = (f"In provision {at}, replace “ ” by “{'x' * 100}” each time it appears." for at in range(2, 102))

    preview = InstructedText(provisions, frozenset()).preview("\n".join(lines), "en")

    wordings = sum(len(each.content.wording or "") for each in preview.amendments)
    assert 0 < wordings <= MOST_WORDS
    assert sum(len(each.instruction) for each in preview.amendments) < wordings * 2
    assert preview.questions[-1].code is TOO_MANY


def test_edits_within_the_bounds_are_all_read() -> None:
    lines = (f"In provision {at}, replace “Masters” each time it appears by “Pilots”." for at in range(2, 102))

    reading = read_instructions("\n".join(lines), MANY)

    assert [edit.at for edit in reading.edits if isinstance(edit, WordsEdit)] == list(range(1, 101))
    assert reading.questions == ()
