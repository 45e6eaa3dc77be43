"""The story of the inbox, of what is watched, and of calendar addresses."""

from datetime import timedelta

from server.domain.notices.actions.making import ensure_progress, make_notices
from tests.contracts.recorder import Recorder


async def tell_of_notices(api: Recorder) -> None:
    """Hear of a round, watch it, and read its deadline in a calendar."""
    await ensure_progress(api.world.database)
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Comments on Draft 1",
        closesAt=(api.world.clock.now + timedelta(days=7)).isoformat(),
        zone="Europe/Brussels",
        audience=["MEMBER", "OBSERVER"],
        visibility="AFTER_CLOSE",
    )
    round_id = opened["round"]["id"]
    await make_notices(api.world.database, api.world.clock)
    listed = await api.ask("japan", "NoticeList", first=10)
    await api.act("japan", "markNotices", noticeIds=[listed["notices"]["nodes"][0]["id"]], isRead=True)
    await api.act("japan", "watchObject", objectId=round_id, mode="WATCHED")
    await api.ask("japan", "WatchOfObject", id=round_id)
    await api.ask("japan", "WatchedObjectList", first=10)
    given = await api.act("japan", "openCalendarFeed", bodyId=api.world.bodies["group"])
    await api.ask("japan", "CalendarFeedList", first=10)
    await api.act("japan", "closeCalendarFeed", feedId=given["feed"]["id"])
