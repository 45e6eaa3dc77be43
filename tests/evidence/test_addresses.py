"""What is handed out: at public addresses, as files, through the API, and what hides there."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient, Response

from server.vocabulary.rounds import RoundVisibility
from tests.factories.api import Api
from tests.factories.evidence import ask_for_head, save_text, sign
from tests.factories.refusing import Watched
from tests.factories.rounds import CLOSES, open_round, rows_of, submit
from tests.factories.verifier import VERIFICATION, verifier, verify_by_python


class Visitor:
    """Asks for addresses, without or with a token."""

    def __init__(self, api: Api, client: AsyncClient) -> None:
        self.api = api
        self._client = client

    async def get(self, address: str, who: str | None = None) -> Response:
        """Return the answer to a person by key, None for nobody."""
        headers = {"authorization": f"Bearer {await self.api.token(who)}"} if who else {}
        return await self._client.get(address, headers=headers)


@pytest.fixture
async def visitor(api: Api) -> AsyncIterator[Visitor]:
    """Give somebody who asks the server of the world for addresses."""
    async with AsyncClient(transport=Watched(app=api.app), base_url="http://127.0.0.1:8000") as client:
        yield Visitor(api, client)


async def test_heads_and_keys_are_public_and_verify(visitor: Visitor) -> None:
    world = visitor.api.world
    await sign(world)
    await open_round(world)
    world.clock.now = CLOSES
    await sign(world)

    heads, keys = (await visitor.get("/journal/heads")).json(), (await visitor.get("/journal/keys")).json()

    statements = [verifier.Keys(keys["keys"]).open(head["signature"], verifier.HEAD) for head in heads["heads"]]
    assert [statement["occasion"] for statement in statements] == ["ROUND_CLOSED", "KEY_ADDED"]
    assert [head["number"] for head in (await visitor.get("/journal/heads?before=2")).json()["heads"]] == [1]
    assert set(keys["keys"][0]) == {"kty", "crv", "x", "kid", "use", "alg", "added_at", "endorsement"}


@pytest.mark.parametrize("before", ["x", "-1", "1" * 30, "", "²"])
async def test_address_of_heads_takes_any_words(visitor: Visitor, before: str) -> None:
    await sign(visitor.api.world)

    assert (await visitor.get(f"/journal/heads?before={before}")).status_code == 200


async def test_while_a_round_is_sealed_addresses_and_api_answer_the_same_whatever_is_filed(visitor: Visitor) -> None:
    world = visitor.api.world
    await sign(world)
    world.clock.move(minutes=1)
    sealed = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    own = await submit(world, "japan", sealed)

    async def everything_shown() -> list[Any]:
        addresses = ("/journal/keys", "/journal/consistency?first=1&second=2", f"/files/receipts/{own}.json")
        shown: list[Any] = [(await visitor.get(each, "japan")).json() for each in addresses]
        shown.append([head for head in (await visitor.get("/journal/heads")).json()["heads"] if head["signature"]])
        shown.append(await visitor.api.ask("japan", "JournalHeads"))
        return [*shown, await visitor.api.ask("japan", "FilingReceipt", subjectId=own)]

    await ask_for_head(world)
    before = await everything_shown()
    await submit(world, "upu", sealed)
    world.clock.move(minutes=1)
    await ask_for_head(world)
    after = await everything_shown()

    assert after == before
    heads = (await visitor.api.ask("secretariat", "JournalHeads"))["journalHeads"]["nodes"]
    assert [head["size"] for head in heads] == [0, 2, 3]


async def test_receipt_is_a_file_for_its_party_that_verifies(visitor: Visitor, tmp_path: Path) -> None:
    world = visitor.api.world
    await sign(world)
    comment = await submit(world, "japan", await open_round(world))
    await ask_for_head(world)

    answer = await visitor.get(f"/files/receipts/{comment}.json", "japan")

    save_text(tmp_path / "receipt.json", answer.text)
    assert verify_by_python(tmp_path / "receipt.json").holds
    assert answer.headers["content-disposition"] == f'attachment; filename="{comment}.json"'
    assert answer.headers["cache-control"] == "no-store"


async def test_receipt_of_others_answers_like_one_that_does_not_exist(visitor: Visitor) -> None:
    world = visitor.api.world
    await sign(world)
    comment = await submit(world, "japan", await open_round(world))
    missing = "CMT_" + "0" * 26

    answers = [
        await visitor.get(f"/files/receipts/{each}.json", who)
        for who in ("china", "canada", None)
        for each in (comment, missing, "x", "..%2f..%2fsecret")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers if answer.headers["content-type"] == "application/json"}) == 1


async def test_credential_that_is_not_valid_is_said(visitor: Visitor) -> None:
    answer = await visitor._client.get("/files/receipts/x.json", headers={"authorization": "Bearer nonsense"})

    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHENTICATED")


async def test_receipt_and_heads_through_the_api(visitor: Visitor, tmp_path: Path) -> None:
    api, world = visitor.api, visitor.api.world
    await sign(world)
    comment = await submit(world, "japan", await open_round(world))
    for _ in range(2):
        world.clock.move(minutes=1)
        await ask_for_head(world)
    heads = (await api.ask("japan", "JournalHeads", filter={"occasion": "COMMAND"}))["journalHeads"]["nodes"]

    receipt = (await api.ask("japan", "FilingReceipt", subjectId=comment, headId=heads[1]["id"]))["filingReceipt"]
    proof = await api.ask("china", "JournalConsistency", firstId=heads[0]["id"], secondId=heads[1]["id"])
    back = await api.ask("china", "JournalConsistency", firstId=heads[1]["id"], secondId="HED_" + "0" * 26)

    keys = (await visitor.get("/journal/keys")).json()["keys"]
    evidence = {
        **{"kind": "receipt", "receipt": receipt["signature"], "content": receipt["content"], "keys": keys},
        **{"entry": receipt["proof"]["entry"], "path": receipt["proof"]["path"]},
        "head": receipt["proof"]["head"]["signature"],
    }
    save_text(tmp_path / "receipt.json", json.dumps(evidence))
    assert verify_by_python(tmp_path / "receipt.json", head=heads[1]["digest"]).holds
    between = proof["journalConsistency"]
    evidence = {
        **{"kind": "consistency", "first": between["first"]["signature"], "path": between["path"], "keys": keys},
        "second": between["second"]["signature"],
    }
    save_text(tmp_path / "consistency.json", json.dumps(evidence))
    assert verify_by_python(tmp_path / "consistency.json").holds
    assert back == {"journalConsistency": None}
    assert await api.ask("china", "FilingReceipt", subjectId=comment) == {"filingReceipt": None}
    assert (await api.ask(None, "JournalHeads"))["journalHeads"]["nodes"] == []


async def test_consistency_is_a_public_file(visitor: Visitor, tmp_path: Path) -> None:
    world = visitor.api.world
    await open_round(world)
    await ask_for_head(world)
    world.clock.now += timedelta(minutes=1)
    await open_round(world)
    await ask_for_head(world)

    answer = await visitor.get("/journal/consistency?first=1&second=3")
    missing = await visitor.get("/journal/consistency?first=1&second=9")

    save_text(tmp_path / "consistency.json", answer.text)
    assert verify_by_python(tmp_path / "consistency.json").holds
    assert missing.status_code == 404
    assert len(await rows_of(world, "signed_heads")) == 3


@pytest.mark.parametrize("name", ["README.md", "verify.py", "verify.html"])
async def test_verifier_is_sent_to_be_kept(visitor: Visitor, name: str) -> None:
    answer = await visitor.get(f"/journal/verification/{name}")

    assert answer.content == (VERIFICATION / name).read_bytes()
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert (await visitor.get("/journal/verification/vectors.json")).status_code == 404
