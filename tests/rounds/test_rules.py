"""When things are possible in a comment round, and what is well-formed."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server.domain.rounds.rules.checks import (
    TEXT_LIMIT,
    Content,
    check_call,
    check_content,
    check_disposition,
    check_window,
)
from server.domain.rounds.rules.facts import CommentFacts, OpeningFacts, RoundFacts, addresses, audience_of
from server.domain.rounds.rules.window import (
    CLOSED_RULE,
    WINDOW_RULE,
    after_round_closed,
    phase_of,
    version_is_issued,
    while_round_is_open,
    while_seal_holds,
)
from server.kernel.actor import Capacity
from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.lifecycle import Lifecycle
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.vocabulary.rounds import (
    COMMENT_LIFECYCLE,
    ROUND_LIFECYCLE,
    RUNNING,
    CommentStatus,
    CommentType,
    DispositionVerdict,
    RoundPhase,
    RoundStatus,
    RoundVisibility,
)
from server.vocabulary.texts import VersionStatus
from server.wording.anchors import Quotation

OPENS = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
CLOSES = datetime(2018, 10, 12, 15, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
BRUSSELS = ZoneInfo("Europe/Brussels")


def round_facts(status: RoundStatus = RoundStatus.CALLED, closes_at: datetime = CLOSES, **given: Any) -> RoundFacts:
    """A round for everyone."""
    audience = {"open_to_members": True, "open_to_observers": True, "open_to_private_sector": True}
    return RoundFacts(status, "BOD_1", OPENS, closes_at, **(audience | given))


def comment_facts(round_status: RoundStatus = RoundStatus.CALLED) -> CommentFacts:
    """A comment in such a round."""
    return CommentFacts(CommentStatus.SUBMITTED, "PTY_1", "BOD_1", round_status, OPENS, CLOSES)


PHASES = {
    "a microsecond before it opens": (OPENS - TICK, RoundPhase.PLANNED),
    "at the opening instant": (OPENS, RoundPhase.OPEN),
    "in between": (OPENS + timedelta(days=7), RoundPhase.OPEN),
    "in the last microsecond": (CLOSES - TICK, RoundPhase.OPEN),
    "at the closing instant": (CLOSES, RoundPhase.CLOSED),
    "long after": (CLOSES + timedelta(days=900), RoundPhase.CLOSED),
}


@pytest.mark.parametrize("when", PHASES)
@pytest.mark.parametrize("status", RoundStatus)
def test_phase_of_a_round_follows_the_calendar_unless_people_decided(status: RoundStatus, when: str) -> None:
    now, phase = PHASES[when]

    found = phase_of(round_facts(status), now)

    decided = {each: RoundPhase(each.value) for each in set(RoundStatus) - {*RUNNING}}
    if status == RoundStatus.PAUSED and phase == RoundPhase.OPEN:
        phase = RoundPhase.PAUSED
    assert found is decided.get(status, phase)


@pytest.mark.parametrize(
    ("announced", "instant"),
    [
        (datetime(2018, 10, 28, 2, 30, fold=0, tzinfo=BRUSSELS), datetime(2018, 10, 28, 0, 30, tzinfo=UTC)),
        (datetime(2018, 10, 28, 2, 30, fold=1, tzinfo=BRUSSELS), datetime(2018, 10, 28, 1, 30, tzinfo=UTC)),
        (datetime(2018, 10, 28, 17, 0, tzinfo=BRUSSELS), datetime(2018, 10, 28, 16, 0, tzinfo=UTC)),
        (datetime(2018, 10, 27, 17, 0, tzinfo=BRUSSELS), datetime(2018, 10, 27, 15, 0, tzinfo=UTC)),
        (datetime(2019, 3, 31, 1, 59, tzinfo=BRUSSELS), datetime(2019, 3, 31, 0, 59, tzinfo=UTC)),
        (datetime(2019, 3, 31, 3, 0, tzinfo=BRUSSELS), datetime(2019, 3, 31, 1, 0, tzinfo=UTC)),
        (datetime(2019, 3, 31, 17, 0, tzinfo=BRUSSELS), datetime(2019, 3, 31, 15, 0, tzinfo=UTC)),
    ],
    ids=[
        "repeated hour, first",
        "repeated hour, second",
        "autumn",
        "day before",
        "gap, before",
        "gap, after",
        "spring",
    ],
)
def test_phase_of_a_deadline_announced_in_brussels_turns_at_one_instant(announced: datetime, instant: datetime) -> None:
    facts = round_facts(closes_at=announced.astimezone(UTC))

    phases = [phase_of(facts, instant - TICK), phase_of(facts, instant)]

    assert phases == [RoundPhase.OPEN, RoundPhase.CLOSED]


NOT_OPEN = Obstacle(
    RefusalCode.ROUND_NOT_OPEN,
    "The round opens on 24 September 2018 at 09:00 UTC.",
    WINDOW_RULE,
    OPENS,
    Reason(ReasonCode.ROUND_NOT_OPEN, OPENS, "UTC"),
)
CLOSED = Obstacle(
    RefusalCode.ROUND_CLOSED,
    "The round closed on 12 October 2018 at 15:00 UTC. "
    "Only the coordinators of the group or the Secretariat can still help: they extend it, or admit a party that asks "
    "to file late.",
    WINDOW_RULE,
    None,
    Reason(ReasonCode.ROUND_CLOSED, CLOSES, "UTC"),
)
COMPLETE = hinder(RefusalCode.ROUND_CLOSED, Reason(ReasonCode.ROUND_COMPLETED), WINDOW_RULE)
CANCELLED = hinder(RefusalCode.ROUND_NOT_OPEN, Reason(ReasonCode.ROUND_CANCELLED), WINDOW_RULE)


@pytest.mark.parametrize(
    ("status", "now", "obstacle"),
    [
        (RoundStatus.CALLED, OPENS - TICK, NOT_OPEN),
        (RoundStatus.CALLED, OPENS, None),
        (RoundStatus.CALLED, CLOSES - TICK, None),
        (RoundStatus.CALLED, CLOSES, CLOSED),
        (RoundStatus.COMPLETED, CLOSES, COMPLETE),
        (RoundStatus.CANCELLED, OPENS, CANCELLED),
        (RoundStatus.CANCELLED, CLOSES, CANCELLED),
    ],
)
def test_while_round_is_open_gives_the_obstacle_for_round_and_comment(
    status: RoundStatus, now: datetime, obstacle: Obstacle | None
) -> None:
    found = (while_round_is_open(round_facts(status), now), while_round_is_open(comment_facts(status), now))

    assert found == (obstacle, obstacle)


@pytest.mark.parametrize(("now", "waits"), [(OPENS, True), (CLOSES - TICK, True), (CLOSES, False)])
def test_after_round_closed_waits_for_the_closing_instant(now: datetime, waits: bool) -> None:
    found = (after_round_closed(round_facts(), now), after_round_closed(comment_facts(), now))

    words = "The round is open until 12 October 2018 at 15:00 UTC."
    reason = Reason(ReasonCode.ROUND_STILL_OPEN, CLOSES, "UTC")
    obstacle = Obstacle(RefusalCode.ROUND_NOT_OPEN, words, CLOSED_RULE, CLOSES, reason) if waits else None
    assert found == (obstacle, obstacle)


@pytest.mark.parametrize("visibility", RoundVisibility)
def test_while_seal_holds_ends_at_the_closing_instant_of_a_sealed_round_alone(visibility: RoundVisibility) -> None:
    facts = round_facts(visibility=visibility)

    found = (while_seal_holds(facts, CLOSES - TICK), while_seal_holds(facts, CLOSES))

    words = "The round was sealed and has closed: its comments can be read now."
    rule = "A sealed round ends at its closing instant."
    broken = Obstacle(RefusalCode.ROUND_CLOSED, words, rule, is_final=True)
    assert found == (None, broken if visibility == RoundVisibility.AFTER_CLOSE else None)


@pytest.mark.parametrize("status", VersionStatus)
def test_version_is_issued_or_the_round_cannot_be_opened(status: VersionStatus) -> None:
    found = version_is_issued(OpeningFacts("BOD_1", status), OPENS)

    words = f"This version is {status.lower()}; issue it first."
    obstacle = Obstacle(RefusalCode.WRONG_STATE, words, "A round is opened on an issued version.")
    assert found == (None if status == VersionStatus.ISSUED else obstacle)


AUDIENCES = [
    ((True, True, True), [Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR]),
    ((True, False, False), [Capacity.MEMBER]),
    ((False, True, False), [Capacity.OBSERVER]),
    ((False, False, True), [Capacity.PRIVATE_SECTOR]),
    ((False, False, False), []),
]


@pytest.mark.parametrize(("flags", "capacities"), AUDIENCES)
def test_audience_of_a_round_never_holds_the_secretariat_or_nobody(
    flags: tuple[bool, bool, bool], capacities: list[Capacity]
) -> None:
    names = ("open_to_members", "open_to_observers", "open_to_private_sector")
    facts = round_facts(**dict(zip(names, flags, strict=True)))

    assert audience_of(facts) == capacities
    assert addresses(facts, None) is False


LATE = Issue("closesAt", IssueCode.CLOSES_IN_PAST)
ORDER = Issue("closesAt", IssueCode.CLOSES_BEFORE_OPENING)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "now", "issues"),
    [
        (OPENS, CLOSES, OPENS, []),
        (OPENS, CLOSES, CLOSES - TICK, []),
        (OPENS, CLOSES, CLOSES, [LATE]),
        (OPENS, OPENS, OPENS - TICK, [ORDER]),
        (OPENS, OPENS + TICK, OPENS, []),
        (CLOSES, OPENS, CLOSES, [ORDER, LATE]),
        (OPENS, OPENS.astimezone(BRUSSELS), OPENS - TICK, [ORDER]),
    ],
)
def test_check_window_names_every_fault(
    opens_at: datetime, closes_at: datetime, now: datetime, issues: list[Issue]
) -> None:
    assert check_window(opens_at, closes_at, now) == issues


NO_AUDIENCE = Issue("audience", IssueCode.TOO_FEW, allowed=("MEMBER", "OBSERVER", "PRIVATE_SECTOR"))


@pytest.mark.parametrize(
    ("title", "audience", "issues"),
    [
        ("Title", {Capacity.MEMBER}, []),
        ("Title", {Capacity.OBSERVER, Capacity.PRIVATE_SECTOR}, []),
        (" \n", {Capacity.MEMBER}, [Issue("title", IssueCode.EMPTY)]),
        ("Title", set(), [NO_AUDIENCE]),
        ("Title", {Capacity.SECRETARIAT}, [NO_AUDIENCE]),
        ("Title", {Capacity.SECRETARIAT, Capacity.MEMBER}, [NO_AUDIENCE]),
        ("", set(), [Issue("title", IssueCode.EMPTY), NO_AUDIENCE]),
    ],
)
def test_check_call_names_every_fault(title: str, audience: set[Capacity], issues: list[Issue]) -> None:
    assert check_call(title, frozenset(audience)) == issues


GIVE_WORDING = Issue("wording", IssueCode.WORDING_MISSING)
NO_WORDING = Issue("wording", IssueCode.WORDING_SUPERFLUOUS)


@pytest.mark.parametrize("verdict", DispositionVerdict)
@pytest.mark.parametrize("reason", ["", "  ", "Because."])
@pytest.mark.parametrize("wording", [None, "", "words"])
def test_check_disposition_asks_for_reason_and_wording_as_the_verdict_needs(
    verdict: DispositionVerdict, reason: str, wording: str | None
) -> None:
    found = check_disposition(verdict, reason, wording)

    plain = verdict == DispositionVerdict.ACCEPTED
    modified = verdict == DispositionVerdict.ACCEPTED_WITH_MODIFICATION
    expected = [Issue("reason", IssueCode.REASON_MISSING)] if not plain and reason != "Because." else []
    expected += [GIVE_WORDING] if modified and wording is None else []
    expected += [NO_WORDING] if not modified and wording is not None else []
    assert found == expected


GOOD = Content(CommentType.SUBSTANTIVE, "Words", "PVT_1", Quotation("quoted"), "Reason", "wording")
LONG = "x" * (TEXT_LIMIT + 1)
NO_PROVISION = Issue("provisionId", IssueCode.GENERAL_OR_PROVISION)
NEEDS_PROVISION = Issue("provisionId", IssueCode.PROVISION_MISSING, kind="a quotation, a cell or a proposed wording")
EMPTY_QUOTE = Issue("quotation.exact", IssueCode.EMPTY)
AS_A_WHOLE = Issue("coversSection", IssueCode.SECTION_AS_WHOLE)
CONTENTS = {
    "on a section": ({"covers_section": True, "quotation": None, "proposed_wording": None}, []),
    "on a section, quoting": ({"covers_section": True, "proposed_wording": None}, [AS_A_WHOLE]),
    "on a section, with a wording": ({"covers_section": True, "quotation": None}, [AS_A_WHOLE]),
    "all of it": ({}, []),
    "at the limit": ({"text": LONG[1:], "reason": LONG[1:], "proposed_wording": LONG[1:]}, []),
    "words that delete": ({"proposed_wording": ""}, []),
    "no quotation": ({"quotation": None}, []),
    "no wording, no reason": ({"proposed_wording": None, "reason": ""}, []),
    "general without a provision": (
        {"type": CommentType.GENERAL, "provision_id": None, "quotation": None, "proposed_wording": None},
        [],
    ),
    "general on a provision": ({"type": CommentType.GENERAL}, []),
    "empty text": ({"text": " \n"}, [Issue("text", IssueCode.EMPTY)]),
    "text too long": ({"text": LONG}, [Issue("text", IssueCode.TOO_LONG, limit=TEXT_LIMIT)]),
    "reason too long": ({"reason": LONG}, [Issue("reason", IssueCode.TOO_LONG, limit=TEXT_LIMIT)]),
    "wording too long": ({"proposed_wording": LONG}, [Issue("proposedWording", IssueCode.TOO_LONG, limit=TEXT_LIMIT)]),
    "quotation too long": (
        {"quotation": Quotation(LONG)},
        [Issue("quotation.exact", IssueCode.TOO_LONG, limit=TEXT_LIMIT)],
    ),
    "no provision": ({"provision_id": None, "quotation": None, "proposed_wording": None}, [NO_PROVISION]),
    "no provision to quote": ({"provision_id": None}, [NO_PROVISION, NEEDS_PROVISION]),
    "general that quotes nothing known": (
        {"type": CommentType.GENERAL, "provision_id": None, "proposed_wording": None},
        [NEEDS_PROVISION],
    ),
    "general that deletes nothing known": (
        {"type": CommentType.GENERAL, "provision_id": None, "quotation": None, "proposed_wording": ""},
        [NEEDS_PROVISION],
    ),
    "empty quotation": ({"quotation": Quotation("")}, [EMPTY_QUOTE]),
    "empty quotation with a prefix": ({"quotation": Quotation("", "before")}, [EMPTY_QUOTE]),
    "wording without reason": ({"reason": " "}, [Issue("reason", IssueCode.REASON_MISSING)]),
    "deletion without reason": (
        {"proposed_wording": "", "reason": ""},
        [Issue("reason", IssueCode.REASON_MISSING)],
    ),
    "everything wrong": (
        {"text": "", "provision_id": None, "quotation": Quotation(""), "reason": ""},
        [
            Issue("text", IssueCode.EMPTY),
            NO_PROVISION,
            NEEDS_PROVISION,
            EMPTY_QUOTE,
            Issue("reason", IssueCode.REASON_MISSING),
        ],
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_check_content_names_every_fault(name: str) -> None:
    changed, issues = CONTENTS[name]

    assert check_content(GOOD._replace(**changed)) == issues


R, C = RoundStatus, CommentStatus
MOVES: dict[str, tuple[Lifecycle[Any], dict[tuple[str, StrEnum], StrEnum | tuple[StrEnum, ...]]]] = {
    "round": (
        ROUND_LIFECYCLE,
        {
            ("revise_round", R.CALLED): R.CALLED,
            ("revise_round", R.PAUSED): R.PAUSED,
            ("extend_round", R.CALLED): R.CALLED,
            ("extend_round", R.PAUSED): R.PAUSED,
            ("pause_round", R.CALLED): R.PAUSED,
            ("resume_round", R.PAUSED): R.CALLED,
            ("close_round", R.CALLED): R.CALLED,
            ("close_round", R.PAUSED): R.CALLED,
            ("complete_round", R.CALLED): R.COMPLETED,
            ("complete_round", R.PAUSED): R.COMPLETED,
            ("report_round", R.COMPLETED): R.REPORTED,
            ("cancel_round", R.CALLED): R.CANCELLED,
            ("cancel_round", R.PAUSED): R.CANCELLED,
        },
    ),
    "comment": (
        COMMENT_LIFECYCLE,
        {
            ("revise_comment", C.DRAFT): C.DRAFT,
            ("clear_comment", C.DRAFT): C.SUBMITTED,
            ("merge_drafts", C.DRAFT): C.WITHDRAWN,
            ("discard_draft", C.DRAFT): C.WITHDRAWN,
            ("withdraw_comment", C.SUBMITTED): C.WITHDRAWN,
            ("withdraw_comment", C.DISPOSITION_PROPOSED): C.WITHDRAWN,
            ("replace_comment", C.SUBMITTED): C.REPLACED,
            ("propose_disposition", C.SUBMITTED): C.DISPOSITION_PROPOSED,
            ("propose_disposition", C.DISPOSITION_PROPOSED): C.DISPOSITION_PROPOSED,
            ("record_disposition", C.SUBMITTED): C.DISPOSED,
            ("record_disposition", C.DISPOSITION_PROPOSED): C.DISPOSED,
            ("propose_answers", C.SUBMITTED): C.DISPOSITION_PROPOSED,
            ("propose_answers", C.DISPOSITION_PROPOSED): C.DISPOSITION_PROPOSED,
            ("record_answers", C.SUBMITTED): C.DISPOSED,
            ("record_answers", C.DISPOSITION_PROPOSED): C.DISPOSED,
            ("settle_answer", C.SUBMITTED): C.DISPOSED,
            ("settle_answer", C.DISPOSITION_PROPOSED): C.DISPOSED,
            ("undo_answers", C.DISPOSITION_PROPOSED): (C.SUBMITTED, C.DISPOSITION_PROPOSED),
            ("undo_answers", C.DISPOSED): (C.SUBMITTED, C.DISPOSITION_PROPOSED),
            ("confirm_carried_comment", C.SUBMITTED): C.SUBMITTED,
            ("confirm_carried_comment", C.DISPOSITION_PROPOSED): C.DISPOSITION_PROPOSED,
            ("issue_version", C.DISPOSED): C.SUBMITTED,
            ("cancel_round", C.DRAFT): C.CLOSED_WITH_ROUND,
            ("cancel_round", C.SUBMITTED): C.CLOSED_WITH_ROUND,
            ("cancel_round", C.DISPOSITION_PROPOSED): C.CLOSED_WITH_ROUND,
        },
    ),
}
PRODUCT = [
    (noun, act, state)
    for noun, (lifecycle, moves) in MOVES.items()
    for act in sorted({act for act, _ in moves} | {row.act for row in lifecycle.rows})
    for state in type(lifecycle.initial)
]


def reaches(lifecycle: Lifecycle[Any], act: str, state: StrEnum, towards: StrEnum) -> bool:
    """Return whether the table lets an act choose a state."""
    try:
        return bool(lifecycle.target(act, state, towards) == towards)
    except KeyError:
        return False


@pytest.mark.parametrize(("noun", "act", "state"), PRODUCT)
def test_lifecycle_for_every_state_and_act_moves_or_refuses_as_the_table_says(
    noun: str, act: str, state: StrEnum
) -> None:
    lifecycle, table = MOVES[noun]
    target = table.get((act, state))

    obstacle = lifecycle.allows(act, lambda facts: facts)(state, OPENS)

    if isinstance(target, StrEnum):
        assert (obstacle, lifecycle.target(act, state)) == (None, target)
        return
    if target is not None:
        states = type(lifecycle.initial)
        assert obstacle is None
        assert {towards for towards in states if reaches(lifecycle, act, state, towards)} == {*target}
        with pytest.raises(KeyError):  # the act has to choose
            lifecycle.target(act, state)
        return
    assert obstacle is not None
    assert obstacle.code == RefusalCode.WRONG_STATE
    with pytest.raises(KeyError):
        lifecycle.target(act, state)


@pytest.mark.parametrize("noun", MOVES)
def test_lifecycle_reaches_every_state_and_ends_only_in_its_finals(noun: str) -> None:
    lifecycle, _ = MOVES[noun]

    reached = {lifecycle.initial}
    while more := {t for row in lifecycle.rows if row.sources & reached for t in row.targets} - reached:
        reached |= more
    left = {state for row in lifecycle.rows for state in row.sources if set(row.targets) != {state}}

    states = set(type(lifecycle.initial))
    assert reached == states
    assert states - left == lifecycle.finals
