"""Every table is listed as filed, kept by triggers on both databases, or as changing, with the reason."""

from sqlalchemy import text

from server.models.base import Base
from server.storage.database import Database

FILED = {
    "journal": "every act, for ever",
    "journal_rows": "the digests of what each act wrote",
    "decisions": "what a body decided",
    "dispositions": "answers that were given, proposed or recorded",
    "editions": "what was adopted",
    **dict.fromkeys(("journal_subtrees", "signed_heads"), "what was signed, and what it follows from"),
    "journal_keys": "public keys, which verify for ever",
    "round_extensions": "instants that were announced",
    "redatings": "periods that were announced",
    **dict.fromkeys(("comment_supports", "comment_oppositions"), "marks of parties"),
    "consolidations": "from what a version is made",
    "conflict_sides": "what the parties asked for",
    "sentence_readings": "that a person read these words",
    "papers": "what was issued",
    "text_versions": "once issued",
    "comments": "once submitted",
    "amendment_proposals": "once submitted",
    "text_conflicts": "once settled",
    "provision_texts": "once their version is issued",
    "lineages": "once their version is issued",
    "applied_changes": "once their version is issued",
    "amendments": "once their proposal is submitted",
    "co_sponsors": "once their proposal is submitted",
    "carried_comments": "once their party has confirmed the place",
    "carried_amendments": "once their proponent has restated or dropped them",
}
"""Tables whose rows nobody can change, from when on or what they hold."""
CHANGING = {
    **dict.fromkeys(("comment_work", "proposal_work"), "the handling of something filed, which is another row"),
    **dict.fromkeys(
        ("parties", "party_names", "persons"), "a register: corrected by acts, with the journal as history"
    ),
    **dict.fromkeys(
        ("delegates", "functions", "invitations", "memberships", "representations", "mandates"),
        "dated: ended early by an act, and numbered by `version` against a race",
    ),
    **dict.fromkeys(("bodies", "sittings", "instruments", "provisions"), "a register that only grows"),
    **dict.fromkeys(("mechanisms", "review_cycles"), "rules as data, valid between days"),
    "rounds": "status and closing instant move by acts; extensions are filed, and triggers keep the rest",
    "amendment_views": "the group corrects its view; the journal has every one",
    **dict.fromkeys(
        ("work_plans", "work_items", "activities", "responsibles"), "moved by acts; the baseline is in the row"
    ),
    "journal_head": "the end of the chain, moved by each entry",
    "journal_secrets": "the private half of the newest key, deleted by a rotation",
    "applications": "a register of programs, corrected and retired by acts",
    **dict.fromkeys(
        (
            *("authenticators", "passkeys", "passkey_challenges", "passwords", "recovery_codes", "password_resets"),
            *("authorization_codes", "device_requests", "refresh_tokens", "grants", "federated_sign_ins", "identities"),
            *("browser_sessions", "guesses", "known_browsers", "signing_keys"),
        ),
        "proofs of who asks: used up, renewed, revoked, forgotten when they expire",
    ),
    "text_corrections": "undone by an objection, or lapsed where the words were settled anew",
    "provision_references": "derived from the words of a version, and written anew with them",
    "letters": "claimed, sent, emptied of their words",
}
"""Tables whose rows change, and why that is right."""


def test_every_table_is_filed_or_changing() -> None:
    tables = set(Base.metadata.tables)

    assert FILED.keys() & CHANGING.keys() == set()
    assert tables - FILED.keys() - CHANGING.keys() == set(), (
        "say whether its rows are filed (triggers) or change, and why"
    )
    assert (FILED.keys() | CHANGING.keys()) - tables == set()


async def test_filed_tables_and_no_others_have_triggers(database: Database) -> None:
    async with database.reading() as connection:
        postgresql = connection.dialect.name == "postgresql"
        catalogue = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if postgresql
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        triggers = set((await connection.scalars(text(catalogue))).all())

    whole = "truncate" if postgresql else "replace"
    needed = {f"{table}_no_{operation}" for table in FILED for operation in ("update", "delete", whole)}
    parts = {name for name in triggers if name.endswith("_no_insert")}
    # Of tables that change, which keep a part of it: tests/rounds/test_position.py, tests/storage/test_kept.py.
    triggers -= {name for name in triggers if "_keep_" in name or name == "journal_move_head"}
    assert triggers - parts == needed
    assert {name.removesuffix("_no_insert") for name in parts} < FILED.keys()
