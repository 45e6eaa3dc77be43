"""Who may do what with a proposal, and at which point of its life: full tables. No database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.domain.proposals import policy
from server.domain.proposals.rules.life import AmendmentFacts, CoSponsorFacts, DraftingFacts, ProposalFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode
from server.vocabulary.proposals import CarriedState, ProposalStatus
from server.vocabulary.texts import VersionStatus

S = ProposalStatus
NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MEMBER, OBSERVER, PRIVATE = Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR

ACTORS = {
    "nobody": ANONYMOUS,
    "secretariat": Actor(party_id="PTY_S", capacity=Capacity.SECRETARIAT, is_focal_point=True),
    "own member's focal point": Actor(party_id="PTY_1", capacity=MEMBER, is_focal_point=True),
    "own member's delegate": Actor(party_id="PTY_1", capacity=MEMBER),
    "own observer's focal point": Actor(party_id="PTY_1", capacity=OBSERVER, is_focal_point=True),
    "own company's focal point": Actor(party_id="PTY_1", capacity=PRIVATE, is_focal_point=True),
    "another member's focal point": Actor(party_id="PTY_2", capacity=MEMBER, is_focal_point=True),
    "another observer's focal point": Actor(party_id="PTY_2", capacity=OBSERVER, is_focal_point=True),
    "another company's focal point": Actor(party_id="PTY_2", capacity=PRIVATE, is_focal_point=True),
    "leader of the group": Actor(party_id="PTY_3", capacity=PRIVATE, leads=frozenset({"BOD_1"})),
    "leader of another group": Actor(party_id="PTY_3", capacity=MEMBER, leads=frozenset({"BOD_2"})),
}
OWN_FOCAL_POINTS = {"own member's focal point", "own observer's focal point", "own company's focal point"}
WHO = {
    "open_cycle": {"secretariat"},
    "record_mechanism": {"secretariat"},
    "draft_proposal": set(ACTORS) - {"nobody", "secretariat"},
    "revise_proposal": OWN_FOCAL_POINTS | {"own member's delegate"},
    "confirm_co_sponsorship": OWN_FOCAL_POINTS,
    "decline_co_sponsorship": OWN_FOCAL_POINTS,
    "submit_proposal": OWN_FOCAL_POINTS,
    "withdraw_proposal": OWN_FOCAL_POINTS,
    "take_over_proposal": OWN_FOCAL_POINTS,
    "register_proposal": {"secretariat"},
    "return_proposal": {"secretariat"},
    "assign_proposal": {"secretariat"},
    "defer_proposal": {"secretariat", "leader of the group"},
    "resume_proposal": {"secretariat"},
    "record_view": {"secretariat", "leader of the group"},
    "conclude_consideration": {"secretariat", "leader of the group"},
    "decide_proposal": {"secretariat"},
    "restate_amendment": OWN_FOCAL_POINTS,
}
STATES = {
    "revise_proposal": {S.DRAFT, S.RETURNED},
    "submit_proposal": {S.DRAFT, S.RETURNED},
    "return_proposal": {S.SUBMITTED},
    "withdraw_proposal": {S.DRAFT, S.SUBMITTED, S.RETURNED, S.REGISTERED, S.UNDER_CONSIDERATION, S.DEFERRED},
    "register_proposal": {S.SUBMITTED},
    "assign_proposal": {S.REGISTERED, S.DEFERRED},
    "defer_proposal": {S.REGISTERED, S.UNDER_CONSIDERATION, S.AGREED, S.DEFERRED},
    "resume_proposal": {S.DEFERRED},
    "record_view": {S.UNDER_CONSIDERATION},
    "conclude_consideration": {S.UNDER_CONSIDERATION},
    "decide_proposal": {S.AGREED},
}


def facts_for(act: Act[Any], status: ProposalStatus = S.DRAFT) -> Any:
    """The facts of an act on a proposal of party 1 that group 1 considers, in an open cycle."""
    if act is policy.open_cycle:
        return None
    if act is policy.draft_proposal:
        return DraftingFacts(VersionStatus.ISSUED)
    if act in policy.ON_CO_SPONSOR:
        confirmed, until = (NOW, NOW + DAY) if act is policy.take_over_proposal else (None, None)
        return CoSponsorFacts(status, "PTY_1", confirmed, None, "PTY_2", until)
    if act is policy.restate_amendment:
        return AmendmentFacts(status, "PTY_1", CarriedState.STALE)
    path = ["TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL"]
    waits_for = "DFR_1" if act is policy.resume_proposal else None
    return ProposalFacts(status, "PTY_1", "BOD_1", date(2018, 9, 1), None, path, [], waits_for)


def by_name(act: Act[Any]) -> str:
    """The name of an act, for the ids of tests."""
    return act.name


def test_tables_cover_every_act() -> None:
    assert set(WHO) == {act.name for act in policy.ACTS}
    assert set(STATES) == {act.name for act in policy.ON_PROPOSAL}


@pytest.mark.parametrize("act", policy.ACTS, ids=by_name)
@pytest.mark.parametrize("who", ACTORS)
def test_who_may(act: Act[Any], who: str) -> None:
    verdict = act.verdict(ACTORS[who], facts_for(act), NOW)

    code = RefusalCode.UNAUTHENTICATED if who == "nobody" else RefusalCode.FORBIDDEN
    forbidden = verdict.code in (RefusalCode.UNAUTHENTICATED, RefusalCode.FORBIDDEN)
    assert (not forbidden) == (who in WHO[act.name])
    assert not forbidden or verdict.code == code


@pytest.mark.parametrize("status", ProposalStatus)
@pytest.mark.parametrize("who", ["leader of the group", "leader of another group"])
def test_those_who_lead_the_group_put_off_what_it_considers(status: ProposalStatus, who: str) -> None:
    verdict = policy.defer_proposal.verdict(ACTORS[who], facts_for(policy.defer_proposal, status), NOW)

    if who == "leader of another group":
        assert verdict.code == RefusalCode.FORBIDDEN
    else:
        assert verdict.code == (None if status == S.UNDER_CONSIDERATION else RefusalCode.WRONG_STATE)


@pytest.mark.parametrize("act", [policy.assign_proposal, policy.resume_proposal], ids=by_name)
@pytest.mark.parametrize("waits_for", [None, "DFR_1"])
def test_what_waits_is_taken_up_again_and_not_assigned(act: Act[Any], waits_for: str | None) -> None:
    facts = facts_for(act, S.DEFERRED)._replace(deferral_id=waits_for)

    verdict = act.verdict(ACTORS["secretariat"], facts, NOW)

    assert verdict.is_allowed == ((act is policy.resume_proposal) == (waits_for is not None))


@pytest.mark.parametrize("act", policy.ON_PROPOSAL, ids=by_name)
@pytest.mark.parametrize("status", ProposalStatus)
def test_when_possible(act: Act[Any], status: ProposalStatus) -> None:
    who = sorted(WHO[act.name])[-1]

    verdict = act.verdict(ACTORS[who], facts_for(act, status), NOW)

    expected = None if status in STATES[act.name] else RefusalCode.WRONG_STATE
    assert verdict.code == expected


@pytest.mark.parametrize("status", ProposalStatus)
def test_confirm_co_sponsorship_while_the_proposal_is_a_draft(status: ProposalStatus) -> None:
    act = policy.confirm_co_sponsorship

    verdict = act.verdict(ACTORS["own member's focal point"], facts_for(act, status), NOW)

    assert verdict.code == (None if status in (S.DRAFT, S.RETURNED) else RefusalCode.WRONG_STATE)


@pytest.mark.parametrize("status", ProposalStatus)
def test_take_over_proposal_once_it_is_withdrawn(status: ProposalStatus) -> None:
    act = policy.take_over_proposal

    verdict = act.verdict(ACTORS["own member's focal point"], facts_for(act, status), NOW)

    assert verdict.code == (None if status == S.WITHDRAWN else RefusalCode.WRONG_STATE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"take_over_until": None}, "This proposal ended when it was withdrawn."),
        ({"take_over_until": NOW}, "It could be taken over until 24 September 2018 at 11:00"),
        ({"proponent_id": "PTY_1"}, "Your party withdrew this proposal."),
        ({"confirmed_at": None}, "Your party has not confirmed these words."),
        ({"confirmed_at": None, "declined_at": NOW}, "Your party declined to co-sponsor it."),
    ],
)
def test_take_over_proposal_says_why_not(changed: dict[str, Any], words: str) -> None:
    act = policy.take_over_proposal
    facts = facts_for(act, S.WITHDRAWN)._replace(**changed)

    verdict = act.verdict(ACTORS["own member's focal point"], facts, NOW)

    assert verdict.code == RefusalCode.WRONG_STATE
    assert verdict.reason.startswith(words)


def test_submit_proposal_says_when_the_cycle_opens() -> None:
    facts = facts_for(policy.submit_proposal)._replace(opens_on=date(2018, 10, 1))

    verdict = policy.submit_proposal.verdict(ACTORS["own member's focal point"], facts, NOW)

    in_brussels = datetime(2018, 9, 30, 22, tzinfo=UTC)
    assert (verdict.code, verdict.unlocks_at) == (RefusalCode.WRONG_STATE, in_brussels)


def test_record_view_before_a_group_is_assigned_is_for_nobody_who_leads() -> None:
    facts = facts_for(policy.record_view)._replace(body_id=None)

    assert policy.record_view.verdict(ACTORS["leader of the group"], facts, NOW).code == RefusalCode.FORBIDDEN


@pytest.mark.parametrize("status", VersionStatus)
def test_draft_proposal_on_an_issued_version_only(status: VersionStatus) -> None:
    act = policy.draft_proposal

    verdict = act.verdict(ACTORS["own member's delegate"], DraftingFacts(status), NOW)

    assert verdict.code == (None if status == VersionStatus.ISSUED else RefusalCode.WRONG_STATE)


@pytest.mark.parametrize("state", [None, *CarriedState])
@pytest.mark.parametrize("status", ProposalStatus)
def test_restate_amendment_while_it_is_stale_and_its_proposal_is_not_at_its_end(
    state: CarriedState | None, status: ProposalStatus
) -> None:
    facts = AmendmentFacts(status, "PTY_1", state)

    verdict = policy.restate_amendment.verdict(ACTORS["own member's focal point"], facts, NOW)

    is_open = status in {S.SUBMITTED, S.REGISTERED, S.UNDER_CONSIDERATION, S.DEFERRED}
    assert verdict.code == (None if is_open and state == CarriedState.STALE else RefusalCode.WRONG_STATE)
