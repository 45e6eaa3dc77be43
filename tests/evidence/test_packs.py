"""Evidence packs: what is in them, that they hold alone, and that no change of any file goes unnoticed."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.domain.proposals.actions import drafting
from server.domain.rounds.actions import answering, calling, filing
from server.journal.keys import MANIFEST, RECEIPT, Signer, find_signer
from server.kernel.refusals import RefusalCode
from server.vocabulary.rounds import DispositionVerdict, RoundVisibility
from tests.factories import proposals
from tests.factories.evidence import (
    ISSUER,
    ask_for_head,
    pack_file,
    pack_of,
    receipt_file,
    rotate,
    save,
    save_text,
    sign,
)
from tests.factories.refusing import refusal_writes_nothing
from tests.factories.rounds import CLOSES, draft, open_round, refusal_of, submit
from tests.factories.verifier import verifier, verify_by_node, verify_by_python
from tests.factories.world import World

NOTED = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None}
SEALED = {"visibility": RoundVisibility.AFTER_CLOSE}


async def answered_round(world: World, **changed: Any) -> str:
    """Return a round that closed with three comments, with a draft beside them; it is answered and complete."""
    await sign(world)
    world.clock.move(minutes=1)
    round_id = await open_round(world, **changed)
    comments = [await submit(world, who, round_id) for who in ("japan", "upu")]
    await draft(world, "china", round_id, text="A secret draft.")
    comments.append(await draft(world, "gea", round_id))
    await world.do("gea", filing.clear_comment, comment_id=comments[2], expected_revision=1)
    world.clock.now = CLOSES
    await sign(world)
    await world.do("canada", answering.propose_disposition, comment_id=comments[0], **NOTED, expected_revision=1)
    for comment, version in zip(comments, (2, 1, 2), strict=True):
        await world.do(
            "secretariat", answering.record_disposition, comment_id=comment, **NOTED, expected_revision=version
        )
    await world.do("secretariat", calling.complete_round, round_id=round_id, expected_revision=1)
    await rotate(world)
    await sign(world)
    return round_id


def rows_in(files: dict[str, bytes], name: str) -> list[Any]:
    """Return the JSON values on the lines of a file."""
    return [json.loads(line) for line in files[name].decode().splitlines()]


async def test_pack_of_a_round_holds_everything_about_it_and_verifies_alone(world: World, tmp_path: Path) -> None:
    round_id = await answered_round(world)

    file = await pack_file(world, round_id, tmp_path / "pack.zip")

    files = await pack_of(world, round_id)
    assert [row["party"] for row in rows_in(files, "filings.jsonl")] == [
        world.parties[who] for who in ("japan", "upu", "gea")
    ]
    acts = [entry["act"] for entry in rows_in(files, "entries.jsonl")]
    filed = ["comment.submitted", "comment.submitted", "comment.cleared"]
    assert acts == ["round.opened", *filed, *["disposition.recorded"] * 3, "round.completed"]
    assert [row["reason"] for row in rows_in(files, "answers.jsonl")] == ["Noted."] * 3
    assert [row["text"] for row in rows_in(files, "provisions.jsonl")] == [
        "Customs administrations should exchange advance electronic data with e-commerce operators."
    ]
    assert b"secret" not in b"".join(files.values())
    result = verify_by_python(file)
    assert result.holds
    assert "8 entries are in the journal of that head; 3 filings and 3 answers fit them" in result.lines[2]


async def test_same_evidence_is_the_same_file(world: World, tmp_path: Path) -> None:
    round_id = await answered_round(world)

    first = await pack_file(world, round_id, tmp_path / "first.zip")
    world.clock.move(days=100)
    second = await pack_file(world, round_id, tmp_path / "second.zip")

    assert first.read_bytes() == second.read_bytes()


async def test_pack_of_a_proposal_verifies_alone(world: World, tmp_path: Path) -> None:
    await sign(world)
    proposal = await proposals.draft(world)
    await proposals.act(world, "japan", drafting.submit_proposal, proposal)
    await ask_for_head(world)

    result = verify_by_python(await pack_file(world, proposal, tmp_path / "pack.zip"))

    assert result.holds, result
    assert "1 filing and 0 answers" in result.lines[2]


@pytest.mark.parametrize("visibility", [RoundVisibility.AFTER_CLOSE, RoundVisibility.SECRETARIAT_AND_COORDINATORS])
async def test_pack_before_the_close_of_a_sealed_round_tells_nothing_of_what_is_filed(
    world: World, visibility: RoundVisibility
) -> None:
    opens = world.clock.now + timedelta(hours=1)
    round_id = await open_round(world, visibility=visibility, opens_at=opens)
    await ask_for_head(world)
    world.clock.now = opens
    empty = await pack_of(world, round_id)

    await submit(world, "japan", round_id)
    await submit(world, "upu", round_id)
    await ask_for_head(world)

    assert await pack_of(world, round_id) == empty
    assert [entry["act"] for entry in rows_in(empty, "entries.jsonl")] == ["round.opened"]
    world.clock.now = CLOSES
    await ask_for_head(world)
    assert len(rows_in(await pack_of(world, round_id), "filings.jsonl")) == 2


async def test_pack_of_a_sealed_round_that_was_cancelled_holds_no_comment(world: World, tmp_path: Path) -> None:
    round_id = await open_round(world, **SEALED)
    await submit(world, "japan", round_id)
    await world.do("secretariat", calling.cancel_round, round_id=round_id, reason="In error", expected_revision=1)
    world.clock.now = CLOSES
    await ask_for_head(world)

    files = await pack_of(world, round_id)

    assert rows_in(files, "filings.jsonl") == []
    assert [entry["act"] for entry in rows_in(files, "entries.jsonl")] == ["round.opened", "round.cancelled"]
    assert verify_by_python(await pack_file(world, round_id, tmp_path / "pack.zip")).holds


async def test_pack_that_no_head_covers_and_of_nothing_is_refused(world: World) -> None:
    round_id = await open_round(world)

    refusals = [await refusal_of(watched_pack(world, each)) for each in (round_id, "RND_" + "0" * 26, "CMT_x")]

    codes = [refusal and refusal.code for refusal in refusals]
    assert codes == [RefusalCode.WRONG_STATE, RefusalCode.NOT_FOUND, RefusalCode.NOT_FOUND]


async def watched_pack(world: World, subject_id: str) -> dict[str, bytes]:
    """Return the files of a pack; fail if it is refused and something was written all the same."""
    with refusal_writes_nothing():
        return await pack_of(world, subject_id)


async def test_pack_from_which_the_filing_of_a_receipt_was_left_out_is_noticed_with_the_receipt(
    world: World, tmp_path: Path
) -> None:
    await sign(world)
    round_id = await open_round(world)
    early = await submit(world, "japan", round_id)
    await ask_for_head(world)
    pack = await pack_file(world, round_id, tmp_path / "early.zip")
    late = await submit(world, "japan", round_id)
    world.clock.move(minutes=1)
    await ask_for_head(world)
    receipts = [tmp_path / "1.json", tmp_path / "2.json"]
    for receipt, comment in zip(receipts, (early, late), strict=True):
        await receipt_file(world, "japan", comment, receipt)

    results = [verify_by_python(pack, receipt) for receipt in receipts]
    whole = verify_by_python(await pack_file(world, round_id, tmp_path / "late.zip"), *receipts)

    assert results[0].lines[-1] == "1 receipt has its filing in a pack"
    assert (results[1].holds, results[1].lines[-1]) == (
        False,
        f"DOES NOT HOLD: {late} was left out of the pack of {round_id}",
    )
    assert whole.lines[-1] == "2 receipts have their filings in a pack"


async def test_receipt_of_other_words_than_the_pack_has_is_noticed(world: World, tmp_path: Path) -> None:
    await sign(world)
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    await ask_for_head(world)
    pack = await pack_file(world, round_id, tmp_path / "pack.zip")
    document = await receipt_file(world, "japan", comment, tmp_path / "receipt.json")
    content = document["content"].replace("shall exchange", "may exchange")
    assert content != document["content"]
    signer = await signer_of(world)
    stranger = Stranger()
    honest = read_statement(document["receipt"])
    promises = {
        "other words": {"receipt": signer.sign(RECEIPT, {**honest, "content_digest": verifier.sha256(content)})},
        "another key": {"receipt": stranger.sign(RECEIPT, honest), "keys": [stranger.row]},
    }
    promises["other words"]["content"] = content
    files = []
    for kind, changes in promises.items():
        files.append(tmp_path / f"{kind}.json")
        save_text(files[-1], json.dumps({**document, "entry": None, "path": None, "head": None, **changes}))

    alone = [verify_by_python(file).holds for file in files]
    results = [verify_by_python(pack, file) for file in files]
    by_page = [verify_by_node(tmp_path, [(pack, {}), (file, {})], together=True)[-1] for file in files]

    assert alone == [True, True]
    assert [result.lines[-1].partition("DOES NOT HOLD: ")[2] for result in results] == [
        f"{comment} has other words in the pack than in its receipt",
        f"the receipt of {comment} has another first key than the pack",
    ]
    assert [(result.holds, result.lines) for result in by_page] == [
        (False, [line.lines[-1].partition("DOES NOT HOLD: ")[2]]) for line in results
    ]


STRANGE_FILES: dict[str, Callable[[bytes], bytes]] = {
    "bytes before the pack": lambda pack: b"PK" + pack,
    "bytes after the pack": lambda pack: pack + b"more",
    "a local name of its own": lambda pack: pack.replace(b"keys.json", b"kezs.json", 1),
}


@pytest.mark.parametrize("kind", STRANGE_FILES)
async def test_zip_file_that_programs_read_differently_holds_for_neither(
    world: World, tmp_path: Path, kind: str
) -> None:
    file = await pack_file(world, await answered_round(world), tmp_path / "pack.zip")
    file.write_bytes(STRANGE_FILES[kind](file.read_bytes()))

    assert not verify_by_python(file).holds
    assert [result.holds for result in verify_by_node(tmp_path, [(file, {})])] == [False]


def changes_of(name: str, content: bytes) -> dict[str, bytes | None]:
    """Return every kind of change to one file: None leaves it out."""
    middle = len(content) // 2
    changes: dict[str, bytes | None] = {
        "left out": None,
        "a byte": content[:middle] + bytes([content[middle] ^ 1 if content else 1]) + content[middle + 1 :],
        "cut": content[: max(len(content) - 1, 0)],
        "emptied": b"",
        "added to": content + b" ",
    }
    lines = content.splitlines(keepends=True)
    if name.endswith(".jsonl") and len(lines) > 1:
        changes |= {"line lost": b"".join(lines[1:]), "lines in another order": b"".join(lines[::-1])}
        changes["line twice"] = b"".join([lines[0], *lines])
    return {kind: change for kind, change in changes.items() if change != content}


def write_variants(files: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """Write a pack for each kind of change of each file, and for strange zip files."""
    variants = {
        f"{name} {kind}": {**files, name: change}
        for name in files
        for kind, change in changes_of(name, files[name]).items()
    }
    variants["file added"] = {**files, "more.txt": b"more"}
    places = {}
    for number, (kind, content) in enumerate(variants.items()):
        places[kind] = folder / f"{number}.zip"
        save(places[kind], {name: data for name, data in content.items() if data is not None})
    places["compressed"] = folder / "compressed.zip"
    with ZipFile(places["compressed"], "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return places


async def test_no_change_of_any_file_of_a_pack_goes_unnoticed(world: World, tmp_path: Path) -> None:
    files = await pack_of(world, await answered_round(world))
    places = write_variants(files, tmp_path)

    unnoticed = [kind for kind, place in places.items() if verify_by_python(place).holds]

    assert len(places) > 5 * len(files)
    assert unnoticed == []


async def test_second_verifier_says_the_same_of_every_change(world: World, tmp_path: Path) -> None:
    round_id = await answered_round(world)
    file = await pack_file(world, round_id, tmp_path / "pack.zip")
    places = write_variants(await pack_of(world, round_id), tmp_path)

    whole, *changed = verify_by_node(tmp_path, [(file, {}), *((place, {}) for place in places.values())])

    assert whole.lines == [line.partition(".zip: ")[2] for line in verify_by_python(file).lines[:-1]]
    assert [kind for kind, result in zip(places, changed, strict=True) if result.holds] == []


async def signer_of(world: World) -> Signer:
    """Return the key of the server that signs."""
    async with world.database.reading() as connection:
        signer = await find_signer(connection)
    assert signer is not None
    return signer


def read_statement(text: str) -> dict[str, Any]:
    """Return what a compact JWS states."""
    statement: dict[str, Any] = json.loads(verifier.from_base64url(text.split(".")[1]))
    return statement


class Stranger:
    """A key that is nobody's here, with what a program needs to believe it."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        public = urlsafe_b64encode(self._key.public_key().public_bytes_raw()).rstrip(b"=").decode()
        self.row = {"kty": "OKP", "crv": "Ed25519", "x": public, "endorsement": None}
        self.row["kid"] = verifier.fingerprint_of(self.row)

    def sign(self, kind: str, statement: dict[str, Any]) -> str:
        """Return a statement as a compact JWS."""
        header = {"alg": "Ed25519", "kid": self.row["kid"], "typ": kind}
        parts = [urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in (header, statement)]
        message = b".".join(parts)
        return b".".join([message, urlsafe_b64encode(self._key.sign(message)).rstrip(b"=")]).decode()


async def resigned(world: World, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return a pack whose manifest the operator has signed anew over files that were changed."""
    signer = await signer_of(world)
    digests = {name: verifier.sha256(data) for name, data in files.items() if name != "manifest.jws"}
    manifest = {"issuer": ISSUER, "subject": json.loads(files["subject.json"])["id"], "head": "", "files": digests}
    return {**files, "manifest.jws": signer.sign(MANIFEST, manifest).encode()}


FORGERIES = {
    "words": ("filings.jsonl", b"shall exchange", b"may exchange"),
    "party": ("filings.jsonl", b'"party":"PTY_', b'"party":"PTX_'),
    "instant": ("filings.jsonl", b'"filed_at":"2018', b'"filed_at":"2017'),
    "content digest": ("filings.jsonl", b'"content_digest":"', b'"content_digest":"0'),
    "verdict": ("answers.jsonl", b"NOTED", b"ACCEPTED"),
    "answer's instant": ("answers.jsonl", b'"decided_at":"2018', b'"decided_at":"2017'),
    "entry": ("entries.jsonl", b"comment.submitted", b"comment.cleared"),
    "entry's details": ("entries.jsonl", b'"details":{', b'"details":{"x":1,'),
    "proof": ("proof.json", b'["', b'["0'),
    "provision": ("provisions.jsonl", b"should exchange", b"should not exchange"),
    "earlier head": ("heads.json", b'"path":["', b'"path":["00'),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_operator_who_signs_the_manifest_anew_cannot_change(world: World, tmp_path: Path, forgery: str) -> None:
    name, words, others = FORGERIES[forgery]
    files = await pack_of(world, await answered_round(world))
    assert words in files[name]

    forged = await resigned(world, {**files, name: files[name].replace(words, others, 1)})

    file = tmp_path / "forged.zip"
    save(file, forged)
    assert not verify_by_python(file).holds


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("filings.jsonl", lambda data: b"".join(data.splitlines(keepends=True)[::-1])),
        ("provisions.jsonl", lambda data: data.removesuffix(b"\n")),
    ],
    ids=["another order", "a cut line"],
)
async def test_operator_who_signs_anew_cannot_bend(
    world: World, tmp_path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    files = await pack_of(world, await answered_round(world))
    file = tmp_path / "forged.zip"
    save(file, await resigned(world, {**files, name: change(files[name])}))

    assert not verify_by_python(file).holds
    assert [result.holds for result in verify_by_node(tmp_path, [(file, {})])] == [False]


@pytest.mark.parametrize("name", ["filings.jsonl", "answers.jsonl", "entries.jsonl"])
async def test_operator_who_signs_anew_cannot_leave_a_line_out(world: World, tmp_path: Path, name: str) -> None:
    files = await pack_of(world, await answered_round(world))

    forged = await resigned(world, {**files, name: b"".join(files[name].splitlines(keepends=True)[1:])})

    file = tmp_path / "forged.zip"
    save(file, forged)
    assert not verify_by_python(file).holds
