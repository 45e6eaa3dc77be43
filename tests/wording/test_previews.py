"""A preview says what a new wording changes, and quotes the fewest words for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.anchors import Anchor, Quotation, locate
from server.wording.previews import preview_rewriting
from server.wording.redline import RunKind

TEXTS = st.lists(st.sampled_from(["Members", "should", "act", "a", "b", ".", " ", " ", "\n", "é", "関税"])).map("".join)

CASES = {
    "a word": ("We should act. They wait.", "We shall act. They wait.", ["We shall act."], ("should", "", ""), "shall"),
    "a repeat": ("A should B should C", "A should B shall C", ["A should B shall C"], None, "shall"),
    "an insertion": ("Members act.", "Members must act.", ["Members must act."], ("Members ", "", ""), "Members must "),
    "before all": ("act", "Please act", ["Please act"], ("act", "", ""), "Please act"),
    "nothing": ("We act.", "We act.", [], None, None),
    "no words yet": ("", "New.", ["New."], None, None),
    "a sentence less": ("One. Two.", "One.", [], (" Two.", "", ""), ""),
}


@pytest.mark.parametrize("case", CASES)
def test_preview_names_sentences_and_the_fewest_words(case: str) -> None:
    before, after, sentences, quotation, replacement = CASES[case]

    preview = preview_rewriting(before, after)

    assert list(preview.sentences) == sentences
    assert preview.replacement == replacement
    if quotation is not None:
        assert preview.quotation == Quotation(*quotation)


@given(TEXTS, TEXTS)
def test_preview_gives_both_texts_and_a_quotation_that_makes_one_of_the_other(before: str, after: str) -> None:
    preview = preview_rewriting(before, after)

    kept = {kind: "".join(run.text for run in preview.runs if run.kind in (RunKind.KEEP, kind)) for kind in RunKind}
    assert (kept[RunKind.DELETE], kept[RunKind.INSERT]) == (before, after)
    if preview.quotation is None:
        assert before == after or not before.strip()
        return
    place = locate(preview.quotation, before)
    assert isinstance(place, Anchor)
    assert before[: place.start] + str(preview.replacement) + before[place.end :] == after
