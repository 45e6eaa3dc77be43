"""Who may do what in a comment round: the whole truth table, as the Secretariat would read it."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from server.domain.rounds import policy
from server.domain.rounds.rules.facts import (
    AdmissionFacts,
    CommentFacts,
    CoSignatureFacts,
    OpeningFacts,
    PartyMarkFacts,
    RoundFacts,
)
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode
from server.vocabulary.calling import LateStatus
from server.vocabulary.rounds import CommentStatus, PlaceState, RoundStatus, RoundVisibility
from server.vocabulary.texts import VersionStatus
from server.vocabulary.threads import CoSignatureState

OPENS = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
OPENING = OpeningFacts("BOD_led", VersionStatus.ISSUED)


def round_for(*, members: bool, observers: bool, private_sector: bool) -> RoundFacts:
    """A round of the body that the leading actors lead."""
    return RoundFacts(RoundStatus.CALLED, "BOD_led", OPENS, CLOSES, members, observers, private_sector)


def carried_of(party: str) -> CommentFacts:
    """A comment of a party that was carried to a version in which its words changed."""
    return comment_of(party, SUBMITTED)._replace(place_state=PlaceState.CARRIED)


def request_of(party: str) -> AdmissionFacts:
    """A party's request to comment after the close of a round that the leading actors lead."""
    asked, seen = LateStatus.ASKED, RoundVisibility.IMMEDIATE
    return AdmissionFacts(asked, party, "BOD_led", RoundStatus.CALLED, OPENS, CLOSES, seen)


def comment_of(party: str, status: CommentStatus) -> CommentFacts:
    """A comment of a party in such a round."""
    return CommentFacts(status, party, "BOD_led", RoundStatus.CALLED, OPENS, CLOSES)


def asked(party: str) -> CoSignatureFacts:
    """A party that is asked to sign a draft in such a round."""
    return CoSignatureFacts(CoSignatureState.ASKED, party, CommentStatus.DRAFT, RoundStatus.CALLED, OPENS, CLOSES)


EVERYONE = round_for(members=True, observers=True, private_sector=True)
PAUSED, COMPLETED = (EVERYONE._replace(status=status) for status in (RoundStatus.PAUSED, RoundStatus.COMPLETED))
DRAFT, SUBMITTED = CommentStatus.DRAFT, CommentStatus.SUBMITTED
OWN, OTHER = "PTY_own", "PTY_other"

# fmt: off
# Four columns for each capacity: delegate, focal point, delegate who leads the body, focal point who leads the body.
TABLE: dict[str, tuple[Any, datetime, str]] = {
    #                                                                  MEMBER OBSERVER PRIVATE SECRETARIAT
    "open_round": (OPENING, OPENS, "                                   ..xx   ..xx     ..xx    xxxx"),
    "extend_round": (EVERYONE, OPENS, "                                ..xx   ..xx     ..xx    xxxx"),
    "revise_round": (EVERYONE, OPENS, "                                ..xx   ..xx     ..xx    xxxx"),
    "pause_round": (EVERYONE, OPENS, "                                 ....   ....     ....    xxxx"),
    "resume_round": (PAUSED, OPENS, "                                  ....   ....     ....    xxxx"),
    "close_round": (EVERYONE, OPENS, "                                 ....   ....     ....    xxxx"),
    "report_round": (COMPLETED, CLOSES, "                              ..xx   ..xx     ..xx    xxxx"),
    "ask_late_admission": (EVERYONE, CLOSES, "                         .x.x   .x.x     .x.x    ...."),
    "admit_late_comments, own": (request_of(OWN), CLOSES, "            ....   ....     ....    xxxx"),
    "admit_late_comments, another's": (request_of(OTHER), CLOSES, "    ..xx   ..xx     ..xx    xxxx"),
    "refuse_late_admission, own": (request_of(OWN), CLOSES, "          ....   ....     ....    xxxx"),
    "refuse_late_admission, another's": (request_of(OTHER), CLOSES, "  ..xx   ..xx     ..xx    xxxx"),
    "submit_comment, of the group": (
        EVERYONE._replace(group_id="BOD_joined"),
        OPENS,
        "                                                              .x.x   .x.x     .x.x    ....",
    ),
    "submit_comment, of a group of others": (
        EVERYONE._replace(group_id="BOD_others"),
        OPENS,
        "                                                              ....   ....     ....    ....",
    ),
    "complete_round": (EVERYONE, CLOSES, "                             ..xx   ..xx     ..xx    xxxx"),
    "cancel_round": (EVERYONE, OPENS, "                                ....   ....     ....    xxxx"),
    "draft_comment, for everyone": (EVERYONE, OPENS, "                 xxxx   xxxx     xxxx    ...."),
    "draft_comment, for Members": (
        round_for(members=True, observers=False, private_sector=False),
        OPENS,
        "                                                              xxxx   ....     ....    ....",
    ),
    "draft_comment, for observers": (
        round_for(members=False, observers=True, private_sector=False),
        OPENS,
        "                                                              ....   xxxx     ....    ....",
    ),
    "draft_comment, for the private sector": (
        round_for(members=False, observers=False, private_sector=True),
        OPENS,
        "                                                              ....   ....     xxxx    ....",
    ),
    "submit_comment, for everyone": (EVERYONE, OPENS, "                .x.x   .x.x     .x.x    ...."),
    "submit_comment, for Members": (
        round_for(members=True, observers=False, private_sector=False),
        OPENS,
        "                                                              .x.x   ....     ....    ....",
    ),
    "submit_comment, for observers": (
        round_for(members=False, observers=True, private_sector=False),
        OPENS,
        "                                                              ....   .x.x     ....    ....",
    ),
    "submit_comment, for the private sector": (
        round_for(members=False, observers=False, private_sector=True),
        OPENS,
        "                                                              ....   ....     .x.x    ....",
    ),
    "revise_comment, own": (comment_of(OWN, DRAFT), OPENS, "           xxxx   xxxx     xxxx    xxxx"),
    "revise_comment, another's": (comment_of(OTHER, DRAFT), OPENS, "   ....   ....     ....    ...."),
    "clear_comment, own": (comment_of(OWN, DRAFT), OPENS, "            .x.x   .x.x     .x.x    .x.x"),
    "clear_comment, another's": (comment_of(OTHER, DRAFT), OPENS, "    ....   ....     ....    ...."),
    "withdraw_comment, own": (comment_of(OWN, SUBMITTED), OPENS, "     .x.x   .x.x     .x.x    .x.x"),
    "withdraw_comment, another's": (comment_of(OTHER, SUBMITTED), OPENS, " ....   ....     ....    ...."),
    "support_comment, own": (comment_of(OWN, SUBMITTED), OPENS, "      ....   ....     ....    ...."),
    "support_comment, another's": (comment_of(OTHER, SUBMITTED), OPENS, " xxxx   xxxx     xxxx    ...."),
    "oppose_comment, own": (comment_of(OWN, SUBMITTED), OPENS, "       ....   ....     ....    ...."),
    "oppose_comment, another's": (comment_of(OTHER, SUBMITTED), OPENS, "  xxxx   xxxx     xxxx    ...."),
    "confirm_carried_comment, own": (carried_of(OWN), CLOSES, "          .x.x   .x.x     .x.x    .x.x"),
    "confirm_carried_comment, another's": (carried_of(OTHER), CLOSES, "  ....   ....     ....    ...."),
    "propose_disposition, own": (comment_of(OWN, SUBMITTED), CLOSES, " ..xx   ..xx     ..xx    xxxx"),
    "propose_disposition, another's": (comment_of(OTHER, SUBMITTED), CLOSES, "..xx ..xx  ..xx    xxxx"),
    "record_disposition, own": (comment_of(OWN, SUBMITTED), CLOSES, "  ....   ....     ....    xxxx"),
    "record_disposition, another's": (comment_of(OTHER, SUBMITTED), CLOSES, " ....  ....  ....    xxxx"),
    "tolerate_comment, own": (comment_of(OWN, SUBMITTED), OPENS, "     ....   ....     ....    ...."),
    "tolerate_comment, another's": (comment_of(OTHER, SUBMITTED), OPENS, "xxxx   xxxx     xxxx    ...."),
    "support_comment, signed": (comment_of(OTHER, SUBMITTED)._replace(co_signer_ids=(OWN,)), OPENS, "...." * 4),
    "replace_comment, own": (comment_of(OWN, SUBMITTED), OPENS, "      .x.x   .x.x     .x.x    .x.x"),
    "replace_comment, another's": (comment_of(OTHER, SUBMITTED), OPENS, " ....   ....     ....    ...."),
    "confirm_co_signature, own": (asked(OWN), OPENS, "                .x.x   .x.x     .x.x    .x.x"),
    "confirm_co_signature, another's": (asked(OTHER), OPENS, "        ....   ....     ....    ...."),
    "decline_co_signature, own": (asked(OWN), OPENS, "                .x.x   .x.x     .x.x    .x.x"),
    "decline_co_signature, another's": (asked(OTHER), OPENS, "        ....   ....     ....    ...."),
    "take_back_mark, own": (PartyMarkFacts(OWN, SUBMITTED), CLOSES, "            xxxx   xxxx     xxxx    xxxx"),
    "take_back_mark, another's": (PartyMarkFacts(OTHER, SUBMITTED), CLOSES, "    ....   ....     ....    ...."),
}
# fmt: on
CAPACITIES = (Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR, Capacity.SECRETARIAT)
ACTORS = [
    Actor(
        party_id=OWN,
        capacity=capacity,
        is_focal_point=is_focal_point,
        leads=frozenset({"BOD_led"} if leads else {"BOD_another"}),
        bodies=frozenset({"BOD_joined"}),
    )
    for capacity, leads, is_focal_point in product(CAPACITIES, (False, True), (False, True))
]


def act_of(row: str) -> Act[Any]:
    """The act that a row of the table is about."""
    return getattr(policy, row.split(",")[0])  # type: ignore[no-any-return]


@pytest.mark.parametrize("row", TABLE)
def test_policy_of_every_act_for_every_actor_answers_as_the_table_says(row: str) -> None:
    facts, now, marks = TABLE[row]
    act = act_of(row)

    verdicts = [act.verdict(actor, facts, now) for actor in ACTORS]

    told = "".join("x" if verdict.is_allowed else "." for verdict in verdicts)
    assert told == marks.replace(" ", "")
    assert {verdict.code for verdict in verdicts if not verdict.is_allowed} <= {RefusalCode.FORBIDDEN}


@pytest.mark.parametrize("row", TABLE)
def test_policy_of_every_act_for_nobody_says_sign_in(row: str) -> None:
    facts, now, _ = TABLE[row]

    verdict = act_of(row).verdict(ANONYMOUS, facts, now)

    assert (verdict.is_allowed, verdict.code) == (False, RefusalCode.UNAUTHENTICATED)


def test_policy_table_has_every_act() -> None:
    assert {row.split(",")[0] for row in TABLE} == {act.name for act in policy.ACTS}


def test_policy_names_tags_and_sources_are_said_once_each() -> None:
    names = [act.name for act in policy.ACTS]
    tags = [act.tag for act in policy.ACTS]

    assert len(set(names)) == len(names)
    assert len(set(tags)) == len(tags)
    assert all(getattr(policy, name).name == name for name in names)
    assert all(act.source for act in policy.ACTS)


def test_policy_for_somebody_without_the_right_does_not_tell_the_state() -> None:
    finished = EVERYONE._replace(status=RoundStatus.COMPLETED)

    verdict = policy.cancel_round.verdict(Actor(party_id=OWN, capacity=Capacity.MEMBER), finished, CLOSES)

    assert (verdict.code, verdict.unlocks_at) == (RefusalCode.FORBIDDEN, None)
    assert "COMPLETED" not in str(verdict)


@pytest.mark.parametrize("state", [None, *PlaceState])
@pytest.mark.parametrize("status", CommentStatus)
def test_confirm_carried_comment_while_it_is_open_and_its_place_is_doubtful(
    state: PlaceState | None, status: CommentStatus
) -> None:
    facts = comment_of(OWN, status)._replace(place_state=state)
    focal_point = Actor(party_id=OWN, capacity=Capacity.MEMBER, is_focal_point=True)

    verdict = policy.confirm_carried_comment.verdict(focal_point, facts, CLOSES)

    is_open = status in (CommentStatus.SUBMITTED, CommentStatus.DISPOSITION_PROPOSED)
    possible = is_open and state in (PlaceState.CARRIED, PlaceState.ORPHAN)
    assert verdict.code == (None if possible else RefusalCode.WRONG_STATE)
