"""The two verifiers agree with the published vectors and with each other; Ed25519 with the vectors of its standard."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.verifier import VERIFICATION, verifier, verify_by_node, verify_by_python

VECTORS: dict[str, Any] = json.loads((VERIFICATION / "vectors.json").read_text(encoding="utf-8"))

RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
"""Key, message and signature of the first three tests in section 7.1 of RFC 8032."""


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_signature_of_the_standard_is_accepted_and_a_changed_one_is_not(key: str, message: str, signature: str) -> None:
    public, words, signed = (bytes.fromhex(each) for each in (key, message, signature))

    assert verifier.is_signature(public, words, signed)
    for place in (0, 31, 32, 63):
        assert not verifier.is_signature(
            public, words, signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        )
    assert not verifier.is_signature(public, words + b"x", signed)


def test_second_form_of_a_signature_is_refused() -> None:
    """The scalar plus the order of the group signs the same in a careless verifier (RFC 8032, section 8.4)."""
    key, message, signature = (bytes.fromhex(each) for each in RFC_8032[1])
    scalar = int.from_bytes(signature[32:], "little") + verifier.ORDER

    assert not verifier.is_signature(key, message, signature[:32] + scalar.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_every_signature_of_the_library_is_accepted(secret: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)

    assert verifier.is_signature(key.public_key().public_bytes_raw(), message, key.sign(message))


def test_verifier_computes_every_tree_of_the_vectors() -> None:
    for tree in VECTORS["trees"]:
        leaves = [verifier.hash_leaf(digest) for digest in tree["digests"]]
        root, size = bytes.fromhex(tree["root"]), len(leaves)
        cover = [bytes.fromhex(each) for each in tree["cover"]["hashes"]]

        assert (
            verifier.root_from_cover(size, {index: leaves[index] for index in tree["cover"]["indexes"]}, cover) == root
        )
        for index, path in enumerate(tree["inclusion"]):
            assert verifier.root_from_path(index, size, leaves[index], [bytes.fromhex(each) for each in path]) == root
        for before, path in enumerate(tree["consistency"], start=1):
            first = verifier.root_from_cover(before, dict(enumerate(leaves[:before])), [])
            assert verifier.is_consistent(before, first, size, root, [bytes.fromhex(each) for each in path])


def test_canonical_texts_of_the_vectors_have_their_digests() -> None:
    assert [verifier.sha256(each["text"]) for each in VECTORS["canonical"]] == [
        each["sha256"] for each in VECTORS["canonical"]
    ]


@pytest.mark.parametrize(
    ("details", "holds"),
    [
        ({}, True),
        ({"reason": "Clear.", "wording_digest": verifier.sha256("shall")}, True),
        ({"reason": "Unclear.", "wording_digest": verifier.sha256("shall")}, False),
        ({"reason": "Clear.", "wording_digest": verifier.sha256("may")}, False),
        ({"reason": "Clear.", "wording_digest": None}, False),
    ],
)
def test_reason_and_wording_of_an_answer_are_those_of_its_entry_where_it_holds_them(
    details: dict[str, Any], holds: bool
) -> None:
    entry = {"act": "disposition.recorded", "subject_id": "CMT_1", "at": "2018"}
    entries = {1: entry | {"details": {"disposition": "DSP_1", "verdict": "NOTED", **details}}}
    answer = {"id": "DSP_1", "subject": "CMT_1", "verdict": "NOTED", "decided_at": "2018"}
    line = json.dumps(answer | {"reason": "Clear.", "wording": "shall"}) + "\n"

    try:
        count = verifier.check_answers({"answers.jsonl": line.encode()}, entries)
    except verifier.Fault:
        count = 0

    assert count == int(holds)


def write_documents(folder: Path, name: str) -> list[Path]:
    """Write the documents of the vectors to files."""
    files = [folder / f"{name}-{number}.json" for number in range(len(VECTORS[name]))]
    for file, document in zip(files, VECTORS[name], strict=True):
        file.write_text(json.dumps(document), encoding="utf-8")
    return files


def test_first_verifier_accepts_and_refuses_the_documents_of_the_vectors(tmp_path: Path) -> None:
    hold, fail = write_documents(tmp_path, "hold"), write_documents(tmp_path, "fail")

    assert [verify_by_python(file).holds for file in (*hold, *fail)] == [True] * len(hold) + [False] * len(fail)


@pytest.mark.parametrize("dashed", ["-GGpGJtn0K4NGIsJbPa81OtYmCy0P2ynvX5uoznH2PY", "--ab", "-h"])
@pytest.mark.parametrize("option", ["key", "head"])
def test_fingerprint_may_begin_with_a_dash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, dashed: str
) -> None:
    """One key of 64 has such a fingerprint, which a parser of options takes for one of its own."""
    file, *_ = write_documents(tmp_path, "hold")

    assert not verify_by_python(file, **{option: dashed}).holds
    with pytest.raises(SystemExit):
        verifier.main([str(file), f"--{option}"])

    assert "expected one argument" in capsys.readouterr().err


def test_second_verifier_says_what_the_first_says(tmp_path: Path) -> None:
    hold, fail = write_documents(tmp_path, "hold"), write_documents(tmp_path, "fail")
    kid = VECTORS["keys"][0]["kid"]
    options = [{}] * len(hold + fail)
    asked = [*zip([*hold, *fail], options, strict=True), (hold[0], {"key": kid}), (hold[0], {"head": "ab" * 32})]

    results = verify_by_node(tmp_path, asked)

    assert [result.holds for result in results] == [True] * len(hold) + [False] * len(fail) + [True, False]
    for file, result in zip(hold, results, strict=False):
        assert result.lines == [line.partition(".json: ")[2] for line in verify_by_python(file).lines[:-1]]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"PK\x03\x04", b"\xff", b'{"kind": "receipt"}', b"[" * 100_000]
)
def test_what_is_no_evidence_does_not_hold_and_breaks_neither_verifier(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "evidence"
    file.write_bytes(content)

    assert not verify_by_python(file).holds
    assert not verify_by_node(tmp_path, [(file, {})])[0].holds


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert verify_by_python(tmp_path / "none.zip").lines[0].endswith("No such file or directory")
