"""Build the test vectors of the verification recipe: the same at every run, from a key that signs nothing else."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc.jwk import OKPKey

from server.journal.chain import GENESIS, Record, canonical, digest_of, instant_of, sha256_of, text_of
from server.journal.keys import HEAD, KEY, RECEIPT, PublicKey, Signer
from server.journal.merkle import Tree, hash_leaf, root_of
from server.tools.contracts.documents import to_json

ISSUER = "https://standards.example.org"
BEGIN = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
SIZES = (1, 2, 3, 4, 7, 8, 11)
PUBLIC = {1: "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w", 2: "gTl3Dqh9F19Wo1Rmw0x-zMuNipG07jeiXfYPW4_Js5Q"}
"""The public halves of the keys whose secrets are 32 bytes of 1 and of 2, in base64url."""
CONTENT = canonical(
    {
        "round_id": "RND_00000000000000000000000001",
        "party_id": "PTY_00000000000000000000000001",
        "text": 'Délai : « 24 h » \U0001f4e6\n\ttab and "quotes"',
    }
)


def build_vectors() -> str:
    """Return the vectors as JSON."""
    signers = [_signer_of(seed) for seed in (1, 2)]
    entries = _entries()
    digests = [digest_of(entry) for entry in entries]
    keys = _keys_of(signers)
    receipt, consistency = _receipt(signers[0], entries, keys), _consistency(signers, digests, keys)
    return to_json(
        {
            "canonical": [{"text": text, "sha256": sha256_of(text)} for text in (CONTENT, *map(text_of, entries[:3]))],
            "trees": [_describe_tree(digests[:size]) for size in SIZES],
            "keys": keys,
            "hold": [receipt, receipt | dict.fromkeys(("entry", "path", "head")), consistency],
            "fail": [*_spoil(receipt), *_spoil(consistency)],
        }
    )


def _signer_of(seed: int) -> Signer:
    secret = base64.urlsafe_b64encode(bytes([seed] * 32)).rstrip(b"=").decode()
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "d": secret, "x": PUBLIC[seed]})
    return Signer(key.thumbprint(), key)


def _keys_of(signers: list[Signer]) -> list[dict[str, Any]]:
    first, second = signers
    endorsement = first.sign(KEY, {"kid": second.kid, "added_at": instant_of(BEGIN)})
    rows = [(first, None), (second, endorsement)]
    return [PublicKey(each.kid, each.key.as_dict(private=False), BEGIN, vouched).as_data() for each, vouched in rows]


def _entries() -> list[Record]:
    entries: list[Record] = []
    previous = GENESIS
    for sequence in range(1, max(SIZES) + 1):
        at = BEGIN + timedelta(minutes=sequence)
        delegate, party, comment = (f"{prefix}_{sequence:026}" for prefix in ("DEL", "PTY", "CMT"))
        details = {"round": "RND_00000000000000000000000001", "content_digest": sha256_of(CONTENT)}
        rule = "A round accepts comments — until it closes."
        act = "comment.submitted"
        entry = Record(sequence, at, act, delegate, party, "MEMBER", comment, rule, details, previous)
        entries.append(entry)
        previous = digest_of(entry)
    return entries


def _describe_tree(digests: list[str]) -> dict[str, Any]:
    tree = _tree_of(digests)
    size = len(digests)
    some = list(range(0, size, 3))
    return {
        "digests": digests,
        "root": tree.root().hex(),
        "inclusion": [[each.hex() for each in tree.prove_inclusion(index)] for index in range(size)],
        "consistency": [[each.hex() for each in tree.prove_consistency(first)] for first in range(1, size + 1)],
        "cover": {"indexes": some, "hashes": [each.hex() for each in tree.prove_together(some)]},
    }


def _tree_of(digests: list[str]) -> Tree:
    return Tree(len(digests), [], {0: [hash_leaf(digest) for digest in digests]})


def _head(signer: Signer, number: int, digests: list[str]) -> str:
    root = root_of([hash_leaf(digest) for digest in digests]).hex()
    now = instant_of(BEGIN + timedelta(hours=number))
    statement = {"issuer": ISSUER, "number": number, "previous": None, "size": len(digests), "root": root}
    last = digests[-1] if digests else GENESIS
    return signer.sign(
        HEAD, statement | {"chain_digest": last, "occasion": "COMMAND", "occurred_at": now, "signed_at": now}
    )


def _receipt(signer: Signer, entries: list[Record], keys: list[dict[str, Any]]) -> dict[str, Any]:
    digests = [digest_of(entry) for entry in entries]
    entry = entries[4]
    subject = {"subject": entry.subject_id, "party": entry.party_id, "filed_at": instant_of(entry.at)}
    return {
        "kind": "receipt",
        "recipe": 1,
        "receipt": signer.sign(RECEIPT, {"issuer": ISSUER, **subject, "content_digest": sha256_of(CONTENT)}),
        "content": CONTENT,
        "entry": text_of(entry),
        "path": [each.hex() for each in _tree_of(digests).prove_inclusion(4)],
        "head": _head(signer, 2, digests),
        "keys": keys,
    }


def _consistency(signers: list[Signer], digests: list[str], keys: list[dict[str, Any]]) -> dict[str, Any]:
    path = [each.hex() for each in _tree_of(digests).prove_consistency(6)]
    first, second = _head(signers[0], 1, digests[:6]), _head(signers[1], 2, digests)
    return {"kind": "consistency", "first": first, "second": second, "path": path, "keys": keys}


def _spoil(evidence: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the document with one thing changed in each: a character of a text, a hash of a path, a key."""
    spoiled = []
    for name, value in evidence.items():
        if isinstance(value, str) and name != "kind":
            middle = len(value) // 2
            other = "A" if value[middle] != "A" else "B"
            spoiled.append(evidence | {name: value[:middle] + other + value[middle + 1 :]})
        elif name == "path":
            spoiled += [
                evidence | {name: value[1:]},
                evidence | {name: [*value, value[0]]},
                evidence | {name: value[::-1]},
            ]
    unsigned = [evidence["keys"][0], evidence["keys"][1] | {"endorsement": None}]
    stranger = [evidence["keys"][1]]
    spoiled += [evidence | {"keys": unsigned}, evidence | {"keys": stranger}, evidence | {"keys": []}]
    return json.loads(json.dumps(spoiled))  # type: ignore[no-any-return]
