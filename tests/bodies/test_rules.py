"""When a decision can be recorded, and what is well-formed. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.domain.bodies import policy
from server.domain.bodies.rules import (
    DecisionContent,
    SittingFacts,
    after_sitting_began,
    check_decision,
    check_sitting,
    outcomes_of,
)
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.vocabulary.bodies import ADOPTS, CARRIES, Outcome

FIRST_DAY = date(2022, 4, 25)
BEGINS = datetime(2022, 4, 25, tzinfo=UTC)
NOTED, GUIDANCE = frozenset({Outcome.NOTED}), frozenset({Outcome.GUIDANCE})
ACTORS = {
    "nobody": ANONYMOUS,
    "secretariat": Actor(capacity=Capacity.SECRETARIAT),
    "member": Actor(capacity=Capacity.MEMBER, is_focal_point=True, leads=frozenset({"BOD_1"})),
    "observer": Actor(capacity=Capacity.OBSERVER, is_focal_point=True),
    "private": Actor(capacity=Capacity.PRIVATE_SECTOR, is_focal_point=True),
}


@pytest.mark.parametrize(
    ("verb", "means"),
    [
        ("took note of", NOTED),
        ("Takes note", NOTED),
        ("noted", NOTED),
        ("provided guidance", GUIDANCE),
        ("endorsed", CARRIES),
        ("agreed", CARRIES),
        ("agreed to take note", NOTED),
        ("agreed to endorse", CARRIES),
        ("approved", ADOPTS),
        ("adopting", ADOPTS),
        ("recommended", {Outcome.ENDORSED}),
        ("recommended that the Council adopt", {Outcome.ENDORSED}),
        ("took note of and approved", ADOPTS | NOTED),
        ("deferred", {Outcome.DEFERRED}),
        ("referred", {Outcome.REFERRED}),
        ("returned", {Outcome.RETURNED}),
        ("did not approve", frozenset(Outcome) - CARRIES),
        ("examined", None),
        ("", None),
    ],
)
def test_outcomes_of_a_printed_verb(verb: str, means: frozenset[Outcome] | None) -> None:
    assert outcomes_of(verb) == means


@pytest.mark.parametrize("outcome", Outcome)
def test_check_decision_taking_note_means_nothing_but_noted(outcome: Outcome) -> None:
    issues = check_decision(DecisionContent("took note", outcome, "Words."))

    expected = (
        []
        if outcome == Outcome.NOTED
        else [Issue("outcome", IssueCode.VERB_MEANS, verb="took note", possible="NOTED", outcome=str(outcome))]
    )
    assert issues == expected


@pytest.mark.parametrize(
    ("changed", "issues"),
    [
        ({}, []),
        ({"verb": "examined", "outcome": Outcome.GUIDANCE}, []),
        ({"verb": " "}, [Issue("verb", IssueCode.EMPTY)]),
        ({"verb": "x" * 61}, [Issue("verb", IssueCode.TOO_LONG, limit=60)]),
        ({"text": ""}, [Issue("text", IssueCode.EMPTY)]),
        ({"text": "x" * 20_001}, [Issue("text", IssueCode.TOO_LONG, limit=20000)]),
        ({"agenda_item": "x" * 21}, [Issue("agendaItem", IssueCode.TOO_LONG, limit=20)]),
        ({"paragraph": "x" * 81}, [Issue("paragraph", IssueCode.TOO_LONG, limit=80)]),
    ],
)
def test_check_decision(changed: dict[str, object], issues: list[Issue]) -> None:
    content = DecisionContent("endorsed", Outcome.ENDORSED, "Words.", "IX.a", True, "PC0618b, para 12")

    assert check_decision(content._replace(**changed)) == issues  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "starts_on", "ends_on", "place", "paths"),
    [
        (235, 236, FIRST_DAY, FIRST_DAY + timedelta(4), "Brussels", []),
        (83, None, FIRST_DAY, FIRST_DAY, "Brussels", []),
        (1, None, FIRST_DAY, FIRST_DAY, "Brussels", []),
        (99_999, None, FIRST_DAY, FIRST_DAY, "Brussels", []),
        (0, None, FIRST_DAY, FIRST_DAY, "Brussels", ["firstNumber"]),
        (100_000, None, FIRST_DAY, FIRST_DAY, "Brussels", ["firstNumber"]),
        (99_998, 99_999, FIRST_DAY, FIRST_DAY, "Brussels", []),
        (99_999, 100_000, FIRST_DAY, FIRST_DAY, "Brussels", ["secondNumber"]),
        (235, 237, FIRST_DAY, FIRST_DAY, "Brussels", ["secondNumber"]),
        (235, 235, FIRST_DAY, FIRST_DAY, "Brussels", ["secondNumber"]),
        (235, None, FIRST_DAY, FIRST_DAY - timedelta(1), "Brussels", ["endsOn"]),
        (0, 0, FIRST_DAY, FIRST_DAY - timedelta(1), " ", ["firstNumber", "secondNumber", "endsOn", "place"]),
    ],
)
def test_check_sitting(
    first: int, second: int | None, starts_on: date, ends_on: date, place: str, paths: list[str]
) -> None:
    assert [issue.path for issue in check_sitting(first, second, starts_on, ends_on, place)] == paths


def test_after_sitting_began_from_the_first_instant_of_the_first_day() -> None:
    facts = SittingFacts(FIRST_DAY)

    assert after_sitting_began(facts, BEGINS) is None
    assert after_sitting_began(facts, BEGINS + timedelta(days=400)) is None
    assert after_sitting_began(facts, BEGINS - timedelta(microseconds=1)) == hinder(
        RefusalCode.WRONG_STATE,
        Reason(ReasonCode.SITTING_NOT_BEGUN, day=FIRST_DAY),
        "A decision is recorded after its sitting has begun.",
        BEGINS,
    )


@pytest.mark.parametrize("act", [policy.record_sitting, policy.record_decision], ids=lambda act: act.name)
@pytest.mark.parametrize("who", ACTORS)
def test_policy_only_the_secretariat_records(act: object, who: str) -> None:
    verdict = act.verdict(ACTORS[who], SittingFacts(FIRST_DAY), BEGINS)  # type: ignore[attr-defined]

    expected = {"nobody": RefusalCode.UNAUTHENTICATED, "secretariat": None}.get(who, RefusalCode.FORBIDDEN)
    assert (verdict.is_allowed, verdict.code) == (expected is None, expected)
