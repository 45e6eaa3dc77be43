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
    "round_steps": "what people did with a round, and why",
    "redatings": "periods that were announced",
    "plan_changes": "what people did with a plan, and why",
    **dict.fromkeys(("baselines", "baseline_rows"), "the periods of a plan on a day"),
    **dict.fromkeys(
        ("comment_supports", "comment_oppositions", "comment_tolerances"), "marks of parties, until they are taken back"
    ),
    "comment_replies": "what was said under a comment, until it is taken back",
    "consolidations": "from what a version is made",
    "conflict_sides": "what the parties asked for",
    "sentence_readings": "that a person read these words",
    "papers": "what was issued",
    "call_questions": "what was asked",
    "call_redatings": "instants that were announced",
    "answer_sheets": "what a party answered",
    **dict.fromkeys(("filing_commitments", "seals"), "what bound the server while a round was sealed"),
    "participant_lists": "which sheet was imported, and what came of it",
    "desk_moves": "on whose desk a comment lay",
    "reusable_answers": "what was said to several parties",
    "disposition_origins": "where an answer comes from",
    **dict.fromkeys(("answer_reactions", "answer_settlings"), "what was said of an answer"),
    "sitting_steps": "what was done to an announced sitting, and why",
    "report_paragraphs": "what later texts cite",
    "transfers": "which item went to the successor, and why",
    "contributions": "what a party gave to a group",
    "silence_objections": "what broke a silence procedure",
    "silence_statements": "what was said in a silence procedure",
    "silence_extensions": "instants that were announced",
    "text_versions": "once issued",
    "comments": "once submitted",
    "amendment_proposals": "once submitted, unless it is returned",
    "returned_filings": "what was filed when the Secretariat gave it back, and why",
    "proposal_take_overs": "who withdrew a proposal, and once it is taken over by whom",
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
    **dict.fromkeys(("instruments", "provisions"), "a register that only grows"),
    "sittings": "moved and called off by acts; the steps are filed",
    **dict.fromkeys(("agenda_items", "laid_papers"), "an agenda until the sitting; the journal has every change"),
    **dict.fromkeys(("reservations", "reporting_lines"), "stand until they are taken back or ended, by an act"),
    "silence_procedures": "status and last instant move by acts; extensions are filed, and triggers keep the rest",
    **dict.fromkeys(
        ("nominations", "promises", "neighbour_invitations"), "answered and settled by acts; the journal has every one"
    ),
    "group_reports": "rewritten while a draft; triggers keep the words once it is circulated",
    "bodies": "a register: corrected and concluded by acts, with the journal as history",
    **dict.fromkeys(("mechanisms", "review_cycles"), "rules as data, valid between days"),
    "rounds": "status, terms and closing instant move by acts; extensions and steps are filed, triggers keep the rest",
    "late_admissions": "one for each party in a round, asked anew and answered by acts; the journal has every one",
    **dict.fromkeys(("comment_triage", "comment_points"), "working copies beside a received comment, which stays"),
    "round_tags": "words to sort by, which only grow",
    "comment_tags": "put on and taken off while a round is answered",
    "advice_requests": "answered once, and numbered by `version` against a race",
    "answer_batches": "undone once, with a reason",
    "co_signatures": "what a draft asks of other parties",
    "calls": "status and closing instant move by acts; redatings are filed, and triggers keep the rest",
    "answer_drafts": "rewritten by the delegates of the party; what is filed is another row",
    "proposal_deferrals": "taken up again once by an act; the journal has every one",
    "amendment_views": "the group corrects its view; the journal has every one",
    **dict.fromkeys(
        ("work_plans", "work_items", "activities", "responsibles"), "moved by acts; the baseline is in the row"
    ),
    "milestones": "moved by acts; the baseline is in the row",
    "milestone_changes": "answered once, and numbered by `version` against a race",
    "dependencies": "ended by an act; the journal has every one",
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
    **dict.fromkeys(
        ("draft_work", "internal_notes", "internal_deadlines", "clearance_practices"),
        "inside a party: moved by its own acts until a comment is filed",
    ),
    "draft_steps": "inside a party: only grows",
    "no_comments": "declared and taken back by acts; the journal has every one",
    **dict.fromkeys(("reminders", "call_reminders"), "planned by an act, and marked as sent by the server"),
    "text_corrections": "undone by an objection, or lapsed where the words were settled anew",
    "provision_references": "derived from the words of a version, and written anew with them",
    "letters": "claimed, sent, emptied of their words",
    "notices": "read, and settled when a letter tells of them",
    "notice_progress": "how far the journal was told, moved by each turn",
    "notice_moments": "derived from the clock: only grows",
    "watches": "what a person wants to hear of, chosen anew at any time",
    "calendar_feeds": "renewed and taken away by their person",
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
