"""Files given together, and the zip file itself: whose key is believed, and that all programs read the same files."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.journal.keys import HEAD, KEY, MANIFEST
from tests.evidence.test_packs import Stranger, read_statement
from tests.factories.evidence import ask_for_head, pack_file, pack_of, receipt_file, rotate, save, sign
from tests.factories.rounds import open_round, submit
from tests.factories.verifier import Result, verifier, verify_by_node, verify_by_python
from tests.factories.world import World


async def filed_comment(world: World) -> tuple[str, str]:
    """Return a round with one comment under a head that is out, and the comment."""
    await sign(world)
    world.clock.move(minutes=1)
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    await ask_for_head(world)
    return round_id, comment


def forge_root(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return a pack that a stranger signed, whose own key comes first and endorses the true one."""
    stranger = Stranger()
    true, *more = json.loads(files["keys.json"])
    true["endorsement"] = stranger.sign(KEY, {"recipe": 1, "kid": true["kid"], "added_at": true["added_at"]})
    heads = json.loads(files["heads.json"])
    heads["head"] = stranger.sign(HEAD, read_statement(heads["head"]))
    forged = {
        **files,
        "keys.json": json.dumps([stranger.row, true, *more]).encode(),
        "heads.json": json.dumps(heads).encode(),
    }
    digests = {name: verifier.sha256(data) for name, data in forged.items() if name != "manifest.jws"}
    manifest = read_statement(files["manifest.jws"].decode()) | {"files": digests}
    return {**forged, "manifest.jws": stranger.sign(MANIFEST, manifest).encode()}


def verify_both(folder: Path, *files: Path) -> list[Result]:
    """Return what both verifiers say of files together, each in its last line."""
    by_python = verify_by_python(*files)
    (*_, by_page) = verify_by_node(folder, [(file, {}) for file in files], together=True)
    return [Result(by_python.holds, [by_python.lines[-1].removeprefix("DOES NOT HOLD: ")]), by_page]


async def test_pack_of_a_stranger_who_endorses_the_true_key_is_noticed_with_a_receipt(
    world: World, tmp_path: Path
) -> None:
    round_id, comment = await filed_comment(world)
    receipt, pack = tmp_path / "receipt.json", tmp_path / "pack.zip"
    await receipt_file(world, "japan", comment, receipt)
    save(pack, forge_root(await pack_of(world, round_id)))

    results = verify_both(tmp_path, pack, receipt)

    assert verify_by_python(pack).holds, "alone it is evidence under the key of the stranger, which it names"
    assert results == [Result(False, [f"the receipt of {comment} has another first key than the pack"])] * 2


@pytest.mark.parametrize("older", ["pack", "receipt"])
async def test_receipt_and_pack_from_before_and_after_a_rotation_hold_together(
    world: World, tmp_path: Path, older: str
) -> None:
    round_id, comment = await filed_comment(world)
    receipt, pack = tmp_path / "receipt.json", tmp_path / "pack.zip"
    writings: dict[str, Any] = {
        "pack": lambda: pack_file(world, round_id, pack),
        "receipt": lambda: receipt_file(world, "japan", comment, receipt),
    }
    await writings.pop(older)()
    world.clock.move(minutes=1)
    await rotate(world)
    (write_newer,) = writings.values()
    await write_newer()

    assert verify_both(tmp_path, pack, receipt) == [Result(True, ["1 receipt has its filing in a pack"])] * 2


async def test_no_bit_of_what_a_zip_file_says_of_its_files_goes_unnoticed(world: World, tmp_path: Path) -> None:
    """A program that believes the directory, and one that believes what stands before each file, read the same."""
    round_id, _ = await filed_comment(world)
    file = await pack_file(world, round_id, tmp_path / "pack.zip")
    data = file.read_bytes()
    first, directory, end = 0, int.from_bytes(data[-6:-2], "little"), len(data) - 22
    second = directory + 46 + len("manifest.jws")
    described = [*range(first, 30 + len("manifest.jws")), *range(directory, second + 46), *range(end, len(data))]
    asked = []
    for place in described:
        asked.append(tmp_path / f"{place}.zip")
        asked[-1].write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])

    by_page = verify_by_node(tmp_path, [(file, {}), *((each, {}) for each in asked)])

    assert [each.name for each in asked if verify_by_python(each).holds] == []
    assert [result.holds for result in by_page] == [True] + [False] * len(asked)
