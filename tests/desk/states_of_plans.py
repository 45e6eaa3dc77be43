"""States of work plans that are kept, and of what persons are told."""

from collections.abc import Mapping

from server.domain.calendars.actions import open_calendar_feed
from server.domain.notices.actions.choosing import watch_object
from server.domain.notices.actions.making import ensure_progress, make_notices
from server.domain.planning.actions import milestones, networking, proposing
from server.domain.workplan.actions import topics
from server.vocabulary.notices import WatchMode
from tests.factories import workplan
from tests.factories.rounds import open_round
from tests.factories.world import World


async def kept(world: World) -> Mapping[str, str]:
    """Bring a plan into a state with milestones, a dependency, and proposed changes of which one was declined."""
    plan = await workplan.make_plan(world)
    group = {"work_item_id": plan.items[1], "body_id": world.bodies["group"], "expected_revision": 1}
    await world.do("secretariat", topics.assign_work_item, **group)
    chain = {"predecessor_id": plan.activities["Count the boats"], "successor_id": plan.activities["Paint the boats"]}
    why = "Nobody paints what nobody counted."
    await world.do("secretariat", networking.add_dependency, work_plan_id=plan.id, **chain, reason=why)
    said = {"work_plan_id": plan.id, "period": "June 2019", "reason": "So agreed."}
    first = await world.do("secretariat", milestones.add_milestone, **said, name="Harbour", work_item_id=plan.items[1])
    other = await world.do("secretariat", milestones.add_milestone, **said, name="Lights")
    asked = {"period": "July 2019", "reason": "The ice melts later.", "expected_revision": 1}
    proposed = await world.do("canada", proposing.propose_milestone_change, milestone_id=first, **asked)
    declined = await world.do("secretariat", proposing.propose_milestone_change, milestone_id=other, **asked)
    answer = {"milestone_change_id": declined, "reason": "The lights can wait.", "expected_revision": 1}
    await world.do("secretariat", proposing.decline_milestone_change, **answer)
    return {"plan": plan.id, "milestone": first, "refused": other, "change": proposed, "declined": declined}


async def told(world: World) -> Mapping[str, str]:
    """Bring Japan into a state with unread notices, something watched, something muted and a calendar."""
    await ensure_progress(world.database)
    watched = await open_round(world, title="Comments on <flow> charts")
    muted = await open_round(world)
    await make_notices(world.database, world.clock)
    await world.do("japan", watch_object, object_id=watched, mode=WatchMode.WATCHED)
    await world.do("japan", watch_object, object_id=muted, mode=WatchMode.MUTED)
    await world.do("japan", open_calendar_feed, body_id=world.bodies["group"])
    return {"watched": watched, "muted": muted, "body": world.bodies["group"]}
