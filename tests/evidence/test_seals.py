"""What binds the server while a round is sealed: commitments, seals, and how everybody checks them at the close."""

import base64
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from server.domain.evidence.actions.sealing import publish_due_seals, sign_and_seal
from server.domain.evidence.queries.seals import find_opened, list_seals
from server.domain.evidence.rules import SEAL_EVERY, find_tick
from server.domain.rounds.actions import calling, filing
from server.journal.chain import sha256_of
from server.journal.keys import MANIFEST, find_signer, public_keys
from server.kernel.refusals import RefusalCode
from server.models.seals import FilingCommitment, Seal
from server.vocabulary.rounds import RoundVisibility
from tests.factories import calls
from tests.factories.evidence import ISSUER, pack_file, pack_of, receipt_file, save, save_text, sign
from tests.factories.rounds import CLOSES, code_of, draft, open_round, rows_of, submit
from tests.factories.verifier import VERIFICATION, verify_by_node, verify_by_python
from tests.factories.world import NOW, World

TICK = timedelta(microseconds=1)
SEALED = RoundVisibility.AFTER_CLOSE


async def seal(world: World) -> int:
    """Do what the server does every few seconds, and return how many seals were due."""
    await sign(world)
    return await publish_due_seals(world.database, world.clock, ISSUER)


async def sealed_story(world: World) -> tuple[str, list[str]]:
    """Seal a round in which Japan files in the first hour and China in the third, until it closes."""
    await sign(world)
    round_id = await open_round(world, visibility=SEALED)
    world.clock.move(minutes=5)
    comments = [await submit(world, "japan", round_id)]
    for hour in range(4):
        world.clock.move(hours=1)
        await seal(world)
        if hour == 1:
            comments.append(await submit(world, "china", round_id, text="Too narrow."))
    world.clock.now = CLOSES
    await seal(world)
    return round_id, comments


async def opened_document(world: World, who: str, sealed_in: str) -> dict[str, Any] | None:
    """Return what opens the seals, as a person downloads it."""
    async with world.database.studying() as session:
        opened = await find_opened(session, await world.actor(who), world.clock.now, sealed_in)
        keys = [key.as_data() for key in await public_keys(await session.connection())]
    return None if opened is None else {**opened, "keys": keys}


async def published_document(world: World, sealed_in: str) -> dict[str, Any]:
    """Return the seals of a round as everybody gets them."""
    async with world.database.reading() as connection:
        seals = await list_seals(connection, sealed_in, None)
        keys = [key.as_data() for key in await public_keys(connection)]
    return {
        "kind": "seals",
        "sealed_in": sealed_in,
        "seals": [{"statement": each.signature} for each in seals],
        "keys": keys,
    }


def write(file: Path, document: Any) -> Path:
    """Write a document to a file, and return the file."""
    save_text(file, json.dumps(document))
    return file


@pytest.mark.parametrize(
    ("after", "tick"),
    [
        (SEAL_EVERY - TICK, None),
        (SEAL_EVERY, NOW + SEAL_EVERY),
        (2 * SEAL_EVERY - TICK, NOW + SEAL_EVERY),
        (CLOSES - NOW - TICK, CLOSES - SEAL_EVERY),
        (CLOSES - NOW, CLOSES),
        (CLOSES - NOW + timedelta(days=9), CLOSES),
    ],
)
def test_tick_follows_from_the_calendar_alone(after: timedelta, tick: Any) -> None:
    assert find_tick(NOW, CLOSES, NOW + after) == tick


async def test_seals_are_published_each_hour_and_at_the_close_whatever_was_filed(world: World) -> None:
    await sign(world)
    empty, filled = await open_round(world, visibility=SEALED), await open_round(world, visibility=SEALED)
    await open_round(world)
    await submit(world, "japan", filled)

    counts = []
    for hours in (0, 1, 0, 1, 24):
        world.clock.move(hours=hours)
        counts.append(await seal(world))
    world.clock.now = CLOSES
    counts += [await seal(world), await seal(world)]

    assert counts == [0, 2, 0, 2, 2, 2, 0]
    first, second = await published_document(world, empty), await published_document(world, filled)
    assert len(first["seals"]) == len(second["seals"]) == 4


async def test_draft_has_no_commitment_and_a_cleared_one_has(world: World) -> None:
    round_id = await open_round(world, visibility=SEALED)
    comment_id = await draft(world, "japan", round_id)
    async with world.database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(FilingCommitment)) == 0

    await world.do("japan", filing.clear_comment, comment_id=comment_id, expected_revision=1)

    async with world.database.reading() as connection:
        assert [*await connection.scalars(select(FilingCommitment.filing_id))] == [comment_id]


async def test_filing_with_an_instant_that_is_sealed_already_is_refused(world: World) -> None:
    """A filing whose clock was read before the tick, and that got the lock after the seal, would not be in it."""
    await sign(world)
    round_id = await open_round(world, visibility=SEALED)
    world.clock.move(hours=1)
    await seal(world)

    world.clock.now -= TICK
    assert await code_of(submit(world, "japan", round_id)) == RefusalCode.WRONG_STATE
    world.clock.now += TICK
    assert await code_of(submit(world, "japan", round_id)) is None


async def test_round_that_is_called_off_is_sealed_no_more_and_never_opened(world: World) -> None:
    await sign(world)
    round_id = await open_round(world, visibility=SEALED)
    await submit(world, "japan", round_id)
    world.clock.move(hours=1)
    assert await seal(world) == 1
    await world.do(
        "secretariat", calling.cancel_round, round_id=round_id, reason="Called by mistake.", expected_revision=1
    )

    world.clock.now = CLOSES
    assert await seal(world) == 0
    assert await opened_document(world, "secretariat", round_id) is None


async def test_seals_are_opened_at_the_close_to_those_who_see_what_was_filed(world: World) -> None:
    await sign(world)
    round_id = await open_round(world, visibility=SEALED)
    await submit(world, "japan", round_id)
    world.clock.now = CLOSES - TICK
    await seal(world)
    before = [await opened_document(world, who, round_id) for who in ("japan", "canada", "china", "secretariat")]
    world.clock.now = CLOSES
    await seal(world)

    assert before == [None] * 4
    for who in ("japan", "canada", "china", "upu", "secretariat"):
        opened = await opened_document(world, who, round_id)
        assert opened is not None
        assert (len(opened["filings"]), len(opened["seals"])) == (1, 2)


async def test_opened_seals_hold_for_both_verifiers_and_with_those_that_were_kept(world: World, tmp_path: Path) -> None:
    await sign(world)
    round_id = await open_round(world, visibility=SEALED)
    await submit(world, "japan", round_id)
    world.clock.move(hours=1)
    await seal(world)
    kept = write(tmp_path / "seals.json", await published_document(world, round_id))
    receipt = tmp_path / "receipt.json"
    await submit(world, "china", round_id, text='Line\nfeed "é" \U0001f4e6')
    world.clock.now = CLOSES
    await seal(world)
    opened = await opened_document(world, "upu", round_id)
    assert opened is not None
    await receipt_file(world, "china", opened["filings"][1]["filing"], receipt)
    file = write(tmp_path / "opened.json", opened)
    pack = await pack_file(world, round_id, tmp_path / "pack.zip")

    for files in ((kept, file, receipt), (kept, pack, receipt)):
        assert verify_by_python(*files).holds
        assert all(each.holds for each in verify_by_node(tmp_path, [(each, {}) for each in files], together=True))


def tampered(opened: dict[str, Any], how: str) -> dict[str, Any]:
    """Return opened seals with one thing done to them, by somebody who does not have the old seals changed."""
    document: dict[str, Any] = json.loads(json.dumps(opened))
    first, second = document["filings"]
    if how == "added":
        other = first["filing"][:-1] + ("0" if first["filing"][-1] != "0" else "1")
        document["filings"].append(second | {"filing": other, "salt": "1" * 64})
    if how == "added at the end":
        document["filings"].append(second | {"filing": "CMT_" + "0" * 26, "filed_at": "2018-10-01T09:00:00.000000Z"})
    if how == "left out":
        del document["filings"][1]
    if how == "changed":
        second["content"] = second["content"].replace("narrow", "wide")
    if how == "moved":
        second["filed_at"] = second["filed_at"].replace(":00.0", ":01.0")
    if how == "resealed":
        document["seals"][1]["salt"] = "2" * 64
    if how == "seal left out":
        del document["seals"][1]
    return document


@pytest.mark.parametrize(
    "how", ["added", "added at the end", "left out", "changed", "moved", "resealed", "seal left out"]
)
async def test_tampering_with_what_was_sealed_is_noticed(world: World, tmp_path: Path, how: str) -> None:
    round_id, _ = await sealed_story(world)
    opened = await opened_document(world, "japan", round_id)
    assert opened is not None
    good, bad = write(tmp_path / "good.json", opened), write(tmp_path / "bad.json", tampered(opened, how))

    assert verify_by_python(good).holds
    assert not verify_by_python(bad).holds
    assert [each.holds for each in verify_by_node(tmp_path, [(good, {}), (bad, {})])] == [True, False]


@pytest.mark.parametrize("how", ["another salt", "no salt", "a seal left out", "no seals before the last"])
async def test_pack_signed_anew_over_other_seals_does_not_hold(world: World, tmp_path: Path, how: str) -> None:
    """The operator has the key: they sign the manifest anew, and have to leave the old seals as they are."""
    round_id, _ = await sealed_story(world)
    files = await pack_of(world, round_id)
    async with world.database.reading() as connection:
        signer = await find_signer(connection)
    assert signer is not None
    seals = json.loads(files["seals.json"])
    filings = [json.loads(line) for line in files["filings.jsonl"].decode().splitlines()]
    if how == "another salt":
        filings[1]["salt"] = "0" * 64
    elif how == "no salt":
        del filings[1]["salt"]
    elif how == "a seal left out":
        del seals[2]
    else:
        seals = seals[-1:]
    lines = "".join(f"{json.dumps(each)}\n" for each in filings)
    spoiled = {"filings.jsonl": lines, "seals.json": json.dumps(seals)}
    manifest = json.loads(_payload_of(files["manifest.jws"].decode()))
    manifest["files"] |= {name: sha256_of(text) for name, text in spoiled.items()}
    other = files | {name: text.encode() for name, text in spoiled.items()}
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    save(good, files)
    save(bad, other | {"manifest.jws": signer.sign(MANIFEST, manifest).encode()})

    assert verify_by_python(good).holds
    assert not verify_by_python(bad).holds
    assert [each.holds for each in verify_by_node(tmp_path, [(good, {}), (bad, {})])] == [True, False]


def _payload_of(text: str) -> bytes:
    part = text.split(".")[1]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


async def test_seal_that_was_replaced_is_noticed_by_those_who_kept_it(world: World, tmp_path: Path) -> None:
    await sign(world)
    rounds = [await open_round(world, visibility=SEALED) for _ in range(2)]
    world.clock.move(hours=1)
    await seal(world)
    kept = await published_document(world, rounds[0])
    other = await published_document(world, rounds[1])
    world.clock.now = CLOSES
    await seal(world)
    opened = write(tmp_path / "opened.json", await opened_document(world, "japan", rounds[0]))

    replaced = {**other, "sealed_in": rounds[0]}
    assert verify_by_python(write(tmp_path / "kept.json", kept), opened).holds
    assert not verify_by_python(write(tmp_path / "replaced.json", replaced), opened).holds


async def test_ten_lines_of_anybody_check_what_was_opened(world: World, tmp_path: Path) -> None:
    round_id, _ = await sealed_story(world)
    opened = await opened_document(world, "china", round_id)
    assert opened is not None
    recipe = (VERIFICATION / "README.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", recipe, re.DOTALL)
    (tmp_path / "check.py").write_text(program, encoding="utf-8")

    def run(document: dict[str, Any]) -> list[str]:
        command = [sys.executable, str(tmp_path / "check.py"), str(write(tmp_path / "opened.json", document))]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    assert len([line for line in program.splitlines() if line.strip()]) <= 10
    assert [line.split()[2:] for line in run(opened)] == [[count, "filings", "hold"] for count in "11222"]
    for how in ("added", "left out", "changed", "moved"):
        assert any(line.endswith("DO NOT HOLD") for line in run(tampered(opened, how)))


async def test_call_is_sealed_and_opened_as_a_round_is(world: World, tmp_path: Path) -> None:
    await sign(world)
    call_id = await calls.open_call(world, visibility=SEALED)
    sheet_id = await calls.file(world, "japan", call_id)
    world.clock.move(hours=1)
    await seal(world)
    kept = write(tmp_path / "kept.json", await published_document(world, call_id))
    world.clock.now = calls.CLOSES
    await seal(world)
    receipt = tmp_path / "receipt.json"
    await receipt_file(world, "japan", sheet_id, receipt)
    opened = write(tmp_path / "opened.json", await opened_document(world, "china", call_id))
    pack = await pack_file(world, call_id, tmp_path / "pack.zip")

    for files in ((kept, opened, receipt), (kept, pack, receipt)):
        proof = verify_by_python(*files)
        assert proof.holds
        assert proof.lines[-1] == "1 receipt has its filing in a pack"
        assert all(each.holds for each in verify_by_node(tmp_path, [(each, {}) for each in files], together=True))


async def test_seals_cannot_be_changed(world: World) -> None:
    await sealed_story(world)
    for statement in ("UPDATE seals SET salt = ''", "DELETE FROM seals", "DELETE FROM filing_commitments"):
        with pytest.raises(DBAPIError):
            async with world.database.writing() as session:
                await session.execute(text(statement))
    async with world.database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(Seal)) == 5


async def test_letter_of_the_close_of_a_sealed_round_gives_the_last_seal(world: World) -> None:
    await sign(world)
    round_id = await open_round(world, visibility=SEALED)
    await open_round(world, title="Not sealed")
    await submit(world, "japan", round_id)
    world.clock.now = CLOSES

    await sign_and_seal(world.database, world.clock, ISSUER)

    (last,) = [row for row in await rows_of(world, "seals") if row["until"] == CLOSES]
    letters = [row["text"] for row in await rows_of(world, "letters") if row["address"].startswith("japan@")]
    assert [last["digest"] in text_ for text_ in letters].count(True) == 1
    assert [f"/journal/seals/{round_id}.json" in text_ for text_ in letters].count(True) == 1
    assert len(letters) == 2
