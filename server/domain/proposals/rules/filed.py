"""What of a proposal its digest certifies. Pure."""

from typing import Any

from server.journal.chain import canonical

FORM = ("unit_kind", "level", "printed_number")
"""What an added provision is, where its proponent says so."""


def content_of(proposal: Any) -> str:
    """Return the canonical JSON of a proposal's cycle, version, parties and words, by its columns."""
    names = ("cycle_id", "text_version_id", "party_id", "title", "rationale")
    parts = ("position", "kind", "provision_id", "after_id", "wording")
    content = {name: getattr(proposal, name) for name in names}
    content["co_sponsors"] = sorted(each.party_id for each in proposal.co_sponsors)
    content["amendments"] = [
        {part: getattr(each, part) for part in parts}
        | {part: value for part in FORM if (value := getattr(each, part)) is not None}
        for each in proposal.amendments
    ]
    # What a proposal does not say is left out, so that the digests of earlier proposals can still be computed.
    if proposal.is_severable:
        content["is_severable"] = True
    return canonical(content)
