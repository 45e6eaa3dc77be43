"""The inbox over HTTP: what is listed, marked and watched, and that nothing of others is."""

from sqlalchemy import select, update

from server.domain.notices.actions.making import ensure_progress, make_notices
from server.models.base import Base
from server.models.notices import Notice
from tests.factories.api import Api
from tests.factories.rounds import open_round


async def test_notices_are_listed_marked_and_counted(api: Api) -> None:
    await ensure_progress(api.world.database)
    round_id = await open_round(api.world)
    await make_notices(api.world.database, api.world.clock)

    listed = await api.ask("japan", "NoticeList", filter={"hasRead": False})
    (notice,) = listed["notices"]["nodes"]
    await api.act("japan", "markNotices", noticeIds=[notice["id"]], isRead=True)
    after = await api.ask("japan", "NoticeList", filter={"hasRead": False})
    refused = await api.act("china", "markNotices", noticeIds=[notice["id"]], isRead=False)

    assert (listed["unread"]["totalCount"], after["unread"]["totalCount"]) == (1, 0)
    assert notice["english"] == "A comment round was called: “Comments on Draft 1”."
    assert notice["french"] == "Une consultation est lancée : « Comments on Draft 1 »."
    assert (notice["page"], notice["dueKind"]) == (f"/rounds/{round_id}", "CLOSES")
    assert after["notices"]["nodes"] == []
    assert (refused["__typename"], refused["code"]) == ("Refusal", "NOT_FOUND")


async def test_notice_vanishes_with_the_sight_of_its_object(api: Api) -> None:
    await ensure_progress(api.world.database)
    await open_round(api.world)
    await make_notices(api.world.database, api.world.clock)
    async with api.world.database.writing() as session:
        hidden = update(Notice).values(
            subject_id=select(Base.metadata.tables["journal"].c.id).limit(1).scalar_subquery()
        )
        await session.execute(hidden)

    listed = await api.ask("japan", "NoticeList", filter={})

    assert (listed["notices"]["nodes"], listed["unread"]["totalCount"]) == ([], 0)


async def test_object_is_watched_by_those_who_see_it(api: Api) -> None:
    round_id = await open_round(api.world, audience=frozenset({"MEMBER"}))

    fact = await api.act("japan", "watchObject", objectId=round_id, mode="MUTED")
    refused = await api.act("gea", "watchObject", objectId=round_id, mode="WATCHED")
    own = await api.ask("japan", "WatchedObjectList")
    others = await api.ask("china", "WatchedObjectList")

    assert (fact["watchedObject"]["mode"], fact["watchedObject"]["object"]["id"]) == ("MUTED", round_id)
    assert refused["code"] == "NOT_FOUND"
    assert (len(own["watchedObjects"]["nodes"]), others["watchedObjects"]["nodes"]) == (1, [])
