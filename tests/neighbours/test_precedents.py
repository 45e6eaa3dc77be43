"""How like earlier amendments are to those of now: what is counted, in which order, within which budget."""

import pytest

from server.domain.neighbours.rules.budgets import CharacterBudget
from server.domain.neighbours.rules.precedents import (
    SETTLED,
    AskedChange,
    Likeness,
    count_changed,
    outcome_of,
    rank_precedents,
    rate_similarity,
)
from server.vocabulary.neighbours import PrecedentOutcome
from server.vocabulary.proposals import PENDING, AmendmentKind, CarriedState, GroupView, ProposalStatus

TEXT = "Members should report."


def modify(source: str, wording: str, key: str = "p1", text: str = TEXT) -> AskedChange:
    return AskedChange(source, key, AmendmentKind.MODIFY, text, wording)


def delete(source: str) -> AskedChange:
    return AskedChange(source, "p1", AmendmentKind.DELETE, TEXT, "")


def add(source: str, wording: str) -> AskedChange:
    return AskedChange(source, "p1", AmendmentKind.ADD, TEXT, wording)


def move(source: str) -> AskedChange:
    return AskedChange(source, "p1", AmendmentKind.MOVE, TEXT, "")


def similarity(one: AskedChange, other: AskedChange) -> int:
    return rate_similarity(count_changed(one), count_changed(other))


def test_only_what_both_change_is_alike() -> None:
    shall = modify("a", "Members shall report.")

    assert similarity(shall, modify("b", "MEMBERS SHALL REPORT.", text="MEMBERS SHOULD REPORT.")) == 100
    assert similarity(shall, modify("b", "Members may report.")) == 50
    assert similarity(shall, modify("b", "Members should report annually.")) == 0
    # What one puts in and the other takes out is not the same change.
    assert similarity(shall, modify("b", TEXT, text="Members shall report.")) == 0
    assert similarity(delete("a"), delete("b")) == 100
    assert similarity(move("a"), move("b")) == 100
    assert similarity(move("a"), delete("b")) == 0
    assert similarity(add("a", "Every year."), add("b", "Every month.")) == 66
    assert similarity(modify("a", TEXT), modify("b", TEXT)) == 0


def test_the_most_alike_comes_first_and_ties_stay_in_their_order() -> None:
    earlier = [
        modify("none", "Members should report annually."),
        modify("half", "Members may report."),
        modify("same", "Members shall report."),
        modify("half too", "Members must report."),
        modify("elsewhere", "Members shall report.", key="p2"),
    ]
    asked = [modify("now", "Members shall report."), modify("also", "Members should not report.")]

    ranked = rank_precedents(asked, earlier, {"p1": {"p1"}}, CharacterBudget())

    assert ranked == [
        Likeness("same", 100, "now"),
        Likeness("half", 50, "now"),
        Likeness("half too", 50, "now"),
        Likeness("none", 0, "now"),
        Likeness("elsewhere"),
    ]


def test_a_provision_that_it_comes_from_counts() -> None:
    earlier = [modify("before", "Members shall report.", key="old")]

    ranked = rank_precedents(
        [modify("now", "Members shall report.")], earlier, {"p1": {"p1", "old"}}, CharacterBudget()
    )

    assert ranked == [Likeness("before", 100, "now")]


def test_what_is_beyond_the_budget_comes_last_without_a_figure() -> None:
    same = "Members shall report."
    earlier = [modify("first", "Members may report."), modify("second", same), modify("third", same)]
    budget = CharacterBudget(2 * (len(TEXT) + len(same)))

    ranked = rank_precedents([modify("now", same)], earlier, {"p1": {"p1"}}, budget)

    assert budget.is_spent
    assert ranked == [Likeness("first", 50, "now"), Likeness("second"), Likeness("third")]


def test_once_the_budget_is_spent_nothing_short_is_compared_either() -> None:
    budget = CharacterBudget(10)

    assert [budget.spend(4), budget.spend(7), budget.spend(1)] == [True, False, False]
    assert budget.is_spent


@pytest.mark.parametrize("status", ProposalStatus)
def test_nothing_pending_is_a_precedent(status: ProposalStatus) -> None:
    assert (outcome_of(status, None, None) is None) == (status in PENDING)
    assert (status in SETTLED) != (status in PENDING)


def test_each_amendment_has_its_own_outcome() -> None:
    approved, outcome = ProposalStatus.APPROVED, PrecedentOutcome

    assert outcome_of(approved, GroupView.AGREED, None) is outcome.APPROVED
    assert outcome_of(approved, GroupView.NOT_AGREED, None) is outcome.NOT_AGREED
    assert outcome_of(ProposalStatus.IN_EDITION, GroupView.DEFERRED, CarriedState.EXACT) is outcome.DEFERRED
    assert outcome_of(ProposalStatus.IN_EDITION, GroupView.AGREED, CarriedState.DONE) is outcome.IN_EDITION
    assert outcome_of(approved, GroupView.AGREED, CarriedState.DROPPED) is outcome.WITHDRAWN
    assert outcome_of(ProposalStatus.WITHDRAWN, GroupView.AGREED, None) is outcome.WITHDRAWN
    assert outcome_of(ProposalStatus.NOT_AGREED, GroupView.NOT_AGREED, None) is outcome.NOT_AGREED
