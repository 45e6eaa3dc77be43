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
_ANSWERS = ("call_id", "party_id", "answers")
_SAID_SINCE = ("cell", "addition_kind", "addition_title", "addition_words", "language")
"""What comments say besides, since a later release; left out where it is not said."""
_FILED_SINCE = ("replaces_id", "representation_id", "co_signer_ids")
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
    """Return the canonical JSON of a comment's round, parties, provision and words, which its receipt certifies."""
    since = {name: value for name in _FILED_SINCE if (value := getattr(comment, name))}
    if comment.filing and comment.filing > 1:
        since["filing"] = comment.filing
    return canonical({"party_id": comment.party_id} | _words_of(comment) | since)


def digest_of_words(comment: Any) -> str:
    """Return the digest of what a comment says and of its place, without its parties: what its co-signers confirm."""
    return digest_of_value(_words_of(comment))


def _words_of(comment: Any) -> dict[str, Any]:
    """Return the round, the place and the words of a comment."""
    words = {name: getattr(comment, name) for name in _CONTENT if name != "party_id"}
    # Left out where it is not said, so that the digests of earlier comments can still be computed.
    if comment.covers_section:
        words["covers_section"] = True
    return words | {name: value for name in _SAID_SINCE if (value := getattr(comment, name)) is not None}


def content_of_disposition(answer: Any, origin: Any, point: Any) -> str:
    """Return the canonical JSON of a recorded answer to a comment or a point, of which those given together are bound.

    `origin` says where it comes from and `point` what it is to, None for an answer to a whole comment by itself.
    """
    links = {
        "batch": origin and origin.batch_id,
        "lead": origin and origin.lead_id,
        "point": point and _point_of(point),
    }
    return canonical(
        {
            "id": answer.id,
            "subject": answer.comment_id,
            "verdict": str(answer.verdict),
            "reason": answer.reason,
            "wording": answer.wording,
            "decided_at": instant_of(answer.decided_at),
            "decided_by": answer.decided_by_id,
        }
        | {name: value for name, value in links.items() if value is not None}
    )


def _point_of(point: Any) -> dict[str, Any]:
    return {"id": point.id, "number": point.number, "type": str(point.type), "text": point.text}


def digest_of_dispositions(contents: Iterable[str]) -> str:
    """Return the digest that binds answers given by one act: that of their contents, a line each, in their order."""
    return sha256_of("".join(f"{content}\n" for content in sorted(contents)))


def content_of_answers(sheet: Any) -> str:
    """Return the canonical JSON of the call, the party and its answers, which the receipt of answers certifies."""
    return canonical({name: getattr(sheet, name) for name in _ANSWERS})


def digest_of_silence(text: str, subject_id: str | None) -> str:
    """Return the digest of what a silence procedure decides: the frozen text, and the id of what it is about if any."""
    return digest_of_value({"text": text} | ({"subject": subject_id} if subject_id else {}))


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
