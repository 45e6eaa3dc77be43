"""Acts: who, when, and the answer to "why not, and from when?"."""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act, Condition, Obstacle, Verdict, verdicts
from server.kernel.conditions import (
    a_focal_point,
    a_party,
    leads_body,
    own_focal_point,
    own_party,
    the_secretariat,
)
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind

NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
LATER = datetime(2018, 10, 1, 9, 0, tzinfo=UTC)


class Facts(NamedTuple):
    """What the conditions look at."""

    party_id: str = "PTY_own"
    body_id: str = "BOD_led"


MEMBER = Actor(person_id="PER_1", delegate_id="DEL_1", party_id="PTY_own", capacity=Capacity.MEMBER)
FOCAL_POINT = Actor(party_id="PTY_own", capacity=Capacity.MEMBER, is_focal_point=True)
STRANGER = Actor(party_id="PTY_other", capacity=Capacity.OBSERVER, is_focal_point=True)
LEADER = Actor(party_id="PTY_other", capacity=Capacity.PRIVATE_SECTOR, leads=frozenset({"BOD_led"}))
SECRETARIAT = Actor(party_id="PTY_sec", capacity=Capacity.SECRETARIAT)

any_delegate: Condition[Facts] = Condition("any accredited delegate", lambda actor, _: actor.is_signed_in)

TRUTH = {
    the_secretariat.words: (the_secretariat, {SECRETARIAT}),
    a_party.words: (a_party, {MEMBER, FOCAL_POINT, STRANGER, LEADER}),
    own_party.words: (own_party, {MEMBER, FOCAL_POINT}),
    own_focal_point.words: (own_focal_point, {FOCAL_POINT}),
    a_focal_point.words: (a_focal_point, {FOCAL_POINT, STRANGER}),
    leads_body.words: (leads_body, {LEADER}),
}


def never(facts: Facts, now: datetime) -> Obstacle | None:
    """A rule that always stands in the way."""
    return Obstacle(RefusalCode.WRONG_STATE, "It is finished.", "A finished thing rests.", LATER)


def silent(facts: Facts, now: datetime) -> Obstacle | None:
    """A rule that gives no words of its own for the rule."""
    return Obstacle(RefusalCode.ROUND_CLOSED, "It is closed.")


def free(facts: Facts, now: datetime) -> Obstacle | None:
    """A rule without an obstacle."""
    return None


@pytest.mark.parametrize("words", TRUTH)
def test_condition_for_every_actor_holds_as_the_table_says(words: str) -> None:
    condition, holders = TRUTH[words]

    holding = {
        actor for actor in (MEMBER, FOCAL_POINT, STRANGER, LEADER, SECRETARIAT) if condition.holds(actor, Facts())
    }

    assert holding == holders


@pytest.mark.parametrize(("left", "right"), [(True, True), (True, False), (False, True), (False, False)])
def test_conditions_when_combined_follow_logic_and_keep_their_words(left: bool, right: bool) -> None:
    one: Condition[Facts] = Condition("one", lambda a, f: left)
    two: Condition[Facts] = Condition("two", lambda a, f: right)

    both, either = one & two, one | two

    assert (both.holds(MEMBER, Facts()), both.words) == (left and right, "one who is two")
    assert (either.holds(MEMBER, Facts()), either.words) == (left or right, "one; or two")


def test_verdict_for_nobody_says_sign_in_before_anything_else() -> None:
    act = Act("do_it", "it.done", any_delegate, (never,), "The source")

    verdict = act.verdict(ANONYMOUS, Facts(), NOW)

    assert verdict == Verdict(
        "do_it",
        False,
        RefusalCode.UNAUTHENTICATED,
        "Sign in first.",
        "The source",
        None,
        "any accredited delegate",
        "it.done",
    )


def test_verdict_without_the_right_never_tells_the_state_of_things() -> None:
    act = Act("do_it", "it.done", the_secretariat, (never,), "The source")

    verdict = act.verdict(MEMBER, Facts(), NOW)

    assert verdict == Verdict(
        "do_it",
        False,
        RefusalCode.FORBIDDEN,
        "This is for the Secretariat.",
        "The source",
        None,
        "the Secretariat",
        "it.done",
    )


def test_verdict_with_an_obstacle_gives_reason_rule_and_instant() -> None:
    act = Act("do_it", "it.done", any_delegate, (free, never, silent), "The source")

    verdict = act.verdict(MEMBER, Facts(), NOW)

    assert verdict == Verdict(
        *("do_it", False, RefusalCode.WRONG_STATE, "It is finished.", "A finished thing rests.", LATER),
        "any accredited delegate",
        "it.done",
    )


def test_verdict_with_an_obstacle_that_names_no_rule_names_the_source() -> None:
    act = Act("do_it", "it.done", any_delegate, (silent,), "The source")

    verdict = act.verdict(MEMBER, Facts(), NOW)

    assert (verdict.code, verdict.rule, verdict.unlocks_at) == (RefusalCode.ROUND_CLOSED, "The source", None)


def test_verdict_when_nothing_stands_in_the_way_allows() -> None:
    act = Act("do_it", "it.done", any_delegate, (free, free), "The source")

    verdict = act.verdict(MEMBER, Facts(), NOW)

    assert verdict == Verdict("do_it", True, None, None, None, None, "any accredited delegate", "it.done")


@pytest.mark.parametrize(
    ("actor", "who", "when", "kind", "code"),
    [
        (ANONYMOUS, any_delegate, (), RefusalKind.FORBIDDEN, RefusalCode.UNAUTHENTICATED),
        (MEMBER, the_secretariat, (never,), RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN),
        (MEMBER, any_delegate, (never,), RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE),
        (MEMBER, any_delegate, (silent,), RefusalKind.NOT_NOW, RefusalCode.ROUND_CLOSED),
    ],
)
def test_ensure_refuses_with_the_verdict(
    actor: Actor, who: Condition[Facts], when: tuple, kind: RefusalKind, code: RefusalCode
) -> None:
    act = Act("do_it", "it.done", who, when, "The source")
    verdict = act.verdict(actor, Facts(), NOW)

    with pytest.raises(Refusal) as refused:
        act.ensure(actor, Facts(), NOW)

    refusal = refused.value
    assert (refusal.kind, refusal.code) == (kind, code)
    assert (refusal.message, refusal.rule, refusal.unlocks_at) == (verdict.reason, verdict.rule, verdict.unlocks_at)


def test_ensure_when_allowed_does_nothing() -> None:
    act = Act("do_it", "it.done", any_delegate, (free,))

    answer = act.ensure(MEMBER, Facts(), NOW)

    assert answer is None


def test_verdicts_keep_the_order_of_the_table() -> None:
    acts = (Act("second", "b", the_secretariat), Act("first", "a", any_delegate))

    found = verdicts(acts, MEMBER, Facts(), NOW)

    assert [(verdict.act, verdict.is_allowed) for verdict in found] == [("second", False), ("first", True)]
