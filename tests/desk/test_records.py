"""The records: the journal and its heads, rights and audiences, as the Secretariat and as a party sees them."""

import pytest

from tests.desk.desks import forms_of
from tests.factories.evidence import ask_for_head
from tests.factories.rounds import draft, open_round, submit
from tests.pages.browser import words_of

pytestmark = pytest.mark.database

MARKUP = "<img src=x onerror=alert(1)>"


async def test_the_journal_says_what_was_done_to_what_the_latest_first(desk, world) -> None:
    round_id = await open_round(world, title=MARKUP)
    world.clock.move(hours=1)
    comment = await submit(world, "japan", round_id)
    visitor = await desk("secretariat")

    page = await visitor.get("/journal")
    said = words_of(page)

    assert said.index("Comment filed : Comment Japan R1-1 in “") < said.rindex("Round opened")
    assert f'href="/comments/{comment}"' in page.text
    assert MARKUP in said
    assert MARKUP not in page.text


async def test_a_party_reads_its_own_acts_without_their_place_in_the_chain(desk) -> None:
    visitor, officer = await desk("japan"), await desk("secretariat")
    round_id = await open_round(visitor.world)
    await submit(visitor.world, "japan", round_id)
    await submit(visitor.world, "upu", round_id)
    await draft(visitor.world, "canada", round_id)

    own, every = await visitor.read("/journal"), await officer.read("/journal")

    assert "Comment Japan R1-1" in own
    assert "UPU" not in own
    assert "Digest" not in own
    assert "Comment UPU R1-1" in every
    assert "Draft comment" not in every.partition("Filter the journal")[2]
    assert "Digest" in every


async def test_the_journal_is_filtered_by_act_party_person_subject_and_time(desk, world) -> None:
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    world.clock.move(days=1)
    await submit(world, "upu", round_id)
    visitor = await desk("secretariat")
    asked = {
        "act=SUBMIT_COMMENT": {"Japan R1-1", "UPU R1-1"},
        "act=NOTHING": {"Japan R1-1", "UPU R1-1"},
        f"party={world.parties['japan']}": {"Japan R1-1"},
        f"person={world.persons['upu']}": {"UPU R1-1"},
        "name=gate+UP": {"UPU R1-1"},
        f"subject={comment}": {"Japan R1-1"},
        "from=2018-09-25": {"UPU R1-1"},
        "until=2018-09-24": {"Japan R1-1"},
        "from=2018-99-99": {"Japan R1-1", "UPU R1-1"},
        "name=nobody": set(),
    }

    said = {query: await visitor.read(f"/journal?{query}") for query in asked}

    assert asked == {
        query: {name for name in ("Japan R1-1", "UPU R1-1") if f"Comment {name}" in words}
        for query, words in said.items()
    }


async def test_signed_heads_are_listed_and_one_is_shown_to_continue_another(desk, world) -> None:
    for _ in range(2):
        await open_round(world)
        world.clock.move(minutes=1)
        await ask_for_head(world)
    visitor = await desk("secretariat")
    (form,) = forms_of(await visitor.get("/journal?view=heads"))
    listed = (await visitor.get("/journal?view=heads")).text
    heads = [part.partition('"')[0] for part in listed.split('name="second" value="')[1:]]

    proved = await visitor.read(f"/journal?view=heads&first={heads[1]}&second={heads[0]}")
    refused = await visitor.read(f"/journal?view=heads&first={heads[0]}&second={heads[1]}")

    assert form.fields["view"] == "heads"
    assert "Head 3 continues head 2" in proved
    assert "There is no such proof" in refused


async def test_before_a_head_is_signed_the_page_says_when_there_will_be_one(desk) -> None:
    visitor = await desk("japan")

    assert "No head was signed yet" in await visitor.read("/journal?view=heads")


async def test_rights_say_what_a_person_may_do_and_why(desk) -> None:
    visitor = await desk("secretariat")
    round_id = await open_round(visitor.world)
    path = f"/rights/{visitor.world.persons['japan']}"

    may, every, on_round = (
        await visitor.read(path),
        await visitor.read(f"{path}?view=all"),
        await visitor.read(f"{path}?object={round_id}"),
    )
    hidden = await visitor.read(f"{path}?object=RND_00000000000000000000000000")

    assert "Submit comment" in may
    assert "Admit party" not in may
    assert "Admit party" in every
    assert "Sees it" in on_round
    assert "Extend round" in on_round
    assert "There is no such object" in hidden


async def test_an_audience_says_who_sees_an_object_and_why(desk) -> None:
    visitor = await desk("secretariat")
    round_id = await open_round(visitor.world)
    await draft(visitor.world, "canada", round_id)

    said = await visitor.read(f"/audience/{round_id}")

    assert "7 persons see it today" in said
    assert "Delegate japan-assistant" in said


async def test_rights_and_audiences_are_hidden_from_delegates(desk) -> None:
    visitor = await desk("japan")
    round_id = await open_round(visitor.world)

    for path in (f"/rights/{visitor.world.persons['japan']}", f"/audience/{round_id}", "/audience/nothing"):
        answer = await visitor.get(path)
        assert answer.status_code == 404, path
        assert "Nothing here" in words_of(answer)
