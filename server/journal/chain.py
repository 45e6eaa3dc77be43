"""Compute and check the hash chain of the journal, in a way that a third party can repeat on an export. Pure.

The digest of an entry is the SHA-256, in hexadecimal, of its canonical JSON in UTF-8: the fields of `Record` except
`digest`, keys sorted, no white space, instants as `2018-10-12T15:00:00.000000Z`. `previous_digest` of the first entry
is 64 zeros.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

GENESIS = "0" * 64


class Record(NamedTuple):
    """One entry of the journal as it is hashed."""

    sequence: int
    at: datetime
    act: str
    delegate_id: str
    party_id: str
    capacity: str
    subject_id: str
    rule: str
    details: dict[str, Any]
    previous_digest: str


def text_of(record: Record) -> str:
    """Return the canonical JSON of an entry, of which the digest is taken."""
    fields = record._asdict()
    fields["at"] = instant_of(record.at)
    fields["capacity"] = str(record.capacity)
    return canonical(fields)


def digest_of(record: Record) -> str:
    """Return the digest of an entry, 64 hexadecimal characters."""
    return sha256_of(text_of(record))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def instant_of(at: datetime) -> str:
    """Return an instant as it is hashed and signed, such as `2018-10-12T15:00:00.000000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Any) -> str:
    """Return the canonical JSON of a value: sorted keys, no white space, only the escapes that JSON requires."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


class Verification:
    """The check of a chain, entry by entry, so that nothing has to be kept of a long one. `length` entries were read.

    After a fault it goes on from the entry as it stands, so that one fault is told once.
    """

    def __init__(self) -> None:
        self.length = 0
        self.digest = GENESIS
        """The digest of the entry that was read last, as it is stored."""

    def find_fault(self, record: Record, digest: str) -> str | None:
        """Return why the next entry, with its stored digest, does not fit the chain, in words; None if it does."""
        last, previous = self.length, self.digest
        self.length, self.digest = record.sequence, digest
        if record.sequence != last + 1:
            return f"entry {last + 1} is missing: {record.sequence} follows {last}"
        if record.previous_digest != previous:
            return f"entry {record.sequence} does not follow from the entry before it"
        if digest_of(record) != digest:
            return f"entry {record.sequence} was altered after it was written"
        return None
