"""Receipts: a promise at once, a proof after the close, the same for ever, for the party and the Secretariat only."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.domain.evidence.queries.receipts import FILING
from server.domain.rounds.actions import filing
from server.vocabulary.rounds import RoundVisibility
from tests.factories.evidence import ask_for_head, receipt_file, receipt_of, rotate, sign
from tests.factories.filled import statements
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit
from tests.factories.verifier import verifier, verify_by_node, verify_by_python
from tests.factories.world import World

SEALED = {"visibility": RoundVisibility.AFTER_CLOSE}


async def test_receipt_of_a_sealed_round_is_a_promise_first_and_a_proof_after_the_close(
    world: World, tmp_path: Path
) -> None:
    await sign(world)
    world.clock.move(minutes=1)
    comment = await submit(world, "japan", await open_round(world, **SEALED))
    await ask_for_head(world)

    early = await receipt_file(world, "japan", comment, tmp_path / "early.json")
    world.clock.now = CLOSES
    await sign(world)
    late = await receipt_file(world, "japan", comment, tmp_path / "late.json")

    assert (early["entry"], early["path"], early["head"]) == (None, None, None)
    assert (late["receipt"], late["content"]) == (early["receipt"], early["content"])
    results = [verify_by_python(tmp_path / name) for name in ("early.json", "late.json")]
    assert [result.holds for result in results] == [True, True]
    assert "only promised so far" in results[0].lines[2]
    assert "it is entry 2 of the journal: head 2 of 2 entries" in results[1].lines[2]


@pytest.mark.parametrize(
    ("who", "is_shown"),
    [
        ("japan", True),
        ("japan-assistant", True),
        ("secretariat", True),
        ("canada", False),
        ("upu", False),
        (None, False),
    ],
)
async def test_receipt_is_for_the_party_that_filed_and_the_secretariat(
    world: World, who: str | None, is_shown: bool
) -> None:
    await sign(world)
    comment = await submit(world, "japan", await open_round(world))

    assert (await receipt_of(world, who, comment) is not None) == is_shown


async def test_draft_and_what_does_not_exist_have_no_receipt(world: World) -> None:
    await sign(world)
    unfiled = await draft(world, "japan", await open_round(world))

    assert [await receipt_of(world, "japan", each) for each in (unfiled, "CMT_" + "0" * 26, "x")] == [None] * 3


async def test_cleared_draft_is_proven_by_its_clearing(world: World, tmp_path: Path) -> None:
    await sign(world)
    comment = await draft(world, "japan-assistant", await open_round(world))
    await world.do("japan", filing.clear_comment, comment_id=comment, expected_revision=1)
    await ask_for_head(world)

    document = await receipt_file(world, "japan", comment, tmp_path / "receipt.json")

    assert json.loads(document["entry"])["act"] == "comment.cleared"
    assert verify_by_python(tmp_path / "receipt.json").holds


async def test_receipt_is_the_same_for_ever(world: World, tmp_path: Path) -> None:
    await sign(world)
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    await ask_for_head(world)
    before = await receipt_file(world, "japan", comment, tmp_path / "receipt.json")

    await world.do("japan", filing.withdraw_comment, comment_id=comment, expected_revision=1)
    world.clock.move(days=30)
    await submit_more(world)
    await sign(world)
    await ask_for_head(world)

    assert await receipt_file(world, "japan", comment, tmp_path / "again.json") == before


async def submit_more(world: World) -> None:
    """File comments of several parties in another round."""
    round_id = await open_round(world, closes_at=world.clock.now + timedelta(days=7))
    for who in ("upu", "gea", "china"):
        await submit(world, who, round_id)


async def test_receipt_after_a_rotation_holds_by_the_key_that_was_known_before(world: World, tmp_path: Path) -> None:
    await sign(world)
    (known,) = (row["kid"] for row in await rows_of(world, "journal_keys"))
    comment = await submit(world, "japan", await open_round(world))
    world.clock.move(minutes=1)
    await rotate(world)

    document = await receipt_file(world, "japan", comment, tmp_path / "receipt.json")

    newest = document["keys"][-1]["kid"]
    assert [verify_by_python(tmp_path / "receipt.json", key=key).holds for key in (known, newest, "x")] == [
        True,
        True,
        False,
    ]


async def test_receipt_must_hold_the_head_of_the_letter_that_is_known(world: World, tmp_path: Path) -> None:
    await sign(world)
    comment = await submit(world, "japan", await open_round(world))
    world.clock.now = CLOSES
    await sign(world)
    await receipt_file(world, "japan", comment, tmp_path / "receipt.json")
    letters = [letter["text"] for letter in await rows_of(world, "letters")]

    digest = letters[0].partition("Digest")[2].split()[0]

    assert verify_by_python(tmp_path / "receipt.json", head=digest).holds
    assert (
        verify_by_python(tmp_path / "receipt.json", head="ab" * 32)
        .lines[0]
        .endswith("it does not hold the head that you know")
    )


async def test_receipt_takes_the_same_number_of_statements_in_a_short_and_a_long_journal(world: World) -> None:
    await sign(world)
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    counts = []
    for more in (0, 20):
        for _ in range(more):
            await submit(world, "upu", round_id)
        world.clock.move(minutes=1)
        await ask_for_head(world)
        newest = max(await rows_of(world, "signed_heads"), key=lambda head: head["number"])
        with statements(world.database) as seen:
            receipt = await receipt_of(world, "japan", comment, newest["id"])
        assert receipt is not None
        assert receipt.proof is not None
        counts.append(len(seen))

    assert counts[0] == counts[1]


async def test_receipt_against_a_head_that_is_named(world: World) -> None:
    await sign(world)
    comment = await submit(world, "japan", await open_round(world))
    for _ in range(2):
        world.clock.move(minutes=1)
        await ask_for_head(world)
    heads = sorted(await rows_of(world, "signed_heads"), key=lambda head: head["number"])

    receipts = [await receipt_of(world, "japan", comment, head["id"]) for head in heads]

    proofs = [receipt.proof for receipt in receipts if receipt]
    assert [proof and proof.head.number for proof in proofs] == [None, 2, 3]


def test_verifier_knows_every_act_by_which_something_is_filed() -> None:
    assert set(FILING) == verifier.FILING


def bend_header(document: dict[str, Any]) -> dict[str, Any]:
    """Return a receipt whose header asks for something that no verifier does."""
    header, *rest = document["receipt"].split(".")
    members = json.loads(verifier.from_base64url(header)) | {"crit": ["exp"]}
    bent = urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()
    return {**document, "receipt": ".".join([bent, *rest])}


SPELLINGS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "a member twice": lambda document: json.dumps(document).replace("{", '{"content": "", ', 1).encode(),
    "UTF-16": lambda document: json.dumps(document).encode("utf-16"),
    "a byte order mark": lambda document: json.dumps(document).encode("utf-8-sig"),
    "hashes in capitals": lambda document: json.dumps(
        {**document, "path": [each.upper() + " " for each in document["path"]]}
    ).encode(),
    "a header with more in it": lambda document: json.dumps(bend_header(document)).encode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_receipt_that_programs_read_differently_holds_for_neither(
    world: World, tmp_path: Path, spelling: str
) -> None:
    await sign(world)
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    await submit(world, "upu", round_id)
    await ask_for_head(world)
    file = tmp_path / "receipt.json"
    document = await receipt_file(world, "japan", comment, file)
    assert verify_by_python(file).holds
    assert document["path"]

    file.write_bytes(SPELLINGS[spelling](document))

    assert not verify_by_python(file).holds
    assert [result.holds for result in verify_by_node(tmp_path, [(file, {})])] == [False]
