"""Compute the digests that entries of the journal hold: SHA-256, as 64 hexadecimal characters. Pure.

All of them are taken of canonical JSON (`server/journal/chain.py`) in UTF-8, except that of a single text, which is
taken of its words. A value that is null is left out, so that a column that a later release adds changes no digest.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from server.journal.chain import canonical, instant_of, sha256_of

_CONTENT = (
    *("round_id", "party_id", "provision_text_id", "type", "text", "reason"),
    *("quote_exact", "quote_prefix", "quote_suffix", "proposed_wording"),
)
_PROPOSAL = ("cycle_id", "text_version_id", "party_id", "title", "rationale")
_AMENDMENT = ("position", "kind", "provision_id", "after_id", "wording")
_FORM = ("unit_kind", "level", "printed_number")
_PROVISION = ("position", "provision_id", "kind", "level", "printed_number", "parent_id", "text")


def digest_of_value(value: Any) -> str:
    """Return the digest of any value: that of its canonical JSON."""
    return sha256_of(canonical(value))


def digest_of_sentence(key: str, words: str) -> str:
    """Return the digest by which a sentence of a provision is recognised: that of the key, a line break, the words."""
    return sha256_of(f"{key}\n{words}")


def content_of_comment(comment: Any) -> str:
    """Return the canonical JSON of a comment's round, party, provision and words, which its receipt certifies."""
    content = {name: getattr(comment, name) for name in _CONTENT}
    # Left out where it is not said, so that the digests of earlier comments can still be computed.
    if comment.covers_section:
        content["covers_section"] = True
    return canonical(content)


def content_of_proposal(proposal: Any, amendments: Iterable[Any], co_sponsor_ids: Iterable[str]) -> str:
    """Return the canonical JSON of a proposal's cycle, version, parties and words, which its receipt certifies.

    `amendments` come in their order; `co_sponsor_ids` are the parties that join it.
    """
    content = {name: getattr(proposal, name) for name in _PROPOSAL}
    content["co_sponsors"] = sorted(co_sponsor_ids)
    content["amendments"] = [
        {part: getattr(each, part) for part in _AMENDMENT}
        | {part: value for part in _FORM if (value := getattr(each, part)) is not None}
        for each in amendments
    ]
    # What a proposal does not say is left out, so that the digests of earlier proposals can still be computed.
    if proposal.is_severable:
        content["is_severable"] = True
    return canonical(content)


def digest_of_whole_text(provisions: Iterable[Any]) -> str:
    """Return the digest of the text of a version, of which the provisions come in their order.

    It is that of a list with one object for each provision: position, permanent key, kind, level, printed number, key
    of the provision in which it stands, and words.
    """
    return digest_of_value([{name: plain(getattr(each, name)) for name in _PROVISION} for each in provisions])


def digest_of_row(table: str, values: Mapping[str, Any]) -> str:
    """Return the digest of one row: of the name of its table and its values by column, without those that are null."""
    return digest_of_value([table, {name: plain(value) for name, value in values.items() if value is not None}])


def digest_of_rows(digests: Iterable[str]) -> str:
    """Return the digest of the rows of a whole, from the digests of each in the order of their keys."""
    return digest_of_value([*digests])


def digest_of_written(entry_id: str, key: str | None, request: str | None, rows: Mapping[str, str | None]) -> str:
    """Return the digest that the detail `rows` of an entry holds.

    It is taken of a list: the id of the entry, the idempotency key and the digest of the request, and the digests of
    the rows by key.
    """
    return digest_of_value([entry_id, key, request, dict(rows)])


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: instants in UTC with microseconds, days in ISO 8601."""
    if isinstance(value, datetime):
        return instant_of(value)
    return value.isoformat() if isinstance(value, date) else value
