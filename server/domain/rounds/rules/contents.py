"""What of a comment its receipt certifies. Pure."""

from typing import Any

from server.journal.chain import canonical


def content_of(comment: Any) -> str:
    """Return the canonical JSON of a comment's round, party, provision and words, by its columns."""
    names = (
        *("round_id", "party_id", "provision_text_id", "type", "text", "reason"),
        *("quote_exact", "quote_prefix", "quote_suffix", "proposed_wording"),
    )
    content = {name: getattr(comment, name) for name in names}
    # Left out where it is not said, so that the digests of earlier comments can still be computed.
    if comment.covers_section:
        content["covers_section"] = True
    return canonical(content)
