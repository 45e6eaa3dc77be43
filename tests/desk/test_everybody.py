"""Search, the own profile and help: pages for everybody who is signed in."""

from datetime import date

import pytest
from sqlalchemy import select

from server.models.bodies import Sitting
from server.models.parties import Delegate, Person
from server.web.desk.everybody.search import asked_for
from tests.desk.desks import form_of, forms_of
from tests.factories.rounds import draft, open_round, submit
from tests.pages.browser import words_of

MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("customs", ([], [], "", [])),
        ("PC0618Ea", ([618], ["PC"], "", [])),
        ("17", ([17], [], "", [])),
        ("Japan-3", ([], [], "Japan", [3])),
        ("Japan R1-3", ([], [], "Japan R1", [3])),
        ("E-Commerce", ([], [], "", [])),
        ("Korea (Rep.) - 12", ([], [], "Korea (Rep.)", [12])),
    ],
)
def test_a_search_knows_numbers_and_references(words, asked) -> None:
    variables = asked_for(words)

    names = ("numbers", "series", "commentParty", "commentNumbers")
    assert tuple(variables[name] for name in names) == asked
    assert variables["words"] == words
    assert variables["citations"] == ([words] if variables["commentNumbers"] else [])


@pytest.mark.database
async def test_a_search_finds_by_title_name_and_reference_what_the_visitor_sees(desk) -> None:
    visitor = await desk("japan")
    round_id = await open_round(visitor.world, title=f"Parcels {MARKUP}")
    await submit(visitor.world, "upu", round_id)
    await draft(visitor.world, "canada", round_id)

    rounds, comment = await visitor.get("/search?q=PARCELS"), await visitor.read("/search?q=upu-1")
    cited, another = await visitor.read("/search?q=UPU+R1-1"), await visitor.read("/search?q=UPU+R2-1")
    hidden, people = await visitor.read("/search?q=Canada R1-1"), await visitor.read("/search?q=delegate+can")
    texts, nothing = await visitor.read("/search?q=FoS"), await visitor.read("/search?q=xyzzy")

    assert MARKUP in words_of(rounds)
    assert MARKUP not in rounds.text
    assert "UPU R1-1" in comment
    assert "UPU R1-1" in cited.partition(" Search ")[2], cited
    assert "Nothing that you may see" in another
    assert "Nothing that you may see" in hidden
    assert "Delegate canada" in people
    assert "Framework of Standards on Cross-Border E-Commerce" in texts
    assert "Nothing that you may see" in nothing


@pytest.mark.parametrize(
    ("words", "body", "numbers"),
    [("235", "", [235]), ("TC 235", "TC", [235]), ("TC 235/236", "TC", [235]), ("customs", "", []), ("TC", "", [])],
)
def test_a_search_knows_the_numbers_of_sittings(words: str, body: str, numbers: list[int]) -> None:
    variables = asked_for(words)

    assert (variables["sittingBody"], variables["sittingNumbers"]) == (body, numbers)


@pytest.mark.database
async def test_a_search_finds_a_version_by_its_label_and_a_sitting_by_its_number(desk, world) -> None:
    row = {"first_number": 235, "second_number": 236, "starts_on": date(2018, 10, 1), "ends_on": date(2018, 10, 5)}
    sitting = Sitting(body_id=world.bodies["group"], place="Brussels", **row)
    await world.add(sitting)
    visitor = await desk("japan")

    version, hidden = await visitor.get("/search?q=draft+1"), await visitor.read("/search?q=draft+99")
    first, second = await visitor.get("/search?q=235"), await visitor.get("/search?q=WGEC-2+236")

    assert f'<a href="/texts/{world.version}">Draft 1</a>' in version.text
    assert "Nothing that you may see" in hidden
    assert f'href="/sittings/{sitting.id}"' in first.text
    assert f'href="/sittings/{sitting.id}"' in second.text
    assert "Nothing that you may see" in await visitor.read("/search?q=Other+235")


@pytest.mark.database
async def test_what_is_searched_for_is_escaped(desk) -> None:
    visitor = await desk("japan")

    page = await visitor.get(
        "/search",
    )
    found = await visitor.get(f"/search?q={MARKUP}")

    assert "Words or number" in words_of(page)
    assert MARKUP not in found.text


@pytest.mark.database
async def test_a_profile_is_corrected_and_a_second_tab_is_shown_what_stands(desk) -> None:
    visitor = await desk("japan")
    form = form_of(await visitor.get("/profile"), "correctProfile")

    refused = await visitor.send("/profile", form, zone="Mars/Olympus")
    done = await visitor.send("/profile", form, zone="Asia/Tokyo", notices="NONE")
    stale = await visitor.send("/profile", form, zone="Europe/Paris", notices="NONE", idempotencyKey="another")

    assert refused.status_code == 422
    assert 'id="profile-zone-fault"' in refused.text or "Mars/Olympus" in words_of(refused)
    assert done.headers["location"] == "/profile?done=correctProfile"
    assert stale.status_code == 422
    for zone in ("Europe/Brussels", "Asia/Tokyo", "Europe/Paris"):
        assert f'dir="auto">{zone}</td>' in stale.text or f"<strong>{zone}</strong>" in stale.text
    async with visitor.world.database.studying() as session:
        person = await session.get(Person, visitor.world.persons["japan"])
    assert (person.zone, person.notices.value) == ("Asia/Tokyo", "NONE")


@pytest.mark.database
async def test_somebody_who_is_accredited_for_nobody_reads_a_reason(desk) -> None:
    visitor = await desk("gea")
    async with visitor.world.database.writing() as session:
        seat = await session.scalar(select(Delegate).where(Delegate.id == visitor.world.delegates["gea"]))
        seat.ended_at = visitor.world.clock.now

    profile, found = await visitor.get("/profile"), await visitor.read("/search?q=japan")

    assert profile.status_code == 200
    assert forms_of(profile) == []
    assert "Nothing that you may see" in found


@pytest.mark.database
@pytest.mark.parametrize(
    ("who", "says"), [("japan", "As a focal point"), ("secretariat", "As an officer of the Secretariat")]
)
async def test_help_speaks_to_the_role(desk, who, says) -> None:
    visitor = await desk(who)

    said = await visitor.read("/help")

    assert says in said
    assert "Known limits" in said
