"""What becomes of comments and amendments in a later version. No database."""

import pytest

from server.domain.consolidation.rules.carrying import (
    Asked,
    Became,
    CarriedPlace,
    FormerPlace,
    carry_amendment,
    carry_place,
    carry_section,
    returns_to_group,
    reword,
)
from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.outline import TextTree
from server.vocabulary.proposals import AmendmentKind, CarriedState, ProposalStatus
from server.vocabulary.rounds import PlaceState

DATA = "Members should exchange data on parcels with the posts of other Members."
DUTY = "Members shall exchange data on parcels with the posts of other Members."
OPERATORS = "Operators may send a summary of the data each month."


@pytest.mark.parametrize(
    ("place", "standing", "carried"),
    [
        (FormerPlace(None, ""), {}, CarriedPlace(None, None, None, PlaceState.EXACT, 100)),
        (FormerPlace("PRV_1", DATA), {}, CarriedPlace(None, None, None, PlaceState.ORPHAN, 0)),
        (FormerPlace("PRV_1", DATA), {"PRV_1": DATA}, CarriedPlace("PRV_1", None, None, PlaceState.EXACT, 100)),
        (FormerPlace("PRV_1", DATA), {"PRV_1": DUTY}, CarriedPlace("PRV_1", None, None, PlaceState.CARRIED, 96)),
        (FormerPlace("PRV_1", ""), {"PRV_1": DUTY}, CarriedPlace("PRV_1", None, None, PlaceState.CARRIED, 0)),
        (FormerPlace("PRV_1", DATA, 24, 28), {"PRV_1": DUTY}, CarriedPlace("PRV_1", 23, 27, PlaceState.EXACT, 100)),
        (FormerPlace("PRV_1", DATA, 8, 28), {"PRV_1": DUTY}, CarriedPlace("PRV_1", 8, 27, PlaceState.CARRIED, 87)),
        (
            FormerPlace("PRV_1", DATA, 8, 28),
            {"PRV_1": OPERATORS},
            CarriedPlace("PRV_1", None, None, PlaceState.ORPHAN, 50),
        ),
    ],
    ids=["text", "gone", "same", "changed", "no words", "untouched", "touched", "other words"],
)
def test_carry_place_says_how_certain_it_is(
    place: FormerPlace, standing: dict[str, str], carried: CarriedPlace
) -> None:
    assert carry_place(place, standing) == carried


@pytest.mark.parametrize(
    ("quoted", "words", "wording", "result"),
    [
        ("the data", "the data", "all data", "all data"),
        (
            "should exchange data on parcels",
            "should exchange data on small parcels",
            "shall exchange data on parcels",
            "shall exchange data on small parcels",
        ),
        ("should exchange", "must exchange", "shall exchange", "shall exchange"),
        ("should exchange data", "shall exchange data", "shall exchange data", "shall exchange data"),
    ],
    ids=["the same words", "changed beside", "changed at the place", "said already"],
)
def test_reword_moves_the_changes_along_where_they_are_certain(
    quoted: str, words: str, wording: str, result: str
) -> None:
    assert reword(quoted, words, wording) == result


def tree(**words: str) -> TextTree:
    """A text with these provisions, by key; one whose key begins with H is a heading."""
    provisions, heading = [], None
    for key, text in words.items():
        is_heading = key.startswith("H")
        kind = "HEADING" if is_heading else "PARAGRAPH"
        provisions.append(BaseText(key, kind, int(is_heading), "", text, None if is_heading else heading))
        heading = key if is_heading else heading
    return TextTree(provisions)


MODIFY, ADD, DELETE, MOVE = AmendmentKind.MODIFY, AmendmentKind.ADD, AmendmentKind.DELETE, AmendmentKind.MOVE
EXACT, STALE, DONE = CarriedState.EXACT, CarriedState.STALE, CarriedState.DONE
BOTH = DATA.replace("should", "shall").replace("Members.", "countries.")


@pytest.mark.parametrize(
    ("asked", "new", "state", "wording"),
    [
        (Asked(MODIFY, "P1", None, DUTY), {"P1": DATA}, EXACT, DUTY),
        (
            Asked(MODIFY, "P1", None, DUTY),
            {"P1": DATA.replace("other Members", "countries")},
            EXACT,
            DUTY.replace("other Members", "countries"),
        ),
        (Asked(MODIFY, "P1", None, DUTY), {"P1": DUTY}, DONE, DUTY),
        (
            Asked(MODIFY, "P1", None, DUTY),
            {"P1": DATA.replace("should", "must")},
            STALE,
            DATA.replace("should", "must"),
        ),
        (
            Asked(MODIFY, "P1", None, BOTH),
            {"P1": DATA.replace("should", "must")},
            STALE,
            DATA.replace("should", "must").replace("Members.", "countries."),
        ),
        (Asked(MODIFY, "P1", None, BOTH), {"P1": DUTY}, EXACT, BOTH),
        (Asked(MODIFY, "P1", None, DUTY), {}, STALE, DUTY),
        (Asked(DELETE, "P1", None, None), {"P1": DATA}, EXACT, None),
        (Asked(DELETE, "P1", None, None), {"P1": DUTY}, STALE, None),
        (Asked(DELETE, "P1", None, None), {}, DONE, None),
        (Asked(DELETE, "H1", None, None), {"H1": "Scope", "P1": DATA, "P2": OPERATORS}, EXACT, None),
        (Asked(DELETE, "H1", None, None), {"H1": "Scope", "P1": DUTY, "P2": OPERATORS}, STALE, None),
        (Asked(DELETE, "H1", None, None), {"H1": "Scope", "P1": DATA}, STALE, None),
        (Asked(ADD, "P1", None, "New."), {"P1": DUTY}, EXACT, "New."),
        (Asked(ADD, None, None, "New."), {}, EXACT, "New."),
        (Asked(ADD, "P1", None, "New."), {"P2": OPERATORS}, STALE, "New."),
        (Asked(MOVE, "P1", "P2", None), {"P1": DUTY, "P2": OPERATORS}, EXACT, None),
        (Asked(MOVE, "P1", "P2", None), {"P1": DATA}, STALE, None),
        (Asked(MOVE, "P1", "P2", None), {"P2": OPERATORS}, STALE, None),
    ],
)
def test_carry_amendment_says_what_became_of_it(
    asked: Asked, new: dict[str, str], state: CarriedState, wording: str | None
) -> None:
    old = tree(H1="Scope", P1=DATA, P2=OPERATORS)

    became = carry_amendment(asked, old, tree(**new))

    assert became == Became(state, asked.key, asked.after, wording)


@pytest.mark.parametrize(
    ("status", "states", "was_merged", "returns"),
    [
        (ProposalStatus.AGREED, [EXACT], False, False),
        (ProposalStatus.AGREED, [EXACT], True, True),
        (ProposalStatus.APPROVED, [EXACT, STALE], False, True),
        (ProposalStatus.AGREED, [DONE, CarriedState.DROPPED], True, False),
        (ProposalStatus.DEFERRED, [STALE], True, False),
    ],
)
def test_returns_to_group_only_what_was_agreed_and_lost_or_is_stale(
    status: ProposalStatus, states: list[CarriedState], was_merged: bool, returns: bool
) -> None:
    assert returns_to_group(status, states, was_merged=was_merged) == returns


@pytest.mark.parametrize(
    ("new", "carried"),
    [
        ({"H1": "Scope", "P1": DATA, "P2": OPERATORS}, CarriedPlace("H1", None, None, PlaceState.EXACT, 100)),
        ({"H1": "Scope", "P1": DUTY, "P2": OPERATORS}, CarriedPlace("H1", None, None, PlaceState.CARRIED, 98)),
        ({"H1": "Scope", "P3": DATA, "P2": OPERATORS}, CarriedPlace("H1", None, None, PlaceState.CARRIED, 100)),
        ({"P1": DATA, "P2": OPERATORS}, CarriedPlace(None, None, None, PlaceState.ORPHAN, 0)),
    ],
    ids=["the same", "changed inside", "another provision inside", "without its heading"],
)
def test_carry_section_looks_at_everything_inside(new: dict[str, str], carried: CarriedPlace) -> None:
    assert carry_section("H1", tree(H1="Scope", P1=DATA, P2=OPERATORS), tree(**new)) == carried
