"""To whom evidence packs are handed, as files and as the API says."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from httpx2 import AsyncClient, Response

from server.domain.proposals.actions import drafting
from server.domain.rounds.actions import calling
from server.vocabulary.parties import Capacity
from server.vocabulary.rounds import RoundVisibility
from tests.factories import proposals
from tests.factories.api import Api
from tests.factories.evidence import ask_for_head, sign
from tests.factories.refusing import Watched
from tests.factories.rounds import CLOSES, draft, open_round, submit
from tests.factories.verifier import verify_by_python
from tests.factories.world import World

SEALED = {"visibility": RoundVisibility.AFTER_CLOSE}
ASKED = ("japan", "canada", "gea", "japan-assistant")


class Taker:
    """Asks for packs, as files and through the API."""

    def __init__(self, api: Api, client: AsyncClient) -> None:
        self.api = api
        self.world: World = api.world
        self._client = client

    async def take(self, who: str | None, subject_id: str) -> Response:
        """Return the answer to a person who asks for a pack; None for nobody."""
        headers = {"authorization": f"Bearer {await self.api.token(who)}"} if who else {}
        return await self._client.get(f"/files/packs/{subject_id}.zip", headers=headers)

    async def ask(self, who: str | None, subject_id: str) -> Any:
        """Return what the API says of a pack."""
        return (await self.api.ask(who, "EvidencePack", subjectId=subject_id))["evidencePack"]


@pytest.fixture
async def taker(api: Api) -> AsyncIterator[Taker]:
    """Give somebody who asks the server of the world for packs."""
    async with AsyncClient(transport=Watched(app=api.app), base_url="http://127.0.0.1:8000") as client:
        yield Taker(api, client)


async def closed_round(world: World, **changed: Any) -> str:
    """Return a round with two comments and a draft that has closed, under a signed head."""
    await sign(world)
    world.clock.move(minutes=1)
    round_id = await open_round(world, **changed)
    for who in ("japan", "upu"):
        await submit(world, who, round_id)
    await draft(world, "china", round_id, text="A secret draft.")
    world.clock.now = CLOSES
    await sign(world)
    return round_id


@pytest.mark.parametrize("changed", [{}, SEALED], ids=["open", "sealed"])
async def test_secretariat_takes_the_pack_of_a_closed_round_and_it_verifies_alone(
    taker: Taker, tmp_path: Path, changed: dict[str, Any]
) -> None:
    round_id = await closed_round(taker.world, **changed)

    response, offer = await taker.take("secretariat", round_id), await taker.ask("secretariat", round_id)

    assert offer == {
        "subject": {"id": round_id},
        "address": f"/files/packs/{round_id}.zip",
        "isAvailable": True,
        **dict.fromkeys(("code", "reason", "unlocksAt")),
    }
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["cache-control"] == "no-store"
    assert int(response.headers["content-length"]) == len(response.content)
    file = tmp_path / "pack.zip"
    file.write_bytes(response.content)
    result = verify_by_python(file)
    assert result.holds, result
    assert "2 filings" in result.lines[2]
    with ZipFile(file) as pack:
        assert b"secret" not in b"".join(pack.read(name) for name in pack.namelist())


@pytest.mark.parametrize("who", ASKED)
async def test_pack_is_refused_to_those_who_do_not_see_every_entry(taker: Taker, who: str) -> None:
    round_id = await closed_round(taker.world)

    response, offer = await taker.take(who, round_id), await taker.ask(who, round_id)

    assert response.status_code == 403
    assert response.json()["code"] == offer["code"] == "FORBIDDEN"
    assert response.json()["error"] == offer["reason"]
    assert offer["reason"].endswith("you do not see all of them.")


@pytest.mark.parametrize("visibility", [RoundVisibility.AFTER_CLOSE, RoundVisibility.SECRETARIAT_AND_COORDINATORS])
@pytest.mark.parametrize("who", ["secretariat", "japan", "canada"])
async def test_before_the_close_of_a_sealed_round_the_answer_is_the_same_whatever_is_filed(
    taker: Taker, who: str, visibility: RoundVisibility
) -> None:
    await sign(taker.world)
    taker.world.clock.move(minutes=1)
    round_id = await open_round(taker.world, visibility=visibility)
    before = (await taker.take(who, round_id)).json(), await taker.ask(who, round_id)
    await submit(taker.world, "upu", round_id)

    response = await taker.take(who, round_id)

    assert (response.json(), await taker.ask(who, round_id)) == before
    assert (response.status_code, response.json()["code"]) == (409, "ROUND_NOT_OPEN")
    assert before[1]["unlocksAt"] == CLOSES.isoformat().replace("+00:00", "Z")


async def test_pack_of_a_sealed_round_that_was_called_off_never_comes(taker: Taker) -> None:
    round_id = await open_round(taker.world, **SEALED)
    await submit(taker.world, "upu", round_id)
    await taker.world.do(
        "secretariat", calling.cancel_round, round_id=round_id, reason="The draft is withdrawn.", expected_revision=1
    )
    taker.world.clock.now = CLOSES + timedelta(days=1)

    response = await taker.take("secretariat", round_id)

    assert (response.status_code, response.json()["code"], response.json()["unlocksAt"]) == (
        409,
        "ROUND_NOT_OPEN",
        None,
    )


async def test_pack_waits_for_a_head_that_covers_it(taker: Taker) -> None:
    round_id = await open_round(taker.world)

    response = await taker.take("secretariat", round_id)

    assert (response.status_code, response.json()["code"]) == (409, "WRONG_STATE")


async def test_pack_of_a_proposal_is_for_its_party_while_only_it_has_acted(taker: Taker, tmp_path: Path) -> None:
    world = taker.world
    await sign(world)
    proposal = await proposals.draft(world)
    await proposals.act(world, "japan", drafting.submit_proposal, proposal)
    await ask_for_head(world)

    response = await taker.take("japan", proposal)

    file = tmp_path / "pack.zip"
    file.write_bytes(response.content)
    assert verify_by_python(file).holds
    assert (await taker.take("canada", proposal)).status_code in (403, 404)


@pytest.mark.parametrize("subject", ["RND_00000000000000000000000000", "CMT_x", "x", "..%2F..%2Fetc"])
async def test_pack_of_nothing_is_not_found(taker: Taker, subject: str) -> None:
    assert (await taker.take("secretariat", subject)).status_code == 404


async def test_pack_of_a_round_that_is_not_seen_is_as_of_none(taker: Taker) -> None:
    await sign(taker.world)
    round_id = await open_round(taker.world, audience=frozenset({Capacity.MEMBER}))
    await ask_for_head(taker.world)

    for who in (None, "gea"):
        hidden, nothing = [await taker.take(who, each) for each in (round_id, "RND_00000000000000000000000000")]
        assert (hidden.status_code, hidden.text) == (nothing.status_code, nothing.text)
    assert await taker.ask("gea", round_id) is None
    assert (await taker.take("secretariat", round_id)).status_code == 200
