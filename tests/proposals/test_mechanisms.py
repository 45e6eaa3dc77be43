"""Versions of the mechanism: what they must be like, that they never overlap, and what their rules mean."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.proposals.actions import handling, mechanisms
from server.domain.proposals.rules import mechanism as rules
from server.domain.proposals.rules.mechanism import MechanismContent, Situation, StandingCycle, StandingProposal
from server.kernel.ids import new_id
from server.models.proposals import Mechanism
from server.models.texts import Instrument
from server.vocabulary.bodies import BodyKind
from server.vocabulary.proposals import CycleKind, MechanismRule
from server.vocabulary.proposals import ProposalStatus as S
from tests.factories import proposals as make
from tests.factories.answers import FORBIDDEN, INVALID, kind_and_code, last_entry, refusal, rows
from tests.factories.world import World

TODAY = date(2018, 9, 24)
PATH = (BodyKind.TECHNICAL_COMMITTEE, BodyKind.COUNCIL)


def content(**changed: Any) -> MechanismContent:
    """Return a version of the mechanism in force from today on."""
    wanted: dict[str, Any] = {
        "title": "Mechanism of 2018",
        "evidence": "Council 131/132, PC0601, paragraph 12",
        "starts_on": TODAY,
        "approval_path": PATH,
        "cycle_kinds": (CycleKind.PERIODIC,),
    }
    return MechanismContent(**(wanted | changed))


def paths(issues: Any) -> list[str]:
    """Return where faults lie."""
    return [issue.path for issue in issues]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"title": " "}, "title"),
        ({"evidence": ""}, "evidence"),
        ({"ends_on": TODAY - timedelta(days=1)}, "endsOn"),
        ({"approval_path": ()}, "approvalPath"),
        ({"approval_path": (BodyKind.COUNCIL, BodyKind.WORKING_GROUP)}, "approvalPath.1"),
        ({"approval_path": (BodyKind.COUNCIL, BodyKind.COUNCIL)}, "approvalPath.1"),
        ({"cycle_kinds": ()}, "cycleKinds"),
        ({"instrument_ids": ("INS_unknown",)}, "instrumentIds.0"),
        ({"window_days": 0}, "windowDays"),
        ({"submission_days": -1}, "submissionDays"),
        ({"consideration_days": 3_651}, "considerationDays"),
        ({"decision_days": 10**9}, "decisionDays"),
    ],
)
def test_fault_of_a_version_is_named(changed: dict[str, Any], path: str) -> None:
    assert paths(rules.check_mechanism(content(**changed), ())) == [path]


def judge(proposal: StandingProposal, rules_content: MechanismContent, *, sits: tuple[date, ...] = ()) -> list[str]:
    """Return the rules that one proposal breaks."""
    cycle = StandingCycle("CYC_1", "MEC_1", "PERIODIC", "Review", date(2018, 1, 1), None)
    standing = Situation((cycle,), (proposal,), {BodyKind.TECHNICAL_COMMITTEE: sits})
    return list(rules.find_breaches(rules_content, standing, TODAY))


def proposal(**changed: Any) -> StandingProposal:
    """Return a proposal that was submitted in June and waits for its number."""
    wanted: dict[str, Any] = {
        **{"proposal_id": "PRP_1", "cycle_id": "CYC_1", "instrument_id": "INS_1", "status": S.SUBMITTED},
        **{"submitted_on": date(2018, 6, 1), "moved_on": date(2018, 6, 1), "carried_by": ()},
    }
    return StandingProposal(**(wanted | changed))


@pytest.mark.parametrize(
    ("changed", "rules_changed", "sits", "broken"),
    [
        ({}, {}, (), []),
        ({}, {"instrument_ids": ("INS_2",)}, (), [MechanismRule.SCOPE]),
        ({}, {"instrument_ids": ("INS_1",)}, (), []),
        ({}, {"window_days": 151}, (), [MechanismRule.WINDOW]),
        ({}, {"window_days": 152}, (), []),
        ({}, {"submission_days": 49}, (date(2018, 7, 19),), [MechanismRule.SUBMISSION]),
        ({}, {"submission_days": 49}, (date(2018, 7, 20),), []),
        ({}, {"submission_days": 49}, (date(2018, 5, 31),), []),
        ({"status": S.UNDER_CONSIDERATION}, {"consideration_days": 114}, (), [MechanismRule.CONSIDERATION]),
        ({"status": S.UNDER_CONSIDERATION}, {"consideration_days": 115}, (), []),
        ({"status": S.AGREED}, {}, (date(2018, 9, 23),), [MechanismRule.PATH]),
        ({"status": S.AGREED}, {}, (TODAY,), []),
        ({"status": S.AGREED}, {"decision_days": 114}, (TODAY,), [MechanismRule.DECISION]),
        ({"status": S.AGREED, "carried_by": PATH}, {}, (TODAY,), [MechanismRule.PATH]),
        ({"status": S.WITHDRAWN}, {"instrument_ids": ("INS_2",)}, (), []),
        ({"status": S.IN_EDITION}, {"instrument_ids": ("INS_2",)}, (), []),
        ({}, {"cycle_kinds": (CycleKind.ANNUAL,)}, (), [MechanismRule.CYCLE_KIND]),
    ],
)
def test_rules_say_what_would_be_late_stuck_or_out_of_scope(
    changed: dict[str, Any], rules_changed: dict[str, Any], sits: tuple[date, ...], broken: list[MechanismRule]
) -> None:
    assert judge(proposal(**changed), content(**rules_changed), sits=sits) == broken


async def test_record_mechanism_ends_the_version_before_on_the_day_before(world: World) -> None:
    earlier = await make.add_mechanism(world)

    recorded = await world.do("secretariat", mechanisms.record_mechanism, content=content(window_days=90))

    versions = {row.id: row for row in await rows(world, Mechanism)}
    assert versions[earlier].valid_until == date(2018, 9, 23)
    assert (versions[recorded].valid_from, versions[recorded].valid_until) == (TODAY, None)
    assert versions[recorded].recorded_at == world.clock.now
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id, entry.details["supersedes"]) == ("mechanism.recorded", recorded, earlier)
    assert entry.details["periods"] == {"window": 90}


async def test_first_version_of_an_empty_database_may_begin_in_the_past(world: World) -> None:
    recorded = await world.do("secretariat", mechanisms.record_mechanism, content=content(starts_on=date(2015, 1, 1)))

    (row,) = await rows(world, Mechanism)
    assert (row.id, row.valid_from, (await last_entry(world)).details["supersedes"]) == (
        recorded,
        date(2015, 1, 1),
        None,
    )


async def test_versions_that_overlap_are_refused(world: World) -> None:
    await make.add_mechanism(world, valid_from=date(2019, 1, 1))
    await make.add_mechanism(world, valid_from=date(2017, 1, 1), valid_until=date(2018, 12, 31))

    for changed, path in (
        ({}, "endsOn"),
        ({"ends_on": date(2019, 1, 1)}, "endsOn"),
        ({"starts_on": date(2019, 1, 1)}, "startsOn"),
        ({"ends_on": date(2018, 11, 30)}, "endsOn"),
    ):
        refused = await refusal(world, "secretariat", mechanisms.record_mechanism, content=content(**changed))
        assert (kind_and_code(refused), paths(refused.issues)) == (INVALID, [path]), changed

    fitting = content(ends_on=date(2018, 12, 31))
    await world.do("secretariat", mechanisms.record_mechanism, content=fitting)
    spans = sorted((row.valid_from, row.valid_until) for row in await rows(world, Mechanism))
    assert all(end is not None and end < start for (_, end), (start, _) in itertools.pairwise(spans))


async def test_version_that_would_leave_a_review_without_its_rules_is_refused(world: World) -> None:
    await make.open_cycle(world, title="Review of October", opens_on=date(2018, 10, 1), closes_on=None)

    refused = await refusal(world, "secretariat", mechanisms.record_mechanism, content=content())

    assert paths(refused.issues) == ["startsOn"]
    assert "Review of October" in refused.message


async def test_record_mechanism_by_anyone_else_is_forbidden(world: World) -> None:
    for who in ("japan", "canada", "upu", "gea"):
        refused = await refusal(world, who, mechanisms.record_mechanism, content=content())
        assert kind_and_code(refused) == FORBIDDEN


async def test_preview_names_what_the_rules_would_mean_and_writes_nothing(world: World) -> None:
    other = Instrument(title="Another text", short_title="Other")
    await world.add(other)
    cycle_id = await make.open_cycle(world)
    draft_id = await make.draft(world, "japan", cycle_id)
    filed_id = await make.submitted(world, cycle_id=cycle_id)
    actor = await world.actor("secretariat")
    tried = content(instrument_ids=(other.id,), cycle_kinds=(CycleKind.AD_HOC,), starts_on=date(2018, 9, 2))

    async with world.database.studying() as session:
        preview = await mechanisms.preview_mechanism(session, actor, world.clock.now, tried)

    assert preview == ({MechanismRule.SCOPE: [filed_id], MechanismRule.CYCLE_KIND: [cycle_id]}, 1, 1)
    assert draft_id not in str(preview)


async def test_rules_hold_for_reviews_and_proposals(world: World) -> None:
    other = Instrument(title="Another text", short_title="Other")
    await world.add(other)
    tried = content(instrument_ids=(other.id,), window_days=30)
    mechanism_id = await world.do("secretariat", mechanisms.record_mechanism, content=tried)
    cycle = {"mechanism_id": mechanism_id, "kind": CycleKind.PERIODIC, "title": "Review", "opens_on": TODAY}

    for closes_on in (None, TODAY + timedelta(days=30)):
        refused = await refusal(world, "secretariat", handling.open_cycle, **cycle, closes_on=closes_on)
        assert paths(refused.issues) == ["closesOn"]
    last = TODAY + timedelta(days=29)
    cycle_id = await world.do("secretariat", handling.open_cycle, **cycle, closes_on=last)

    with pytest.raises(Exception, match="does not cover"):
        await make.draft(world, "japan", cycle_id)


async def test_mechanism_of_an_unknown_review_is_not_found(world: World) -> None:
    tried = content(instrument_ids=(new_id("INS"),))

    refused = await refusal(world, "secretariat", mechanisms.record_mechanism, content=tried)

    assert paths(refused.issues) == ["instrumentIds.0"]
