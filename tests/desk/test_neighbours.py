"""What meets a proposal, by its page: class in words, both redlines, the order; and invitations by their forms."""

import re
from typing import Any

import pytest

from server.vocabulary.neighbours import NeighbourInvitationKind
from tests.desk.desks import form_of
from tests.desk.phrases import read
from tests.factories import proposals as make
from tests.factories.rounds import rows_of
from tests.neighbours.test_actions import invite, two
from tests.neighbours.test_api import FIRM, SOFT, draft, registered, rewording
from tests.neighbours.test_dossiers import earlier

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'


async def test_a_proponent_reads_what_meets_and_in_which_order_it_is_taken(desk: Any) -> None:
    canada = await desk("canada")
    own, _ = await two(canada.world)

    words = await read(canada, f"/proposals/{own}/neighbours")

    assert "Conflicts" in words
    assert "The two cannot stand together." in words
    assert "They meet at “should”." in words
    assert "Amendment 1 of Japan" in words
    assert (
        words.index("Invite Japan")
        < words.index("In which order they would be taken")
        < words.index("2 words struck or added")
    )
    assert "Neighbours" in await read(canada, f"/proposals/{own}")


async def test_nothing_hidden_is_shown_or_counted(desk: Any) -> None:
    canada = await desk("canada")
    world = canada.world
    cycle_id = await make.open_cycle(world)
    own = await draft(world, "canada", cycle_id, rewording(world))
    before = await read(canada, f"/proposals/{own}/neighbours")
    await draft(world, "china", cycle_id, rewording(world, SOFT))
    await make.submitted(world, cycle_id=cycle_id, amendments=(rewording(world, f"{FIRM} Always."),))
    after = await read(canada, f"/proposals/{own}/neighbours")
    await registered(world, cycle_id, rewording(world, SOFT))
    shown = await read(canada, f"/proposals/{own}/neighbours")

    assert "Nothing meets it so far." in before
    assert after == before
    assert "What meets (1)" in shown
    assert (await (await desk("upu")).get(f"/proposals/{own}/neighbours")).status_code == 404


async def test_proponents_invite_and_answer_by_forms(desk: Any) -> None:
    canada, japan, china = await desk("canada"), await desk("japan"), await desk("china")
    own, other = await two(canada.world)
    page = f"/proposals/{own}/neighbours"
    form = form_of(await canada.get(page), "inviteNeighbour")

    sent = await canada.send(page, form, kind="MERGE", message=f"Shall we? {SHARP}")

    (row,) = await rows_of(canada.world, "neighbour_invitations")
    on = f"/neighbour-invitations/{row['id']}"
    assert sent.headers["location"].startswith(on)
    assert (row["neighbour_id"], row["kind"]) == (other, "MERGE")
    asked = await japan.get(on)
    assert "<script>alert" not in asked.text
    assert "Canada invites Japan" in await read(japan, f"/proposals/{other}/neighbours")
    assert 'value="acceptNeighbourInvitation"' not in (await canada.get(on)).text
    assert (await china.get(on)).status_code == 404
    await japan.send(on, form_of(asked, "acceptNeighbourInvitation"), reply="Gladly.")
    assert "Gladly." in await read(canada, on)
    assert [row["status"] for row in await rows_of(canada.world, "neighbour_invitations")] == ["ACCEPTED"]


async def test_the_invited_party_finds_the_invitation_in_what_waits_and_declines(desk: Any) -> None:
    japan = await desk("japan")
    own, other = await two(japan.world)
    on = await invite(japan.world, own, other, kind=NeighbourInvitationKind.CO_SPONSOR)

    todo = "Answer for Japan the invitation about “Own”"
    waiting = await japan.get("/")
    assert f'href="/neighbour-invitations/{on}"' in waiting.text
    assert todo in await read(japan, "/")
    page = f"/neighbour-invitations/{on}"
    await japan.send(page, form_of(await japan.get(page), "declineNeighbourInvitation"))

    assert [row["status"] for row in await rows_of(japan.world, "neighbour_invitations")] == ["DECLINED"]
    assert todo not in await read(japan, "/")


async def test_a_drafter_reads_what_was_asked_before_and_why_not(desk: Any) -> None:
    canada = await desk("canada")
    own, _ = await two(canada.world)
    await earlier(canada.world, "", FIRM, f"Before {SHARP}")

    page = await canada.get(f"/proposals/{own}/precedents")
    words = await read(canada, f"/proposals/{own}/precedents")

    assert "<script>alert" not in page.text
    assert "Asked before (1)" in words
    assert "Not agreed" in words
    assert "100 % of its changed words are those of amendment 1" in words
    assert "[deleted: should ] [inserted: shall ]" in words
    assert "Reason: Heard." in words
    for path in (f"/proposals/{own}", f"/proposals/{own}/neighbours"):
        assert (await canada.get(path)).status_code == 200
    assert f'href="/proposals/{own}/precedents"' in (await canada.get(f"/proposals/{own}")).text
    assert (await (await desk("upu")).get("/proposals/PRP_none/precedents")).status_code == 404


async def test_the_dossier_shows_what_is_asked_now_and_was_before(desk: Any) -> None:
    canada = await desk("canada")
    await two(canada.world)
    await earlier(canada.world, "", SOFT, "Before")

    words = await read(canada, f"/provisions/{canada.world.provisions[1]}")
    elsewhere = await read(canada, f"/provisions/{canada.world.provisions[3]}")

    assert (
        words.index("Asked for now (2) The one")
        < words.index("2 words struck or added")
        < words.index("What they are to each other")
    )
    pair = "Proposal 1 of Canada (amendment 1) and Proposal 2 of Japan (amendment 1) Conflicts They meet at “should”."
    assert pair in words
    assert "100 % of its changed words are those of a pending amendment" in words
    assert "Nothing is pending on it, as far as you see." in elsewhere
    assert "Nobody asked for anything there before, as far as you see." in elsewhere


async def test_an_invitation_sent_twice_is_one_and_a_hidden_neighbour_is_like_none(desk: Any) -> None:
    canada = await desk("canada")
    world = canada.world
    own, _ = await two(world)
    hidden = await draft(world, "china", await make.open_cycle(world), rewording(world, SOFT))
    page = f"/proposals/{own}/neighbours"
    form = form_of(await canada.get(page), "inviteNeighbour")

    refused = [await canada.send(page, form, neighbourId=each) for each in (hidden, f"PRP_{'0' * 26}")]
    sent = [await canada.send(page, form, idempotencyKey="once") for _ in range(2)]

    assert [answer.status_code for answer in refused] == [422, 422]
    assert len({_without_keys(answer) for answer in refused}) == 1
    assert [answer.status_code for answer in sent] == [303, 303]
    assert sent[0].headers["location"] == sent[1].headers["location"]
    assert len(await rows_of(world, "neighbour_invitations")) == 1


async def test_a_message_that_is_too_long_is_kept_and_is_only_words(desk: Any) -> None:
    canada = await desk("canada")
    own, _ = await two(canada.world)
    page = f"/proposals/{own}/neighbours"
    message = f"{SHARP}\u202edlrow{'x' * 50_000}"

    refused = await canada.send(page, form_of(await canada.get(page), "inviteNeighbour"), message=message)

    assert refused.status_code == 422
    assert form_of(refused, "inviteNeighbour").fields["message"] == message
    assert "<script>alert" not in refused.text
    assert await rows_of(canada.world, "neighbour_invitations") == []


def _without_keys(answer: Any) -> str:
    """Return a page without what is new in each form."""
    return re.sub(r'name="(idempotencyKey|neighbourId)" value="[^"]*"', "", answer.text)
