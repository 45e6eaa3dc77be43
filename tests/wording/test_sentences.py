"""Sentences, and those that several authors made together without having read them."""

import pytest
from hypothesis import given

from server.wording.hunks import apply_hunks, hunks_between
from server.wording.merge import Change, merge
from server.wording.sentences import find_woven, spans_of_sentences
from tests.wording.strategies import quick, texts

BASE = "Customs should keep the data for two years. Carriers may see them. Others may not."


@pytest.mark.parametrize(
    "sentences",
    [
        [""],
        ["One goes. ", "Two stay."],
        ["See Art. 5 and No. 7 of it. ", "J. Smith wrote, e.g. Monday. ", "Really? ", "Yes!"],
        ["He said “no.” ", "(It was so.) ", "3.5 % stays."],
        ["海关应当共享数据。", "成员可以拒绝。"],
        ["first line\n", "second line"],
        ["Les membres partagent les données. ", "Élargir la liste."],
    ],
)
def test_sentences_are_cut_where_a_reader_stops(sentences: list[str]) -> None:
    text = "".join(sentences)

    assert [text[start:end] for start, end in spans_of_sentences(text)] == [each for each in sentences if each]


@quick
@given(texts)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in spans_of_sentences(text)) == text


def woven_words(**wordings: str) -> list[str]:
    """The sentences that nobody read, once the wordings of several authors are merged."""
    merged = merge(BASE, [Change(author, hunks_between(BASE, wording)) for author, wording in wordings.items()])
    assert merged.conflicts == ()
    return [merged.text[start:end].strip() for start, end in find_woven(BASE, merged.applied)]


def test_a_sentence_by_two_authors_is_woven() -> None:
    assert woven_words(a=BASE.replace("should", "shall"), b=BASE.replace("two years", "one year")) == [
        "Customs shall keep the data for one year."
    ]


def test_a_sentence_that_one_author_asked_for_as_it_stands_is_not_woven() -> None:
    both = BASE.replace("should", "shall").replace("two years", "one year")

    assert woven_words(a=both, b=BASE.replace("should", "shall")) == []


def test_a_text_without_a_change_has_no_woven_sentence_whatever_was_lost() -> None:
    assert find_woven("One. Two.", [], [(hunks_between("One. Two.", "One. Three.")[0], {"japan"})]) == []


def test_two_sentences_by_two_authors_are_not_woven() -> None:
    assert woven_words(a=BASE.replace("should", "shall"), b=BASE.replace("may see", "shall see")) == []


def test_a_whole_sentence_that_goes_leaves_the_next_one_alone() -> None:
    gone = BASE.replace("Carriers may see them. ", "")

    assert woven_words(a=gone, b=BASE.replace("should", "shall"), c=BASE.replace("may not", "must not")) == []


def test_a_sentence_that_loses_its_first_words_to_one_and_changes_by_another_is_woven() -> None:
    short = BASE.replace("Carriers may", "may")

    # What begins with a small letter is read together with the sentence before it.
    assert woven_words(a=short, b=BASE.replace("them", "it")) == [
        "Customs should keep the data for two years. may see it."
    ]


def test_a_whole_sentence_that_comes_leaves_the_next_one_alone() -> None:
    more = BASE.replace("Carriers", "Brokers pay. Carriers")

    assert woven_words(a=more, b=BASE.replace("may see", "can see")) == []


@pytest.mark.parametrize(
    ("base", "first", "second", "woven"),
    [
        ("One goes. At sea Two may go.", "One goes. Two may go.", "One goes. At sea Two may stay.", "Two may stay."),
        (
            "He said “no.” and left. Two stay.",
            "He said “no.” Two stay.",
            "I said “no.” and left. Two stay.",
            "I said “no.”",
        ),
    ],
)
def test_a_sentence_that_loses_words_at_an_edge_to_one_and_changes_by_another_is_woven(
    base: str, first: str, second: str, woven: str
) -> None:
    merged = merge(base, [Change("a", hunks_between(base, first)), Change("b", hunks_between(base, second))])

    assert [merged.text[start:end].strip() for start, end in find_woven(base, merged.applied)] == [woven]


def half_words(wording: str, stands: int, *others: str) -> list[str]:
    """The sentences that nobody read, once one change of `a` stands alone and `others` asked for it as well."""
    hunks = hunks_between(BASE, wording)
    lost = [(hunk, ["a"]) for place, hunk in enumerate(hunks) if place != stands]
    changes = [(hunks[stands], ["a", *others])]
    text = apply_hunks(BASE, [hunks[stands]])
    return [text[start:end].strip() for start, end in find_woven(BASE, changes, lost)]


def test_a_sentence_of_which_half_the_change_of_its_author_stands_is_woven() -> None:
    both = BASE.replace("should", "shall").replace("two years", "one year")

    assert half_words(both, 0) == ["Customs shall keep the data for two years."]
    assert half_words(both, 1) == ["Customs should keep the data for one year."]
    assert half_words(both, 0, "b") == []


def test_a_lost_change_stands_behind_what_was_added_before_it() -> None:
    longer = BASE.replace("two years", "as long as a law asks for it and then for another decade")

    assert half_words(longer.replace("may see", "can see"), 0) == []


@pytest.mark.parametrize(
    ("elsewhere", "woven"),
    [
        (("may see", "can see"), []),
        (("Carriers", "At once, Carriers"), []),
        (("Customs should", "Customs, if able, should"), ["Customs should keep the data for one year."]),
        (("Customs should", "If able, Customs should"), ["Customs should keep the data for one year."]),
        (("Customs should", "Brokers pay. Customs should"), []),
        (("should keep", "should pay. keep"), ["Customs should keep the data for one year."]),
        ((" Others may not.", ""), []),
    ],
)
def test_a_lost_change_counts_in_its_own_sentence_only(elsewhere: tuple[str, str], woven: list[str]) -> None:
    wording = BASE.replace("two years", "one year").replace(*elsewhere)
    place = next(at for at, hunk in enumerate(hunks_between(BASE, wording)) if hunk.replacement == "one year")

    assert half_words(wording, place) == woven
