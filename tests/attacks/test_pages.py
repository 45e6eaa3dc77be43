"""The pages of the desk against somebody who means harm, and against two tabs of one person."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, update

import server
from server.app import create_app
from server.kernel.ids import new_id
from server.models.parties import Delegate
from server.models.rounds import Comment
from server.schema.root import schema
from server.settings import Settings
from server.web.desk.inputs import input_of, input_type_of
from server.web.desk.routes import FORM_FIELDS
from server.web.desk.visits import ACTING_COOKIE
from server.web.look.languages import TAGS
from server.web.look.rendering import environment
from server.wording.folding import TURNING
from tests.desk.desks import Desk, form_of, forms_of
from tests.factories.refusing import Watched
from tests.factories.rounds import draft, open_round
from tests.factories.world import START, World
from tests.pages.browser import ORIGIN, SAME_ORIGIN, words_of

FORM = SAME_ORIGIN | {"content-type": "application/x-www-form-urlencoded"}
PART = b'--b\r\nContent-Disposition: form-data; name="_act"\r\n\r\nwords\r\n--b--\r\n'
TEMPLATES = Path(server.__path__[0], "web", "desk", "templates")


async def comments_of(world: World) -> list[str]:
    """Return the id of the party of each comment."""
    async with world.database.reading() as connection:
        return list((await connection.execute(select(Comment.party_id))).scalars())


@pytest.fixture
async def two_tabs(desk: Any, world: World) -> tuple[Desk, dict[str, str]]:
    """Return the browser of somebody who speaks for two parties, and the standing of each."""
    second = Delegate(person_id=world.persons["upu"], party_id=world.parties["japan"], starts_on=START)
    await world.add(second)
    return await desk("upu"), {"upu": world.delegates["upu"], "japan": second.id}


def speak_for(visitor: Desk, standing: str) -> None:
    """Choose a party, as another tab does."""
    visitor.client.cookies.set(ACTING_COOKIE, standing)


async def write_comment(visitor: Desk, world: World) -> Any:
    """Return the form of a comment on the whole text, filled in and not sent."""
    await open_round(world)
    form = forms_of(await visitor.get(f"/texts/{world.version}?on=general"))[-1]
    form.fields |= {"_act": "submitComment", "text": "We are <b>against</b> it."}
    return form


async def test_form_written_for_one_party_is_not_done_for_another(two_tabs: Any, world: World) -> None:
    visitor, standings = two_tabs
    speak_for(visitor, standings["upu"])
    form = await write_comment(visitor, world)
    path = f"/texts/{world.version}?on=general"

    speak_for(visitor, standings["japan"])
    kept = await visitor.send(path, form)

    assert kept.status_code == 409
    assert "<strong>Universal Postal Union</strong>. " in kept.text
    said = words_of(kept)
    assert "speaks for Japan Customs now. Nothing was done." in said
    assert await comments_of(world) == []
    choose, again = forms_of(kept)
    assert (choose.action, again.fields["text"]) == ("/acting-as", form.fields["text"])
    assert (await visitor.send(path, again)).status_code == 409
    speak_for(visitor, standings["upu"])
    assert (await visitor.send(path, again)).status_code == 303
    assert await comments_of(world) == [world.parties["upu"]]


async def test_form_of_an_ended_standing_is_not_done_for_the_party_that_is_left(two_tabs: Any, world: World) -> None:
    visitor, standings = two_tabs
    speak_for(visitor, standings["japan"])
    form = await write_comment(visitor, world)
    async with world.database.writing() as session:
        ended = update(Delegate).where(Delegate.id == standings["japan"])
        await session.execute(
            ended.values(ended_at=world.clock.now, ends_on=world.clock.now.date() - timedelta(days=1))
        )

    kept = await visitor.send(f"/texts/{world.version}?on=general", form)

    assert kept.status_code == 409
    assert "You no longer speak for the party for which this was written." in words_of(kept)
    assert "We are &lt;b&gt;against&lt;/b&gt; it." in kept.text
    assert forms_of(kept) == []
    assert await comments_of(world) == []


async def test_form_of_a_page_is_not_done_by_the_next_person_at_the_same_browser(desk, world: World) -> None:
    first, second = await desk("japan"), await desk("upu")
    form = await write_comment(first, world)

    kept = await second.send(f"/texts/{world.version}?on=general", form)

    assert kept.status_code == 409
    assert await comments_of(world) == []


def test_every_form_that_is_posted_says_for_whom_it_was_drawn() -> None:
    missing = []
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text()
        own = re.search(r"macro hidden\(.*?%}.*?act_fields.*?endmacro", source)
        once = "{% set drawn = drawn_for() %}" in source
        others = (r"|hidden\(" if own else "") + (r"|\{\{ drawn \}\}" if once else "")
        says = re.compile(r"act_fields\(|drawn_for\(|in pairs|/acting-as" + others)
        for form in re.finditer(r'<form[^>]*method="post"', source):
            if not says.search(source[form.start() :].partition("</form>")[0]):
                missing.append((template.name, source[form.start() : form.start() + 80]))
    assert missing == []


@pytest.mark.parametrize(
    "standing", ["", "日本", "a\r\nset-cookie: b=c", 'a"; path=/x', "\udcff", "D" * 5_000, "DEL_x"]
)
async def test_only_an_id_can_be_chosen_to_speak_as(desk, standing: str) -> None:
    visitor = await desk("japan")
    body = urlencode({"standing": standing, "continue": "/"}, errors="surrogatepass")

    answer = await visitor.client.post("/acting-as", content=body, headers=FORM)

    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "cookie", ["x" * 7_000, '"\\000\\012"', "%00", '"\\342\\200\\256"', "a b", "{standing} ", "' OR 1=1"]
)
async def test_cookie_of_a_choice_that_is_none_is_not_believed(desk, world: World, cookie: str) -> None:
    visitor = await desk("japan")
    session = "; ".join(f"{name}={value}" for name, value in visitor.client.cookies.items())
    chosen = cookie.replace("{standing}", world.delegates["secretariat"])

    answer = await visitor.get("/", cookie=f"{session}; {ACTING_COOKIE}={chosen}")

    assert answer.status_code == 200
    assert "For Japan" in words_of(answer)


@pytest.mark.parametrize(
    ("place", "leads_to"),
    [
        ("//evil.example", "/?done=correctProfile"),
        ("https://evil.example", "/?done=correctProfile"),
        ("/\\evil.example", "/?done=correctProfile"),
        ("/\t/evil.example", "/?done=correctProfile"),
        ("javascript:alert(1)", "/?done=correctProfile"),
        ("/a\r\nb: c", "/?done=correctProfile"),
        ("#a\r\nb: c", "/profile?done=correctProfile#a%0D%0Ab:%20c"),
        ("/texts?q=a", "/texts?q=a&done=correctProfile"),
    ],
)
async def test_place_after_an_act_is_on_this_site(desk, place: str, leads_to: str) -> None:
    visitor = await desk("japan")
    form = form_of(await visitor.get("/profile"), "correctProfile")

    answer = await visitor.send("/profile", form, _to=place, zone="Asia/Tokyo")

    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert "b" not in answer.headers


async def test_words_in_an_address_are_not_said_as_what_was_done(desk) -> None:
    visitor = await desk("japan")

    assert "hotline" not in await visitor.read("/profile?done=Call+the+hotline")
    assert "Your profile is as you want it." in await visitor.read("/profile?done=correctProfile")


def test_form_of_many_places_is_read_whole() -> None:
    pairs = [(f"amendments.{place}.kind", "ADD") for place in range(FORM_FIELDS)]
    pairs[0] = ("amendments.999999999999999999999.kind", "ADD")

    input_ = input_of(input_type_of(schema._schema, "draftProposal"), pairs, "Europe/Paris")

    assert len(input_["amendments"]) == FORM_FIELDS


@pytest.mark.parametrize(
    "name", ["amendments" + ".0" * 5_000, "." * 20_000, "amendments.", ".kind", "!", "amendments.!"]
)
def test_deep_and_broken_names_are_no_fault(name: str) -> None:
    input_of(input_type_of(schema._schema, "draftProposal"), [(name, "x"), ("title", "T")], "Europe/Paris")


@pytest.mark.parametrize("zone", ["Europe", "x" * 300, "../../etc/passwd", "/etc/passwd"])
def test_zone_that_is_none_leaves_the_instant_to_the_schema(zone: str) -> None:
    pairs = [("closesAt", "2026-12-08T17:00"), ("zone", zone)]
    assert input_of(input_type_of(schema._schema, "openRound"), pairs, "Europe/Paris")["closesAt"] == pairs[0][1]


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("multipart/form-data", PART),
        ("multipart/form-data; boundary=b", b"no part"),
        ("multipart/form-data; boundary=b; charset=unicode_escape", PART.replace(b"words", rb"\ud800")),
        ("multipart/form-data; boundary=b; charset=punycode", PART),
        ("multipart/form-data; boundary=b", PART * 3_000),
        ("multipart/form-data; boundary=b", PART.replace(b"words", b"\0")),
        ("text/plain", b"_act=importText"),
    ],
)
async def test_form_with_a_paper_that_cannot_be_read_is_turned_away(desk, type_: str, body: bytes) -> None:
    visitor = await desk("secretariat")

    answer = await visitor.client.post("/import/text", content=body, headers=SAME_ORIGIN | {"content-type": type_})

    assert answer.status_code == 400


async def test_field_that_the_page_does_not_show_gives_no_right(desk, world: World) -> None:
    visitor = await desk("upu")
    form = await write_comment(visitor, world)
    form.fields |= {"partyId": world.parties["japan"], "delegateId": world.delegates["japan"], "party": "Japan"}

    answer = await visitor.send(f"/texts/{world.version}", form)

    assert answer.status_code == 303
    assert await comments_of(world) == [world.parties["upu"]]


@pytest.mark.parametrize(
    "path",
    [
        "/journal?from=0001-01-01&to=9999-12-31",
        "/journal?after=x",
        "/search?q=%25_%25&after=x",
        "/proposals?after=%F0",
        "/texts?q=" + "%25" * 500,
    ],
)
async def test_filter_that_means_harm_is_no_fault(desk, path: str) -> None:
    visitor = await desk("secretariat")

    answer = await visitor.get(path)

    assert answer.status_code in {200, 400}


async def test_hidden_objects_look_like_those_that_do_not_exist(desk, world: World) -> None:
    drafted = await draft(world, "japan", await open_round(world))
    visitor = await desk("upu")

    hidden, missing = await visitor.get(f"/comments/{drafted}"), await visitor.get(f"/comments/{new_id('CMT')}")

    assert (hidden.status_code, hidden.text) == (404, missing.text)


@pytest.mark.parametrize("language", TAGS)
def test_value_in_a_sentence_is_escaped_and_turns_nothing_around(language: str) -> None:
    template = environment(language).from_string("{% trans party=name %}For <strong>{{ party }}</strong>{% endtrans %}")

    said = template.render(name="<i onload=x>\u202eeb ton \u2069llahs")

    assert "&lt;i onload=x&gt;" in said
    assert not set(said) & TURNING - {"\u2068", "\u2069"}
    assert "\u2068\u05d9\u05e4\u05df\u2069" in template.render(name="\u05d9\u05e4\u05df")


async def test_pages_read_and_act_in_production(world: World) -> None:
    app = create_app(Settings(issuer=ORIGIN, production=True, trusted_only=True), world.database, world.clock)
    visitor = await Desk.open(world, "japan")
    visitor.client._transport = Watched(app=app)

    page = await visitor.get("/profile")
    answer = await visitor.send("/profile", form_of(page, "correctProfile"), zone="Asia/Tokyo")

    assert (page.status_code, answer.headers["location"]) == (200, "/profile?done=correctProfile")
    assert {(await visitor.get(path)).status_code for path in ("/", "/texts", "/help")} == {200}
    assert (await visitor.get("/graphql")).status_code in {400, 405, 406}
    for private in ("cache-control", "vary", "content-security-policy", "strict-transport-security"):
        assert private in page.headers
