"""Who may do what with a work plan: every act, every capacity, leading or not."""

from datetime import UTC, datetime

import pytest

from server.domain.workplan import policy
from server.domain.workplan.rules import ActivityFacts, ItemFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode
from server.vocabulary.workplan import ActivityStatus

NOW = datetime(2018, 9, 24, tzinfo=UTC)
ACTIVITY = ActivityFacts(ActivityStatus.NOT_STARTED, None, None, "BOD_plan", "BOD_group")


def actor(capacity: Capacity, *leads: str, is_focal_point: bool = True) -> Actor:
    return Actor(
        person_id="PER",
        delegate_id="DEL",
        party_id="PTY",
        capacity=capacity,
        is_focal_point=is_focal_point,
        leads=frozenset(leads),
    )


@pytest.mark.parametrize("act", policy.ON_ACTIVITY, ids=lambda act: act.name)
@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize(
    ("leads", "leading"), [((), False), (("BOD_group",), True), (("BOD_plan",), True), (("BOD_other",), False)]
)
def test_activities_are_tracked_by_those_who_lead_and_the_secretariat(
    act: Act[ActivityFacts], capacity: Capacity, leads: tuple[str, ...], leading: bool
) -> None:
    known = ACTIVITY._replace(blocked_at=NOW if act.name == "unblock_activity" else None)
    verdict = act.verdict(actor(capacity, *leads), known, NOW)

    assert verdict.is_allowed == (leading or capacity == Capacity.SECRETARIAT)
    assert verdict.code == (None if verdict.is_allowed else RefusalCode.FORBIDDEN)


@pytest.mark.parametrize("act", policy.ON_ACTIVITY, ids=lambda act: act.name)
def test_leading_another_group_opens_no_topic_without_a_group(act: Act[ActivityFacts]) -> None:
    verdict = act.verdict(actor(Capacity.MEMBER, "BOD_group"), ACTIVITY._replace(group_id=None), NOW)

    assert verdict.code == RefusalCode.FORBIDDEN


@pytest.mark.parametrize("act", [policy.import_work_plan, policy.assign_work_item], ids=lambda act: act.name)
@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("leads", [(), ("BOD_plan",)])
def test_plans_are_kept_by_the_secretariat(act: Act[ItemFacts], capacity: Capacity, leads: tuple[str, ...]) -> None:
    verdict = act.verdict(actor(capacity, *leads), ItemFacts("BOD_plan", None), NOW)

    assert verdict.is_allowed == (capacity == Capacity.SECRETARIAT)


@pytest.mark.parametrize("act", policy.ACTS, ids=lambda act: act.name)
def test_nobody_acts_without_signing_in(act: Act[ActivityFacts]) -> None:
    assert act.verdict(ANONYMOUS, ACTIVITY, NOW).code == RefusalCode.UNAUTHENTICATED
