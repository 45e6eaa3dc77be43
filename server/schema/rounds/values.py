"""Plain values of comments: the receipt, the quoted words, and the words at the place of a carried comment."""

from datetime import datetime

import strawberry

from server.domain.parties.rules.correcting import name_at
from server.domain.rounds.rules import late, window
from server.domain.rounds.rules.facts import (
    AdditionFacts,
    CitedFacts,
    LateFacts,
    PlacedFacts,
    QuotationFacts,
    ReceiptFacts,
    cite,
)
from server.kernel.actor import Actor
from server.schema.scalars import Digest
from server.vocabulary.texts import UnitKind


@strawberry.type(description="Proof of a filed comment: what was filed, by whom, for which party and when.")
class Receipt:
    """Built from the columns of the comment."""

    reference: str = strawberry.field(
        description="Reference of the comment, given at filing: short name of the party, code of the round and number, "
        "such as 'Japan R3-1', without the code if the round has none; of a revised comment with the number of the "
        "filing, such as 'Japan R3-1/2'."
    )
    submitted_at: datetime = strawberry.field(description="Instant of filing by the server's clock.")
    content_digest: Digest = strawberry.field(description="SHA-256 of what was filed.")
    party: str = strawberry.field(description="Full name of the party that the comment was filed for, as it was then.")
    co_signers: list[str] = strawberry.field(
        description="Full names of the parties that signed it, too, as they were then."
    )
    represented_by: str | None = strawberry.field(
        description="Full name of the party whose delegate filed it under a mandate; null if its own delegate did."
    )
    submitted_by: str = strawberry.field(description="Name of the person who filed it, as it was then.")
    rule: str = strawberry.field(description="The rule by which the comment was in time, or admitted late, in words.")
    is_late: bool = strawberry.field(description="Whether it was filed after the close, by admission.")


@strawberry.type(description="The words that a comment quotes, and their place in the provision.")
class QuotationPlace:
    """Built from the columns of the comment."""

    exact: str = strawberry.field(description="The quoted words, exactly as they stand in the provision.")
    prefix: str | None = strawberry.field(
        description="Words directly before the quotation, as sent with the comment; null if none were."
    )
    suffix: str | None = strawberry.field(
        description="Words directly after the quotation, as sent with the comment; null if none were."
    )
    start: int = strawberry.field(
        description="Where the quotation begins in the text of the provision, in Unicode code points from 0."
    )
    end: int = strawberry.field(description="Where the quotation ends, exclusive, in Unicode code points.")


def reference_of(_: Actor, facts: CitedFacts, __: datetime) -> str | None:
    """Return how papers cite a comment, None for a draft."""
    return cite(facts)


def is_late(_: Actor, facts: LateFacts, __: datetime) -> bool:
    """Return whether a comment was filed after the close."""
    return bool(facts.is_late)


def receipt_of(_: Actor, facts: ReceiptFacts, __: datetime) -> Receipt | None:
    """Return the receipt of a submitted comment, None for a draft."""
    if facts.submitted_at is None or facts.content_digest is None:
        return None
    names = facts.names_as_filed or {}
    return Receipt(
        reference=cite(facts) or "",
        submitted_at=facts.submitted_at,
        content_digest=Digest(facts.content_digest),
        party=names.get("party", facts.party_name),
        co_signers=names.get("co_signers", []),
        represented_by=names.get("represented_by"),
        submitted_by=names.get("submitted_by")
        or name_at(facts.submitted_by or "", facts.former_names, facts.submitted_at),
        rule=late.LATE_RULE if facts.is_late else window.WINDOW_RULE,
        is_late=bool(facts.is_late),
    )


@strawberry.type(description="A new provision that a comment asks for.")
class NewProvision:
    """Built from the columns of the comment."""

    kind: UnitKind = strawberry.field(description="What it is to be.")
    title: str | None = strawberry.field(description="Its title, if it is a heading; null otherwise.")
    words: str = strawberry.field(description="Its words, or those of the paragraph that follows its title.")


def new_provision_of(_: Actor, facts: AdditionFacts, __: datetime) -> NewProvision | None:
    """Return the new provision that a comment asks for, None if it asks for none."""
    if facts.addition_kind is None:
        return None
    return NewProvision(kind=facts.addition_kind, title=facts.addition_title, words=facts.addition_words or "")


def quotation_of(_: Actor, facts: QuotationFacts, __: datetime) -> QuotationPlace | None:
    """Return the quoted words with their place, None if nothing is quoted."""
    if facts.quote_exact is None or facts.quote_start is None or facts.quote_end is None:
        return None
    return QuotationPlace(
        exact=facts.quote_exact,
        prefix=facts.quote_prefix or None,
        suffix=facts.quote_suffix or None,
        start=facts.quote_start,
        end=facts.quote_end,
    )


def words_at(_: Actor, facts: PlacedFacts, __: datetime) -> str | None:
    """Return the words at the place of a carried comment, None for the whole provision and for an orphan."""
    if facts.text is None or facts.start is None or facts.end is None:
        return None
    return facts.text[facts.start : facts.end]
