"""How far acts reach, and the words for it: asked of the policies, so no database is needed."""

from dataclasses import replace
from typing import Any

import pytest

from server.domain.rights.queries.grounds import Ground
from server.domain.rights.rules.areas import POLICIES, all_acts
from server.domain.rights.rules.reach import Reach, examples_for, reach_of, refusal_code_of
from server.domain.rights.rules.reasons import right_of
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode

ACTS = {act.name: act for act in all_acts()}
PLAIN = Actor(person_id="person", delegate_id="delegate", party_id="party", capacity=Capacity.MEMBER)
FOCAL = replace(PLAIN, is_focal_point=True)
COORDINATOR = replace(FOCAL, leads=frozenset({"group"}))
OFFICER = replace(PLAIN, capacity=Capacity.SECRETARIAT)
ADMINISTRATOR = replace(OFFICER, is_administrator=True)
ON_BEHALF = replace(FOCAL, representation_id="representation")
GROUND = Ground(
    id="delegate",
    delegate_id="delegate",
    party_id="party",
    party_name="Japan Customs",
    capacity=Capacity.MEMBER,
    is_on_behalf=False,
    words="delegate of Japan Customs (MEMBER) since 2018-01-01",
    focal_point="focal point since 2018-02-01",
    functions=("coordinator of Group 2 since 2018-06-18 until 2018-12-31",),
    hindrance=None,
)
EXPECTED = {
    ("join_body", "plain"): Reach.NEVER,
    ("join_body", "focal"): Reach.ALWAYS,
    ("draft_proposal", "plain"): Reach.ALWAYS,
    ("draft_proposal", "officer"): Reach.NEVER,
    ("draft_comment", "plain"): Reach.ON_SOME,
    ("submit_comment", "plain"): Reach.NEVER,
    ("submit_comment", "focal"): Reach.ON_SOME,
    ("submit_comment", "on behalf"): Reach.ON_SOME,
    ("support_comment", "plain"): Reach.ON_SOME,
    ("revise_proposal", "plain"): Reach.ON_SOME,
    ("open_round", "focal"): Reach.NEVER,
    ("open_round", "coordinator"): Reach.ON_SOME,
    ("open_round", "officer"): Reach.ALWAYS,
    ("record_decision", "coordinator"): Reach.NEVER,
    ("record_decision", "officer"): Reach.ALWAYS,
    ("record_decision", "administrator"): Reach.NEVER,
    ("register_application", "administrator"): Reach.ALWAYS,
    ("register_application", "officer"): Reach.ALWAYS,
    ("register_application", "nobody"): Reach.NEVER,
    ("rotate_application_secret", "plain"): Reach.NEVER,
    ("rotate_application_secret", "focal"): Reach.ON_SOME,
    ("rotate_application_secret", "officer"): Reach.ON_SOME,
    ("rotate_application_secret", "administrator"): Reach.ON_SOME,
}
ACTORS = {
    "plain": PLAIN,
    "focal": FOCAL,
    "coordinator": COORDINATOR,
    "officer": OFFICER,
    "administrator": ADMINISTRATOR,
    "on behalf": ON_BEHALF,
    "nobody": ANONYMOUS,
}


@pytest.mark.parametrize(("act", "who"), EXPECTED)
def test_reach_of_an_act_is_as_its_words_say(act: str, who: str) -> None:
    assert reach_of(ACTS[act], ACTORS[who]) == EXPECTED[act, who]


@pytest.mark.parametrize("act", all_acts(), ids=lambda act: act.name)
def test_every_act_reaches_something_for_somebody_and_nothing_for_nobody(act: Act[Any]) -> None:
    reaches = {who: reach_of(act, actor) for who, actor in ACTORS.items()}

    assert reaches["nobody"] == Reach.NEVER
    assert set(reaches.values()) != {Reach.NEVER}


@pytest.mark.parametrize("act", all_acts(), ids=lambda act: act.name)
def test_barred_knows_neither_state_nor_calendar(act: Act[Any]) -> None:
    codes = {refusal_code_of(act, actor, example) for actor in ACTORS.values() for example in examples_for(actor)}

    assert codes <= {None, RefusalCode.FORBIDDEN, RefusalCode.UNAUTHENTICATED}
    assert None in codes


def test_every_policy_has_an_area() -> None:
    assert len({id(policy) for policy in POLICIES.values()}) == len(POLICIES) == 20


def why(act: str, actor: Actor, ground: Ground = GROUND) -> str:
    """Return the reason, in words, for an act."""
    return right_of(ACTS[act], actor, ground).why


def test_reason_names_only_the_functions_it_turns_on() -> None:
    assert why("draft_proposal", COORDINATOR) == (
        "For a delegate of a party other than the Secretariat: delegate of Japan Customs (MEMBER) since 2018-01-01"
    )
    assert why("join_body", COORDINATOR) == (
        "For a focal point who is a delegate of a party other than the Secretariat: "
        "delegate of Japan Customs (MEMBER) since 2018-01-01; focal point since 2018-02-01"
    )
    assert why("open_round", COORDINATOR) == (
        "For those who lead the body (chair, co-chair or coordinator); or the Secretariat: "
        "delegate of Japan Customs (MEMBER) since 2018-01-01; "
        "coordinator of Group 2 since 2018-06-18 until 2018-12-31"
    )


def test_reason_against_names_what_is_lacking() -> None:
    plain = GROUND._replace(focal_point="", functions=())

    assert why("clear_comment", PLAIN, plain) == (
        "This is for the focal point of its party, and not the delegate who gave the first of two clearances; "
        "delegate of Japan Customs (MEMBER) since 2018-01-01, not a focal point today"
    )
    assert why("extend_round", PLAIN, plain) == (
        "This is for those who lead the body (chair, co-chair or coordinator); or the Secretariat; "
        "delegate of Japan Customs (MEMBER) since 2018-01-01, leads no body today"
    )
    assert why("record_decision", PLAIN, plain) == (
        "This is for the Secretariat; delegate of Japan Customs (MEMBER) since 2018-01-01"
    )


def test_reason_of_what_does_not_count_today_is_its_hindrance() -> None:
    ended = GROUND._replace(hindrance="ended on 2018-05-01")

    right = right_of(ACTS["draft_proposal"], Actor(person_id="person"), ended)

    assert (right.reach, right.why) == (
        Reach.NEVER,
        "delegate of Japan Customs (MEMBER) since 2018-01-01: ended on 2018-05-01",
    )
