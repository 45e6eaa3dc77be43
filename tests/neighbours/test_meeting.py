"""What pending amendments are to each other: cases by hand, and generated ones against a second implementation."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.merging import consolidated
from server.domain.neighbours.rules.meeting import Encounter, MeetingPoint, Neighbourhood, relate
from server.vocabulary.neighbours import NeighbourClass as Class
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between
from tests.consolidation.generated import KINDS, Plan, drafted_plan, list_meetings
from tests.neighbours import naive
from tests.wording.meetings import SEED

TEXT = (
    BaseText("h1", "HEADING", 1, "1.", "Data"),
    BaseText("p1", "PARAGRAPH", 0, "", "Members shall report.", "h1"),
    BaseText("p2", "PARAGRAPH", 0, "", "Members may not refuse parcels.", "h1"),
    BaseText("h2", "HEADING", 1, "2.", "Duty"),
    BaseText("p3", "PARAGRAPH", 0, "", "Parcels below EUR 1,000 need no licence.", "h2"),
)


def change(source: str, kind: AmendmentKind, key: str, wording: str = "", after: str | None = None) -> Accepted:
    """Return an amendment of a proposal of its own."""
    text = next((each.text for each in TEXT if each.key == key), "")
    hunks: tuple[Hunk, ...] = ()
    if kind == AmendmentKind.MODIFY:
        hunks = hunks_between(text, wording)
    elif kind == AmendmentKind.DELETE:
        hunks = (Hunk(0, len(text), ""),)
    return Accepted(source, "", source, kind, key, hunks, wording, after, f"proposal {source}", True)


def modify(source: str, key: str, wording: str) -> Accepted:
    return change(source, AmendmentKind.MODIFY, key, wording)


def delete(source: str, key: str) -> Accepted:
    return change(source, AmendmentKind.DELETE, key)


def add(source: str, after: str | None, wording: str = "Letters are not covered.") -> Accepted:
    return change(source, AmendmentKind.ADD, f"new {source}", wording, after)


def move(source: str, key: str, after: str) -> Accepted:
    return change(source, AmendmentKind.MOVE, key, "", after)


CASES = {
    "the same words": (
        modify("a", "p1", "Members should report."),
        modify("b", "p1", "Members should report."),
        Class.IDENTICAL,
    ),
    "all of the other and more": (
        modify("a", "p1", "Members should report annually."),
        modify("b", "p1", "Members should report."),
        Class.CONTAINS,
    ),
    "two figures": (
        modify("a", "p3", "Parcels below EUR 1,500 need no licence."),
        modify("b", "p3", "Parcels below EUR 2,000 need no licence."),
        Class.CONFLICTS,
    ),
    "no unchanged word between them": (
        modify("a", "p2", "Members may refuse parcels."),
        modify("b", "p2", "Members shall not refuse parcels."),
        Class.CONFLICTS,
    ),
    "an unchanged word between them": (
        modify("a", "p2", "Observers may not refuse parcels."),
        modify("b", "p2", "Members may not refuse letters."),
        Class.INDEPENDENT,
    ),
    "words of what goes": (modify("a", "p1", "Members may report."), delete("b", "p1"), Class.CONFLICTS),
    "words in a section that goes": (modify("a", "p1", "Members may report."), delete("b", "h1"), Class.CONFLICTS),
    "words in a section that moves": (
        modify("a", "p1", "Members may report."),
        move("b", "h1", "h2"),
        Class.INDEPENDENT,
    ),
    "a section and what is in it": (delete("a", "h1"), delete("b", "p2"), Class.CONTAINS),
    "the same words at one place": (add("a", "p1"), add("b", "p1", "Letters  are not covered."), Class.IDENTICAL),
    "other words at one place": (add("a", "p1"), add("b", "p1", "Letters are covered."), Class.CONFLICTS),
    "at two places": (add("a", "p1"), add("b", "p2"), Class.INDEPENDENT),
    "after what goes": (add("a", "p1"), delete("b", "p1"), Class.DEPENDS_ON),
    "after what moves": (add("a", "p1"), move("b", "p1", "p3"), Class.DEPENDS_ON),
    "in a section that moves": (add("a", "p1"), move("b", "h1", "h2"), Class.DEPENDS_ON),
    "in a section that goes": (add("a", "p1"), delete("b", "h1"), Class.CONFLICTS),
    "after what is reworded": (add("a", "p1"), modify("b", "p1", "Members may report."), Class.INDEPENDENT),
    "after what is added": (add("a", "new b"), add("b", "p1"), Class.DEPENDS_ON),
    "words that another adds": (modify("a", "new b", "Letters are covered."), add("b", "p1"), Class.DEPENDS_ON),
    "moves around each other": (move("a", "p1", "p2"), move("b", "p2", "p1"), Class.CONFLICTS),
    "two places for one": (move("a", "p1", "p2"), move("b", "p1", "p3"), Class.CONFLICTS),
    "the same move": (move("a", "p1", "p2"), move("b", "p1", "p2"), Class.IDENTICAL),
    "a move of what goes": (move("a", "p1", "p2"), delete("b", "p1"), Class.CONFLICTS),
    "a move behind what goes": (move("a", "p3", "p2"), delete("b", "p2"), Class.DEPENDS_ON),
}


@pytest.mark.parametrize("name", CASES)
def test_two_amendments_are_what_a_merge_of_both_makes_of_them(name: str) -> None:
    own, other, expected = CASES[name]
    neighbourhood = Neighbourhood(TEXT, [other])

    meetings = neighbourhood.meet(own)

    assert [meeting.relation for meeting in meetings] == ([] if name == "at two places" else [expected])


def test_a_meeting_shows_the_words_that_meet_and_what_each_asks_for() -> None:
    own, other, _ = CASES["two figures"]

    (meeting,) = Neighbourhood(TEXT, [other]).meet(own)

    assert meeting.places == (MeetingPoint("p3", "EUR 1,000", "EUR 1,500", "EUR 2,000"),)
    assert meeting.mirrored.places == (MeetingPoint("p3", "EUR 1,000", "EUR 2,000", "EUR 1,500"),)


def test_a_meeting_of_equal_words_shows_only_those_that_both_ask_for() -> None:
    own, other, _ = CASES["all of the other and more"]

    (meeting,) = Neighbourhood(TEXT, [other]).meet(own)

    assert meeting.places == (MeetingPoint("p1", "shall", "should", "should"),)


def test_amendments_of_one_proposal_do_not_meet() -> None:
    own, other, _ = CASES["two figures"]
    neighbourhood = Neighbourhood(TEXT, [other._replace(proposal=own.proposal)])

    assert neighbourhood.meet(own) == []
    assert Neighbourhood(TEXT, [other]).meet(own) != []


def test_an_amendment_is_added_once() -> None:
    neighbourhood = Neighbourhood(TEXT, [delete("a", "p1")])

    with pytest.raises(ValueError, match="'a' is there already"):
        neighbourhood.add(delete("a", "p2"))


def list_pairs(number: int) -> Iterator[tuple[tuple[BaseText, ...], Accepted, Accepted]]:
    """Yield pairs of amendments of one text: of chosen meetings, and any two of a crowd."""
    for meeting in list_meetings(number):
        for own, other in combinations(meeting.changes, 2):
            yield meeting.base, own, other
    rng = Random(SEED)
    for _ in range(number // 10):
        plan = drafted_plan(rng)
        for own, other in combinations(crowd(plan, 8), 2):
            yield plan.base, own, other


def crowd(plan: Plan, number: int) -> list[Accepted]:
    """Return amendments of any kind on a text; none that asks for what stands already."""
    changes: list[Accepted] = []
    for place in range(number):
        source = f"c{place}"
        key, after = plan.pick(2)
        words = plan.words_of(key).split(" ")
        words[plan.rng.randrange(len(words))] = plan.rng.choice(["Letters", "and 7", "letters and"])
        if plan.keys.index(key) == plan.keys.index(after) + 1:
            key, after = after, key
        changes.append(
            plan.rng.choice(
                [
                    plan.modify(source, key, " ".join(words)),
                    plan.modify(source, key, f"{plan.words_of(key)} It ends."),
                    plan.delete(source, plan.rng.choice([key, *plan.sections])),
                    plan.add(source, after, plan.rng.choice(["New.", "Newer."])),
                    plan.move(source, key, after),
                    plan.move(source, plan.sections[0], plan.sections[-1]),
                ]
            )
        )
    return changes


@pytest.mark.parametrize("number", [168, pytest.param(2_100, marks=(pytest.mark.rest, pytest.mark.long))])
def test_generated_pairs_are_what_a_merge_of_both_texts_says(number: int) -> None:
    wrong: Counter[object] = Counter()
    seen = Counter[Class]()
    for base, own, other in list_pairs(number):
        meeting = meet(base, own, other)
        expected = naive.judge(base, own, other)
        seen[expected] += 1
        if (meeting.relation if meeting else Class.INDEPENDENT) != expected:
            wrong[own.kind, other.kind, meeting and meeting.relation, expected] += 1

    assert wrong == {}
    assert set(seen) == set(Class)


def meet(base: tuple[BaseText, ...], own: Accepted, other: Accepted) -> Encounter | None:
    """Return what one is to the other, None where they do not meet."""
    return next(iter(Neighbourhood(base, [other]).meet(own)), None)


def test_generated_pairs_are_symmetric_and_hold_what_their_class_says() -> None:
    for base, own, other in list_pairs(84):
        meeting = relate(Neighbourhood(base).outline, own, other)

        assert relate(Neighbourhood(base).outline, other, own) == meeting.mirrored
        if meeting.relation is Class.INDEPENDENT:
            first, second = consolidated(base, [own, other]), consolidated(base, [other, own])
            assert first.provisions == second.provisions
            assert [len(made.collisions) + len(made.waiting) for made in (first, second)] == [0, 0]
        if meeting.relation is Class.IDENTICAL:
            assert naive.make(base, own) == naive.make(base, other) == naive.make(base, own, other)


def test_every_pair_is_listed_once_and_as_it_is_met_one_by_one() -> None:
    rng = Random(SEED)
    for _ in range(10):
        plan = drafted_plan(rng)
        changes = crowd(plan, 12)
        whole = list(Neighbourhood(plan.base, changes).list_meetings())
        growing = Neighbourhood(plan.base)
        one_by_one = []
        for each in changes:
            one_by_one += growing.meet(each)
            growing.add(each)

        assert len({frozenset(meeting[:2]) for meeting in whole}) == len(whole)
        assert sorted(whole) == sorted(meeting.mirrored for meeting in one_by_one)
        assert all(
            naive.judge(plan.base, own, other) is Class.INDEPENDENT
            for own, other in combinations(changes, 2)
            if {own.source, other.source} not in [set(meeting[:2]) for meeting in whole]
        )


def test_every_kind_of_meeting_is_among_the_generated_pairs() -> None:
    assert {meeting.kind for meeting in list_meetings(168)} == set(KINDS)
