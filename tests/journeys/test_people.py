"""People and programs come and go, and nobody's power outlives what it came from."""

from server.journal.verification import verify
from tests.factories.api import Api
from tests.journeys.people import People


async def test_the_story_of_people_and_programs(api: Api) -> None:
    story = People(api)

    refused, invited = await story.a_delegate_is_invited()
    before, after = await story.the_seat_is_handed_over()
    on_behalf = await story.a_party_speaks_for_another()
    opened, closed = await story.programs_act()
    leading, no_longer = await story.a_function_begins_and_ends()
    statuses = await story.a_person_is_suspended()
    audience, rights = await story.the_secretariat_asks_why()
    updated = await story.people_say_how_they_want_it()

    gea, canada = api.world.parties["gea"], api.world.parties["canada"]
    assert (refused["__typename"], refused["code"]) == ("Refusal", "FORBIDDEN")
    assert [standing["party"]["id"] for standing in invited["viewer"]["standings"]] == [gea]
    assert (before["viewer"]["standings"], after["viewer"]["standing"]["party"]["id"]) == ([], gea)
    assert (on_behalf["viewer"]["standing"]["party"]["id"], on_behalf["viewer"]["standing"]["isOnBehalf"]) == (
        canada,
        True,
    )
    assert (len(opened["secret"]), closed["__typename"]) == (43, "ServiceAccountClosed")
    group = api.world.bodies["group"]
    assert [body["id"] for body in leading["viewer"]["leads"]] == [group]
    assert no_longer["viewer"]["leads"] == []
    assert statuses == (401, 200)
    assert audience["onlookers"]["totalCount"] > 5
    assert [standing["hindrance"] is not None for standing in rights["standings"]] == [True]
    assert (updated["person"]["language"], updated["person"]["zone"]) == ("fr", "Europe/Paris")
    async with api.world.database.reading() as connection:
        faults = [fault for fault in (await verify(connection)).faults if "speaks of it" not in fault.what]
    assert faults == []  # the small world is given without acts, so that nothing speaks of its text
