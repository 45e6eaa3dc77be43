"""Calendar addresses over HTTP: told once, renewed and ended by their person."""

from tests.factories.api import Api


async def test_address_is_told_once_and_ended(api: Api) -> None:
    first = await api.act("japan", "openCalendarFeed", key="once", bodyId=api.world.bodies["group"])
    again = await api.act("japan", "openCalendarFeed", key="once", bodyId=api.world.bodies["group"])
    listed = await api.ask("japan", "CalendarFeedList")
    refused = await api.act("china", "closeCalendarFeed", feedId=first["feed"]["id"])
    closed = await api.act("japan", "closeCalendarFeed", feedId=first["feed"]["id"])

    assert len(first["secret"]) > 40
    assert again["secret"] is None
    assert first["secret"] not in str(listed)
    assert [each["body"]["shortName"] for each in listed["calendarFeeds"]["nodes"]] == ["WGEC-2"]
    assert refused["code"] == "NOT_FOUND"
    assert closed["__typename"] == "CalendarClosed"
    assert (await api.ask("japan", "CalendarFeedList"))["calendarFeeds"]["nodes"] == []
