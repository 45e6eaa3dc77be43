"""The inbox at the desk: read, marked, watched, muted; letters ended by one click; calendars given and renewed."""

import re

import pytest
from sqlalchemy import select

from server.domain.notices.actions.making import ensure_progress, make_notices
from server.domain.notices.rules.unsubscribing import sign_token
from server.models.notices import NoticeProgress
from tests.desk.desks import form_of, forms_of
from tests.factories.rounds import open_round, rows_of
from tests.pages.browser import words_of

pytestmark = pytest.mark.database

MARKUP = "<b>Flow</b> & charts"


def address_in(page: str) -> str:
    """Return the path of the calendar address that a page tells."""
    return re.search(r"/calendar/[\w-]+\.ics", page)[0]  # type: ignore[index]


async def test_inbox_shows_what_happened_and_marks_it(desk) -> None:
    visitor = await desk("japan")
    assert "Nothing new." in await visitor.read("/notices")
    await ensure_progress(visitor.world.database)
    round_id = await open_round(visitor.world, title=MARKUP)
    await make_notices(visitor.world.database, visitor.world.clock)

    page = await visitor.get("/notices")
    form = forms_of(page, "markNotices")[1]
    marked = await visitor.send("/notices", form)

    assert MARKUP not in page.text
    assert f"A comment round was called: “{MARKUP}”." in words_of(page)
    assert f'href="/rounds/{round_id}"' in page.text
    assert marked.status_code == 303
    assert "You have read everything." in await visitor.read("/notices")
    assert MARKUP in await visitor.read("/notices?box=all")


async def test_every_page_counts_what_its_reader_has_not_read(desk) -> None:
    visitor, other = await desk("japan"), await desk("gea")
    await ensure_progress(visitor.world.database)
    await open_round(visitor.world, audience=frozenset({"MEMBER"}))
    await make_notices(visitor.world.database, visitor.world.clock)

    assert "Groups Notices 1 unread Search" in await visitor.read("/texts")
    assert "Groups Notices Search" in await other.read("/texts")


async def test_object_is_watched_and_muted_from_its_page(desk) -> None:
    visitor, other = await desk("japan"), await desk("gea")
    round_id = await open_round(visitor.world, audience=frozenset({"MEMBER"}))
    assert f'href="/watching/{round_id}"' in (await visitor.get(f"/rounds/{round_id}")).text
    form = form_of(await visitor.get(f"/watching/{round_id}"), "watchObject")

    muted = await visitor.send(f"/watching/{round_id}", form, mode="MUTED")
    same = await visitor.send(
        f"/watching/{round_id}", form_of(await visitor.get(f"/watching/{round_id}"), "watchObject")
    )

    assert (muted.status_code, same.status_code) == (303, 422)
    assert "Comments on Draft 1" in await visitor.read("/watching")
    assert (await other.get(f"/watching/{round_id}")).status_code == 404
    assert "You watch nothing" in await other.read("/watching")


async def test_hour_of_the_letter_is_chosen_in_the_profile(desk) -> None:
    visitor = await desk("japan")
    form = form_of(await visitor.get("/profile"), "correctProfile")

    kept = await visitor.send("/profile", form, notices="AT_ONCE", digestHour="18")

    assert kept.status_code == 303
    (person,) = [row for row in await rows_of(visitor.world, "persons") if row["id"] == visitor.world.persons["japan"]]
    assert (person["notices"], person["digest_hour"]) == ("AT_ONCE", 18)


async def test_letters_are_ended_by_one_post_without_a_session(desk) -> None:
    visitor = await desk("japan")
    await ensure_progress(visitor.world.database)
    async with visitor.world.database.reading() as connection:
        secret = await connection.scalar(select(NoticeProgress.secret))
    token = sign_token(secret, visitor.world.persons["upu"])
    headers = {"content-type": "application/x-www-form-urlencoded", "user-agent": "mailer"}
    visitor.client.cookies.clear()

    looked = await visitor.client.get(f"/unsubscribe/{token}")
    before = {row["id"]: row["notices"] for row in await rows_of(visitor.world, "persons")}
    ended = await visitor.client.post(f"/unsubscribe/{token}", content="List-Unsubscribe=One-Click", headers=headers)
    again = await visitor.client.post(f"/unsubscribe/{token}", content="List-Unsubscribe=One-Click", headers=headers)
    forged = [
        await visitor.client.post(f"/unsubscribe/{each}", content="List-Unsubscribe=One-Click", headers=headers)
        for each in (f"{token[:-1]}{'0' if token[-1] != '0' else '1'}", visitor.world.persons["gea"], "x", "PER_.")
    ]

    upu = visitor.world.persons["upu"]
    after = {row["id"]: row["notices"] for row in await rows_of(visitor.world, "persons")}
    assert (looked.status_code, ended.status_code, again.status_code) == (200, 200, 200)
    assert before[upu] == "DAILY"
    assert after == before | {upu: "NONE"}
    assert {each.status_code for each in forged} == {404}
    assert len({each.text for each in forged}) == 1


async def test_calendar_is_given_read_renewed_and_ended(desk) -> None:
    visitor = await desk("japan")
    round_id = await open_round(visitor.world)
    form = form_of(await visitor.get("/calendars"), "openCalendarFeed")

    first = await visitor.send("/calendars", form)
    path = address_in(first.text)
    calendar = await visitor.client.get(path)
    unchanged = await visitor.client.get(path, headers={"if-none-match": calendar.headers["etag"]})
    renewed = await visitor.send("/calendars", forms_of(await visitor.get("/calendars"), "openCalendarFeed")[0])
    other = address_in(renewed.text)

    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f"UID:round-closes-{round_id}@intersession" in calendar.text.replace("\r\n ", "")
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert (await visitor.client.get(path)).status_code == 404
    assert (await visitor.client.get(other)).status_code == 200
    closing = form_of(await visitor.get("/calendars"), "closeCalendarFeed")
    assert (await visitor.send("/calendars", closing)).status_code == 303
    assert (await visitor.client.get(other)).status_code == 404
