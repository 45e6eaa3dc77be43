"""Anchors: exact, carried or orphan, and never a guess."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.anchors import Anchor, AnchorProblem, AnchorState, Carried, Quotation, carry, locate
from server.wording.hunks import hunks_between
from tests.wording.edits import drafted, edited, printed, quoted, span_of
from tests.wording.strategies import quick, texts

OLD = "The broker shall pay the duty. The carrier shall report the goods."


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        (Quotation("carrier"), Anchor(35, 42)),
        (Quotation("carrier", "no such", "context"), Anchor(35, 42)),
        (Quotation("shall", "carrier "), Anchor(43, 48)),
        (Quotation("shall", "", " pay"), Anchor(11, 16)),
        (Quotation("The", "", " carrier"), Anchor(31, 34)),
        (Quotation("shall"), AnchorProblem.AMBIGUOUS),
        (Quotation("shall", "r "), AnchorProblem.AMBIGUOUS),
        (Quotation("shall", "vendor "), AnchorProblem.AMBIGUOUS),
        (Quotation("vendor"), AnchorProblem.MISSING),
        (Quotation("Carrier"), AnchorProblem.MISSING),
        (Quotation("", "carrier "), AnchorProblem.MISSING),
    ],
)
def test_locate_quotation_finds_the_one_place_or_none(quotation: Quotation, expected: Anchor | AnchorProblem) -> None:
    assert locate(quotation, OLD) == expected


def test_locate_when_repeats_overlap_is_ambiguous() -> None:
    assert locate(Quotation("aa"), "aaa") is AnchorProblem.AMBIGUOUS
    assert locate(Quotation("aa", "a"), "aaa") == Anchor(1, 3)


def test_locate_counts_code_points() -> None:
    assert locate(Quotation("\u5173"), "\U0001f4e6\U0001f4e6 \u6d77\u5173") == Anchor(4, 5)


@quick
@given(st.text("ab", max_size=8), st.text("ab", max_size=2), st.text("ab", max_size=1), st.text("ab", max_size=1))
def test_locate_agrees_with_looking_at_every_place(text: str, exact: str, prefix: str, suffix: str) -> None:
    places = [start for start in range(len(text)) if exact and text.startswith(exact, start)]
    singled = [
        start for start in places if text[:start].endswith(prefix) and text[start + len(exact) :].startswith(suffix)
    ]

    found = locate(Quotation(exact, prefix, suffix), text)

    if not places:
        assert found is AnchorProblem.MISSING
    elif len(places) > 1 and len(singled) != 1:
        assert found is AnchorProblem.AMBIGUOUS
    else:
        start = (places if len(places) == 1 else singled)[0]
        assert found == Anchor(start, start + len(exact))


@pytest.mark.parametrize(
    ("mark", "new", "anchor"),
    [
        (Anchor(11, 16), OLD, Anchor(11, 16)),
        (Quotation("shall", "carrier "), OLD.replace("broker shall", "broker may"), Anchor(41, 46)),
        (Quotation("broker"), OLD.replace("broker", "customs broker"), Anchor(12, 18)),
        (Quotation("pay the duty"), OLD.replace("duty", "duty in full"), Anchor(17, 29)),
        (Quotation("goods"), "\U0001f4e6 " + OLD, Anchor(62, 67)),
    ],
)
def test_carry_when_no_change_reaches_into_the_words_is_exact(
    mark: Anchor | Quotation, new: str, anchor: Anchor
) -> None:
    quoted = new[anchor.start : anchor.end]

    assert carry(mark, OLD, new) == Carried(AnchorState.EXACT, anchor, 100.0, quoted)


@pytest.mark.parametrize(
    ("exact", "new", "found", "score"),
    [
        # An insertion inside: every quoted word is still there.
        ("broker shall", OLD.replace("broker", "broker (declarant)"), "broker (declarant) shall", 100),
        # One word of four replaced.
        ("shall report the goods", OLD.replace("shall report", "must report"), "must report the goods", 84),
        # The sentences changed places, word by word the same; then with a word changed on the way.
        (OLD[:30], f"{OLD[31:]} {OLD[:30]}", OLD[:30], 100),
        (OLD[:30], f"{OLD[31:-1]} and containers on arrival. The broker shall pay a duty.",
         "The broker shall pay a duty.", 93),
        # A change reaches across an edge: all that it brings is part of the place.
        ("broker shall pay the duty", OLD.replace("The broker", "An importer"), "An importer shall pay the duty", 80),
        ("The broker shall pay the", OLD.replace("the duty", "all taxes"), "The broker shall pay all taxes", 88),
        # A new form of the only word, as a whole word.
        ("duty", OLD.replace("duty", "dutiesx"), "dutiesx", 75),
    ],
)  # fmt: skip
def test_carry_when_words_changed_or_moved_is_to_be_confirmed(exact: str, new: str, found: str, score: int) -> None:
    carried = carry(Quotation(exact), OLD, new)

    assert carried.anchor is not None
    assert (carried.state, round(carried.score), carried.exact) == (AnchorState.CARRIED, score, exact)
    assert new[carried.anchor.start : carried.anchor.end] == found


@pytest.mark.parametrize(
    ("quotation", "new"),
    [
        # The other "shall" was there before: it is not the one that was quoted, though it is equal.
        (Quotation("shall", "broker "), OLD.replace("broker shall", "broker may")),
        (Quotation("broker"), OLD.replace("broker", "vendor")),
        (Quotation("shall pay the duty"), OLD.replace("shall pay the duty", "is exempt")),
        # What is left is one of the quoted words, not the quotation.
        (Quotation("The broker shall pay the duty."), "The"),
        (Quotation("The broker shall pay the duty."), ""),
        # Not placed in the old text: nothing to carry, even if the new text has the words.
        (Quotation("vendor"), OLD.replace("broker", "vendor")),
        (Quotation("shall"), OLD),
    ],
)
def test_carry_when_the_words_are_gone_is_an_orphan_with_its_words(quotation: Quotation, new: str) -> None:
    carried = carry(quotation, OLD, new)

    assert (carried.state, carried.anchor, carried.exact) == (AnchorState.ORPHAN, None, quotation.exact)


def test_carry_when_the_text_holds_strange_characters_is_an_orphan_all_the_same() -> None:
    for strange in ("\uffff", "\U0010ffff", "\x00"):
        assert carry(Anchor(0, 1), strange, "") == Carried(AnchorState.ORPHAN, None, 0.0, strange)


def test_carry_when_repeats_cannot_be_told_apart_is_to_be_confirmed() -> None:
    old = "Members shall inform the authorities at once. Vendors shall inform the authorities at once."
    new = "Members. Vendors shall inform the authorities at once. Inform authorities at once!"
    quotation = Quotation("shall inform the authorities at once", "Members ")

    # The shortest comparison keeps the first "shall inform", which is gone, and strikes the second, which stands.
    assert carry(quotation, old, new) == Carried(AnchorState.CARRIED, Anchor(17, 53), 100.0, quotation.exact)


def test_carry_when_sentences_that_share_words_change_places_is_to_be_confirmed() -> None:
    first, second = "The carrier shall report the goods at once.", "The broker shall report the goods each year."
    old, new = f"{first} {second}", f"{second} {first}"

    # The shortest comparison replaces single words, so that the word of the first sentence seems to stay in its place.
    assert carry(Quotation("report", "The carrier shall "), old, new) == Carried(
        AnchorState.CARRIED, Anchor(17, 23), 100.0, "report"
    )


@pytest.mark.parametrize(
    ("seed", "number"),
    [(20180924, 1_500), pytest.param(20180925, 40_000, marks=(pytest.mark.rest, pytest.mark.long))],
    ids=["quick", "campaign"],
)
def test_carry_through_edits_of_known_truth_is_never_exact_in_a_wrong_place(seed: int, number: int) -> None:
    counts = reported(seed, number)

    assert counts["wrong"] == 0, counts
    assert counts["right"] > 0.5 * number
    assert counts["to be confirmed"] > 0.1 * number
    assert counts["orphan"] > 0.1 * number


def reported(seed: int, number: int) -> Counter[str]:
    """Carry quotations through generated edits, and count: right, to be confirmed, orphan, wrong."""
    rng, counts = Random(seed), Counter[str]()
    for _ in range(number):
        words = drafted(rng, rng.randint(2, 5))
        first, last = quoted(rng, words)
        changed = edited(rng, words, rng.randint(1, 3))
        before, after = span_of(words, first, last), span_of(changed, first, last)
        assert before is not None
        carried = carry(Anchor(*before), printed(words), printed(changed))
        if carried.state is AnchorState.EXACT:
            counts["right" if after and carried.anchor == Anchor(*after) else "wrong"] += 1
        else:
            counts["to be confirmed" if carried.state is AnchorState.CARRIED else "orphan"] += 1
    return counts


def test_carry_when_nothing_changed_is_exact_even_among_repeats() -> None:
    text = "shall " * 40

    assert carry(Anchor(120, 125), text, text) == Carried(AnchorState.EXACT, Anchor(120, 125), 100.0, "shall")


def test_carry_of_white_space_gives_a_whole_range() -> None:
    assert carry(Anchor(2, 3), "a  b", "a\u00a0c b") == Carried(AnchorState.CARRIED, Anchor(3, 4), 100.0, " ")


def test_carry_of_a_long_quotation_looks_only_where_it_stood() -> None:
    words = [f"word{number}" for number in range(120)]
    old = " ".join(["Before.", *words, "After."])
    quotation = Quotation(" ".join(words))
    kept = " ".join(["Before.", *words[:60], "indeed", *words[61:], "After."])
    gone = " ".join(["Before.", *words[:20], "After."])

    assert len(quotation.exact) > 500
    assert carry(quotation, old, kept)[:2] == (AnchorState.CARRIED, Anchor(8, len(kept) - 7))
    assert carry(quotation, old, gone)[:2] == (AnchorState.ORPHAN, None)


def test_carry_of_more_than_500_code_points_that_moved_and_changed_is_an_orphan() -> None:
    moved = " ".join(f"word{number}" for number in range(120))
    stays = " ".join(f"other{number}" for number in range(150))
    changed = moved.replace("word60 ", "indeed ")

    carried = carry(Quotation(moved[:501]), f"{moved} {stays}", f"{stays} {changed}")
    shorter = carry(Quotation(moved[:500]), f"{moved} {stays}", f"{stays} {changed}")

    assert carried == Carried(AnchorState.ORPHAN, None, carried.score, moved[:501])
    assert shorter.state is AnchorState.CARRIED


def test_carry_to_a_passage_of_which_exactly_half_is_new_is_to_be_confirmed() -> None:
    # "the " stood there before and "cros" is new: four code points each.
    carried = carry(Quotation("the post"), "now the the post", "now the cross the")

    assert carried == Carried(AnchorState.CARRIED, Anchor(4, 13), 75.0, "the post")


def test_carry_when_just_enough_of_the_words_stay_in_place_is_carried() -> None:
    carried = carry(Anchor(0, 10), "aaaaaa bbb cc.", "aaaaaa zzz cc.")

    assert carried == Carried(AnchorState.CARRIED, Anchor(0, 10), 70.0, "aaaaaa bbb")


@pytest.mark.parametrize("anchor", [Anchor(3, 3), Anchor(4, 3), Anchor(-1, 2), Anchor(60, 67)])
def test_carry_when_the_anchor_is_empty_or_leaves_the_text_refuses(anchor: Anchor) -> None:
    with pytest.raises(ValueError, match=f"^anchor {anchor.start}-{anchor.end} is empty or leaves the text of 66 "):
        carry(anchor, OLD, OLD)


@quick
@given(texts.filter(bool), texts, st.data())
def test_carry_of_any_anchor_never_claims_more_than_it_found(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))

    state, anchor, score, exact = carry(Anchor(start, end), old, new)

    touched = any(hunk.start < end and start < hunk.end for hunk in hunks_between(old, new))
    assert exact == old[start:end]
    assert not (touched and state is AnchorState.EXACT)
    assert touched or (anchor is not None and new[anchor.start : anchor.end] == exact)
    assert old != new or state is AnchorState.EXACT
    if anchor is None:
        assert state is AnchorState.ORPHAN
    else:
        assert 0 <= anchor.start < anchor.end <= len(new)
        assert score >= 70
        assert state is AnchorState.CARRIED or new[anchor.start : anchor.end] == exact


PRINTED = "The broker\u2019s fee of 10\u00a0% may\u00a0: caf\u00e9 \u00abrules\u00bb stay, and decompose\u0301 too."


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("broker's fee", "broker\u2019s fee"),
        ("of 10 % may :", "of 10\u00a0% may\u00a0:"),
        ("fee\nof  10\u202f%", "fee of 10\u00a0%"),
        ("cafe\u0301", "caf\u00e9"),
        ("decompos\u00e9", "decompose\u0301"),
        ('"rules" stay', "\u00abrules\u00bb stay"),
        (" \u201crules\u201d ", "\u00abrules\u00bb"),
    ],
)
def test_locate_compares_words_as_a_reader_sees_them(typed: str, printed: str) -> None:
    start = PRINTED.index(printed)

    assert locate(Quotation(typed), PRINTED) == Anchor(start, start + len(printed))


def test_locate_of_words_typed_otherwise_tells_repeats_apart_by_what_stands_around() -> None:
    text = "caf\u00e9 one and\u00a0caf\u00e9 two"

    assert locate(Quotation("cafe\u0301"), text) is AnchorProblem.AMBIGUOUS
    assert locate(Quotation("cafe\u0301", "and ", " two"), text) == Anchor(13, 17)
    assert locate(Quotation("cafe\u0301", "or ", ""), text) is AnchorProblem.AMBIGUOUS


@pytest.mark.parametrize("typed", ["cafe", "brokers fee", "\u00a0", "10 percent"])
def test_locate_of_other_words_is_missing(typed: str) -> None:
    assert locate(Quotation(typed), "caf\u00e9 and the broker\u2019s fee of 10 %") is AnchorProblem.MISSING
