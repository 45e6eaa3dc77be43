"""Alignment of provisions: lineage proposed by words, each provision used once."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.alignment import Kind, Pairing, align
from tests.wording.strategies import quick

SCOPE = "This framework sets out the baseline standards for cross-border electronic commerce."
DATA = "Members should exchange advance electronic data with every operator of the supply chain."
RISK = "Customs administrations should apply risk management to low value consignments."
REFUND = "Returns and refunds are handled without undue burden on the consumer."
BOTH = f"{DATA} {RISK}"


def summary(pairings: tuple[Pairing, ...]) -> list[tuple[int | None, int | None, Kind, int]]:
    return [(old, new, kind, round(score)) for old, new, kind, score in pairings]


def test_align_when_nothing_changed_pairs_in_order() -> None:
    assert summary(align([SCOPE, DATA], [SCOPE, DATA])) == [
        (0, 0, Kind.UNCHANGED, 100),
        (1, 1, Kind.UNCHANGED, 100),
    ]


def test_align_when_one_side_is_empty_inserts_or_deletes_all() -> None:
    assert align([], []) == ()
    assert align([], [SCOPE]) == (Pairing(None, 0, Kind.INSERTED, 0.0),)
    assert align([SCOPE], []) == (Pairing(0, None, Kind.DELETED, 0.0),)


def test_align_when_a_provision_is_reworded_inserted_and_deleted_says_each() -> None:
    new = [SCOPE.replace("baseline", "minimum"), RISK, REFUND]

    assert summary(align([SCOPE, DATA, RISK], new)) == [
        (0, 0, Kind.REWORDED, 93),
        (2, 1, Kind.UNCHANGED, 100),
        (None, 2, Kind.INSERTED, 0),
        (1, None, Kind.DELETED, 0),
    ]


def test_align_when_only_case_and_punctuation_change_is_reworded_with_full_score() -> None:
    assert align([SCOPE], [SCOPE.upper() + "!"]) == (Pairing(0, 0, Kind.REWORDED, 100.0),)


def test_align_when_a_provision_changes_place_moves_as_few_as_possible() -> None:
    new = [RISK, SCOPE, DATA.replace("should", "shall")]

    assert summary(align([SCOPE, DATA, RISK], new)) == [
        (2, 0, Kind.MOVED, 100),
        (0, 1, Kind.UNCHANGED, 100),
        (1, 2, Kind.REWORDED, 97),
    ]


def test_align_when_equal_provisions_move_keeps_their_order() -> None:
    lines = align(["same", "same", "b", "c", "d"], ["b", "c", "d", "same", "same"])

    assert [(line.old, line.new) for line in lines[3:]] == [(0, 3), (1, 4)]


def test_align_when_a_moved_provision_is_reworded_is_moved_with_its_score() -> None:
    new = [RISK.replace("should", "shall"), SCOPE, DATA]

    assert summary(align([SCOPE, DATA, RISK], new))[0] == (2, 0, Kind.MOVED, 97)


@pytest.mark.parametrize(
    ("new", "kinds"),
    [
        ([SCOPE, DATA, RISK], [Kind.UNCHANGED, Kind.REWORDED, Kind.SPLIT_FROM]),
        ([SCOPE, RISK, DATA], [Kind.UNCHANGED, Kind.SPLIT_FROM, Kind.REWORDED]),
    ],
)
def test_align_when_a_provision_is_cut_in_two_says_split(new: list[str], kinds: list[Kind]) -> None:
    pairings = align([SCOPE, BOTH], new)

    assert [(pairing.old, pairing.kind) for pairing in pairings] == list(zip([0, 1, 1], kinds, strict=True))


@pytest.mark.parametrize("old", [[SCOPE, DATA, RISK], [SCOPE, RISK, DATA]])
def test_align_when_two_provisions_are_joined_says_merged(old: list[str]) -> None:
    joined, shorter = old.index(DATA), old.index(RISK)

    assert summary(align(old, [SCOPE, " ".join(old[1:]).replace("every", "each")])) == [
        (0, 0, Kind.UNCHANGED, 100),
        (joined, 1, Kind.REWORDED, 66),
        (shorter, 1, Kind.MERGED_INTO, 100),
    ]


def test_align_when_three_provisions_are_joined_merges_the_chain() -> None:
    lines = align([DATA, RISK, REFUND], [f"{DATA} {RISK} {REFUND}"])

    assert [(line.old, line.new, line.kind) for line in lines] == [
        (0, 0, Kind.REWORDED),
        (1, 0, Kind.MERGED_INTO),
        (2, 0, Kind.MERGED_INTO),
    ]


def test_align_when_a_deleted_provision_only_repeated_its_neighbour_is_deleted_not_merged() -> None:
    assert summary(align([SCOPE, BOTH, DATA], [SCOPE, BOTH])) == [
        (0, 0, Kind.UNCHANGED, 100),
        (1, 1, Kind.UNCHANGED, 100),
        (2, None, Kind.DELETED, 0),
    ]


@pytest.mark.parametrize(
    ("heading", "words", "is_part"),
    [
        ("Low value", "Low value", False),
        ("Low value consignments", "Low value consignments", True),
        ("Low value consignments on arrival", "Low value consignment on arrival", False),
        ("Low value consignments on early arrival by air", "Low value consignment on early arrival by air", True),
    ],
)
def test_align_when_a_part_has_few_words_asks_for_all_of_them(heading: str, words: str, *, is_part: bool) -> None:
    whole = f"{DATA} {words}."

    assert align([DATA, heading], [whole])[1].kind is (Kind.MERGED_INTO if is_part else Kind.DELETED)
    assert align([whole], [DATA, heading])[1].kind is (Kind.SPLIT_FROM if is_part else Kind.INSERTED)


def test_align_when_words_are_repeated_beside_the_whole_is_inserted_not_split() -> None:
    assert summary(align([SCOPE, BOTH], [SCOPE, BOTH, DATA])) == [
        (0, 0, Kind.UNCHANGED, 100),
        (1, 1, Kind.UNCHANGED, 100),
        (None, 2, Kind.INSERTED, 0),
    ]


def test_align_when_a_neighbour_is_as_long_as_the_old_provision_is_inserted_not_split() -> None:
    old = "Customs administrations should exchange advance electronic data with designated postal operators."
    likest = old.replace("should", "may no").replace("postal", "parcel")
    beside = old.replace("Customs", "Revenue").replace("advance", "regular")

    lines = summary(align([old], [likest, beside]))

    assert len(likest) == len(beside) == len(old)
    assert lines == [(0, 0, Kind.REWORDED, 92), (None, 1, Kind.INSERTED, 0)]


def test_align_when_two_candidates_are_equal_prefers_the_nearer() -> None:
    old = ["Reserved for item 1.", SCOPE, DATA, RISK, REFUND, "Reserved for item 2."]
    new = [SCOPE, DATA, RISK, REFUND, "Reserved for item 3."]

    assert summary(align(old, new))[-2:] == [(5, 4, Kind.REWORDED, 95), (0, None, Kind.DELETED, 0)]


def test_align_when_rows_are_nearly_equal_pairs_every_row() -> None:
    old = [f"Data element {number:03} is mandatory for every consignment." for number in range(60)]

    pairings = align(old, [f"{row} (see note)" for row in old])

    assert [(pairing.old, pairing.new, pairing.kind) for pairing in pairings] == [
        (place, place, Kind.REWORDED) for place in range(60)
    ]


def test_align_when_all_candidates_are_equal_pairs_every_row() -> None:
    old = ["Reserved" + "." * number for number in range(1, 31)]
    new = ["Reserved" + "!" * number for number in range(1, 31)]

    assert align(old, new) == tuple(Pairing(place, place, Kind.REWORDED, 100.0) for place in range(30))


def test_align_when_a_neighbour_is_longer_than_the_old_provision_is_inserted_not_split() -> None:
    new = ["Customs administrations should apply other tools to parcels.", f"{DATA} {RISK} {REFUND}"]

    assert [(pairing.old, pairing.kind) for pairing in align([RISK], new)] == [
        (0, Kind.REWORDED),
        (None, Kind.INSERTED),
    ]


def test_align_when_texts_without_words_change_places_pairs_both() -> None:
    pairings = align(["---", "***"], ["***", "---"])

    assert sorted(pairing.kind.name for pairing in pairings) == ["MOVED", "UNCHANGED"]
    assert {(pairing.old, pairing.new) for pairing in pairings} == {(0, 1), (1, 0)}


def test_align_when_texts_have_no_words_pairs_only_equal_ones() -> None:
    assert align(["---", "***"], ["***", "+++"]) == (
        Pairing(1, 0, Kind.UNCHANGED, 100.0),
        Pairing(None, 1, Kind.INSERTED, 0.0),
        Pairing(0, None, Kind.DELETED, 0.0),
    )


_provisions = st.lists(st.sampled_from([SCOPE, DATA, RISK, REFUND, BOTH, SCOPE.upper(), "Reserved.", "-"]), max_size=7)


@quick
@given(_provisions, _provisions)
def test_align_uses_every_provision_once(old: list[str], new: list[str]) -> None:
    pairings = align(old, new)

    parts = (Kind.SPLIT_FROM, Kind.MERGED_INTO)
    paired = [pairing for pairing in pairings if pairing.kind not in parts]
    of_new = [pairing for pairing in pairings if pairing.new is not None and pairing.kind is not Kind.MERGED_INTO]
    of_old = [pairing for pairing in pairings if pairing.old is not None and pairing.kind is not Kind.SPLIT_FROM]
    assert [pairing.new for pairing in of_new] == list(range(len(new)))
    assert sorted(pairing.old for pairing in of_old if pairing.old is not None) == list(range(len(old)))
    both = {(pairing.old, pairing.new) for pairing in paired}
    for part in pairings:
        if part.kind in parts:
            shared = [pair for pair in both if (part.old, part.new)[part.kind is Kind.MERGED_INTO] in pair]
            assert shared, part
    assert {pairing.kind for pairing in pairings if pairing.new is None} <= {Kind.DELETED}
    assert {pairing.kind for pairing in pairings if pairing.old is None} <= {Kind.INSERTED}
    for pairing in paired:
        if pairing.old is not None and pairing.new is not None and pairing.kind is not Kind.MOVED:
            assert (pairing.kind is Kind.UNCHANGED) == (old[pairing.old] == new[pairing.new])


@quick
@given(st.permutations([f"{name} {name} {name}" for name in ("alpha", "bravo", "kilo", "lima", "tango", "zulu")]))
def test_align_of_a_permutation_moves_all_but_a_longest_rise(new: list[str]) -> None:
    old = sorted(new)
    places = [old.index(text) for text in new]
    longest = max(size for size in range(7) for some in combinations(places, size) if list(some) == sorted(some))

    pairings = align(old, new)

    stayed = [pairing.old for pairing in pairings if pairing.kind is Kind.UNCHANGED and pairing.old is not None]
    assert stayed == sorted(stayed)
    assert len(stayed) == longest
    assert [new[pairing.new or 0] for pairing in pairings] == [old[pairing.old or 0] for pairing in pairings]
