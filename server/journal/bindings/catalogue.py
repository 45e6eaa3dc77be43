"""List every binding, by the name of its table, and say of every other table why it needs none."""

from server.journal.bindings import (
    bodies,
    calls,
    consolidation,
    delegations,
    groups,
    parties,
    proposals,
    rounds,
    texts,
    triage,
    workplan,
)
from server.journal.bindings.kinds import Binding, Part

_MODULES = (parties, bodies, texts, rounds, delegations, calls, proposals, workplan, consolidation, triage, groups)
BINDINGS: dict[str, Binding] = {binding.table.name: binding for module in _MODULES for binding in module.BINDINGS}
"""Every binding by the name of its table."""
PARTS: dict[str, tuple[Binding, Part]] = {
    part.table.name: (binding, part) for binding in BINDINGS.values() for part in binding.parts
}
"""Every part by the name of its table, with the binding of its whole."""
WITHOUT_ROWS = {
    "comment.drafted": "a draft is the party's own until it is filed",
    "comment.revised": "a draft is the party's own until it is filed",
    **dict.fromkeys(
        ("draft.presented", "draft.cleared", "draft.returned", "answers.drafted"),
        "a draft is the party's own until it is filed",
    ),
    **dict.fromkeys(
        ("note.written", "note.discarded", "deadline.arranged", "clearance.arranged"), "it is the party's own for ever"
    ),
    "comments.filed": "each comment is bound by an entry of its own",
    "co_signature.confirmed": "it is part of a draft; who joined is bound with the filed comment",
    "co_signature.declined": "it is part of a draft; who joined is bound with the filed comment",
    "sealed_comments.read": "it changes nothing",
    "proposal.drafted": "a draft is the party's own until it is filed",
    "proposal.revised": "a draft is the party's own until it is filed",
    "co_sponsorship.declined": "it is part of a draft, and bound with the proposal",
    "co_sponsorship.confirmed": "it is part of a draft, and bound with the proposal",
    "lineage.confirmed": "a version is bound from when it is issued",
    "provision.revised": "a version is bound from when it is issued",
    "provision.translated": "a version is bound from when it is issued",
    "translation.opened": "a version is bound from when it is issued",
    "version.abandoned": "a version is bound from when it is issued",
    **dict.fromkeys(
        ("notices.marked", "object.watched", "calendar.opened", "calendar.closed"), "it is the person's own for ever"
    ),
    "person.signed_out": "sessions and grants are proofs, used up and forgotten",
    "grant.revoked": "sessions and grants are proofs, used up and forgotten",
}
"""Tags of the acts that leave no bound row, and why."""
UNBOUND = {
    "journal": "the chain itself",
    "journal_rows": "the digests that bind, checked against their entries",
    "journal_head": "checked against the last entry",
    "journal_subtrees": "derived from the digests of the entries",
    "journal_keys": "signed by the key before, and handed out",
    "journal_secrets": "deleted when the key is rotated, and proved by every signature",
    "filing_commitments": "committed to by seals, which are signed and handed out",
    "seals": "signed, each over the one before, and handed out",
    "answer_drafts": "a draft is the party's own until it is filed",
    "signed_heads": "signed, each over the one before, and handed out",
    "provisions": "keys alone; what they stand for is in versions",
    "provision_references": "derived from the words of a version, and written anew with them",
    **dict.fromkeys(
        ("clearance_practices", "draft_work", "draft_steps", "internal_notes", "internal_deadlines"),
        "inside a party: nothing of it is filed",
    ),
    "letters": "claimed, sent, emptied of their words",
    **dict.fromkeys(("notices", "notice_moments", "notice_progress"), "derived from the entries, and from the clock"),
    **dict.fromkeys(("watches", "calendar_feeds"), "a person's own habits, and the digest of a secret"),
    "co_signatures": "what a draft asks of other parties; who joined is bound with the filed comment",
    **dict.fromkeys(
        (
            *("authenticators", "passkeys", "passkey_challenges", "passwords", "recovery_codes", "password_resets"),
            *("authorization_codes", "device_requests", "refresh_tokens", "grants", "federated_sign_ins", "identities"),
            *("browser_sessions", "guesses", "known_browsers", "signing_keys"),
        ),
        "proofs of who asks: used up, renewed, revoked, forgotten when they expire, by no act",
    ),
}
"""Tables that are not bound, and why."""
