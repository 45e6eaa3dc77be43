"""Groups and silence procedures

Why: parties are nominated for functions in groups, promise work by an instant, contribute, and adopt the report of
their group; a decision exists by silence unless a Member objects in time. Triggers keep the frozen text of a silence
procedure, let nobody object at its last instant or later, and keep the words of a report that was circulated.
Going back loses all of this; the journal keeps the acts.

Revision ID: 0038
Revises: 0037
Create Date: 2026-11-28
"""

from collections.abc import Iterator

import sqlalchemy as sa

from alembic import op

revision: str = "0038"
down_revision: str | None = "0037"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
KEPT = "what was issued, filed or recorded cannot change"
SAME = {
    "silence_objections": "k.id = NEW.id OR k.procedure_id = NEW.procedure_id",
    "silence_statements": "k.id = NEW.id",
    "silence_extensions": "k.id = NEW.id",
    "contributions": "k.id = NEW.id",
}
"""Tables whose rows never change, with the condition that a row stands in the way of a new one."""
FROZEN = (
    *("id", "body_id", "title", "text", "text_digest", "opened_by_id", "opened_at", "zone"),
    *("open_to_observers", "open_to_private_sector"),
)
MOVED = (
    "NEW.expires_at <> OLD.expires_at AND NOT EXISTS (SELECT 1 FROM silence_extensions e WHERE e.procedure_id = NEW.id "
    "AND e.expires_before = OLD.expires_at AND e.expires_after = NEW.expires_at)"
)
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FROZEN)
BACK = "OLD.status <> 'OPENED' AND NEW.status = 'OPENED'"
TERMS_CHANGED = f"{CHANGED} OR ({MOVED}) OR ({BACK})"
LATE = (
    "EXISTS (SELECT 1 FROM silence_procedures p WHERE p.id = NEW.procedure_id AND (NEW.objected_at < p.opened_at "
    "OR NEW.objected_at >= p.expires_at OR p.status NOT IN ('OPENED', 'BROKEN')))"
)
REWRITTEN = "OLD.status <> 'DRAFT' AND (NEW.status = 'DRAFT' OR NEW.text <> OLD.text OR NEW.title <> OLD.title)"
TERMS = "the text of a silence procedure is frozen, and its last instant moves with a reason only"
WINDOW = "silence is broken before its last instant only"
WORDS = "a report that was circulated keeps its words"


def guards(dialect: str) -> Iterator[tuple[str, str, str, str, str]]:
    """(name, table, when, condition under which it is refused, message)."""
    is_postgresql = dialect == "postgresql"
    for table, same in SAME.items():
        words = f"{KEPT}: {table}"
        yield f"{table}_no_update", table, "BEFORE UPDATE", "TRUE", words
        yield f"{table}_no_delete", table, "BEFORE DELETE", "TRUE", words
        if is_postgresql:
            yield f"{table}_no_truncate", table, "BEFORE TRUNCATE", "TRUE", words
        else:
            # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
            taken = f"EXISTS (SELECT 1 FROM {table} k WHERE {same})"
            yield f"{table}_no_replace", table, "BEFORE INSERT", taken, f"UNIQUE constraint failed: {table}"
    yield "silence_objections_keep_window", "silence_objections", "BEFORE INSERT", LATE, WINDOW
    yield "silence_procedures_keep_terms", "silence_procedures", "BEFORE UPDATE", TERMS_CHANGED, TERMS
    yield "silence_procedures_keep_delete", "silence_procedures", "BEFORE DELETE", "TRUE", TERMS
    yield "group_reports_keep_words", "group_reports", "BEFORE UPDATE", REWRITTEN, WORDS


def create_guards() -> None:
    dialect = op.get_bind().dialect.name
    for name, table, when, refused, message in guards(dialect):
        if dialect == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            op.execute(f"CREATE TRIGGER {name} {when} ON {table} WHEN {refused} {refuse}")
            continue
        back = "NULL" if "TRUNCATE" in when else "OLD" if "DELETE" in when else "NEW"
        body = f"IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {back};"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        each = "STATEMENT" if "TRUNCATE" in when else "ROW"
        op.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def create_silence_procedures() -> None:
    op.create_table(
        "silence_procedures",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.String(length=30), nullable=True),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("open_to_observers", sa.Boolean(), nullable=False),
        sa.Column("open_to_private_sector", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.String(length=30), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "OPENED",
                "BROKEN",
                "RESTARTED",
                "REFERRED",
                "CANCELLED",
                "RECORDED",
                name="silence_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by_id", sa.String(length=30), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.String(length=30), nullable=True),
        sa.Column("restarts_id", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("opened_at < expires_at", name=op.f("ck_silence_procedures_window")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_silence_procedures_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["delegates.id"], name=op.f("fk_silence_procedures_opened_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["restarts_id"],
            ["silence_procedures.id"],
            name=op.f("fk_silence_procedures_restarts_id_silence_procedures"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["delegates.id"], name=op.f("fk_silence_procedures_settled_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sittings.id"], name=op.f("fk_silence_procedures_sitting_id_sittings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_procedures")),
    )
    op.create_index(op.f("ix_silence_procedures_body_id"), "silence_procedures", ["body_id"])
    op.create_index(op.f("ix_silence_procedures_expires_at"), "silence_procedures", ["expires_at"])
    op.create_index(op.f("ix_silence_procedures_opened_by_id"), "silence_procedures", ["opened_by_id"])
    op.create_index(op.f("ix_silence_procedures_restarts_id"), "silence_procedures", ["restarts_id"])
    op.create_index(op.f("ix_silence_procedures_settled_by_id"), "silence_procedures", ["settled_by_id"])
    op.create_index(op.f("ix_silence_procedures_sitting_id"), "silence_procedures", ["sitting_id"])
    op.create_index(op.f("ix_silence_procedures_subject_id"), "silence_procedures", ["subject_id"])


def create_silence_objections() -> None:
    op.create_table(
        "silence_objections",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("procedure_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("provision_id", sa.String(length=30), nullable=True),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("objected_by_id", sa.String(length=30), nullable=False),
        sa.Column("objected_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["objected_by_id"], ["delegates.id"], name=op.f("fk_silence_objections_objected_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_silence_objections_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["silence_procedures.id"],
            name=op.f("fk_silence_objections_procedure_id_silence_procedures"),
        ),
        sa.ForeignKeyConstraint(
            ["provision_id"], ["provision_texts.id"], name=op.f("fk_silence_objections_provision_id_provision_texts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_objections")),
        sa.UniqueConstraint("procedure_id", name=op.f("uq_silence_objections_procedure_id")),
    )
    op.create_index(op.f("ix_silence_objections_objected_by_id"), "silence_objections", ["objected_by_id"])
    op.create_index(op.f("ix_silence_objections_party_id"), "silence_objections", ["party_id"])
    op.create_index(op.f("ix_silence_objections_provision_id"), "silence_objections", ["provision_id"])


def create_silence_statements() -> None:
    op.create_table(
        "silence_statements",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("procedure_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stated_by_id", sa.String(length=30), nullable=False),
        sa.Column("stated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_silence_statements_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["silence_procedures.id"],
            name=op.f("fk_silence_statements_procedure_id_silence_procedures"),
        ),
        sa.ForeignKeyConstraint(
            ["stated_by_id"], ["delegates.id"], name=op.f("fk_silence_statements_stated_by_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_statements")),
    )
    op.create_index(op.f("ix_silence_statements_party_id"), "silence_statements", ["party_id"])
    op.create_index(op.f("ix_silence_statements_procedure_id"), "silence_statements", ["procedure_id"])
    op.create_index(op.f("ix_silence_statements_stated_by_id"), "silence_statements", ["stated_by_id"])


def create_silence_extensions() -> None:
    op.create_table(
        "silence_extensions",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("procedure_id", sa.String(length=30), nullable=False),
        sa.Column("expires_before", INSTANT, nullable=False),
        sa.Column("expires_after", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("extended_by_id", sa.String(length=30), nullable=False),
        sa.Column("extended_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["extended_by_id"], ["delegates.id"], name=op.f("fk_silence_extensions_extended_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["silence_procedures.id"],
            name=op.f("fk_silence_extensions_procedure_id_silence_procedures"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence_extensions")),
    )
    op.create_index(op.f("ix_silence_extensions_extended_by_id"), "silence_extensions", ["extended_by_id"])
    op.create_index(op.f("ix_silence_extensions_procedure_id"), "silence_extensions", ["procedure_id"])


def create_nominations() -> None:
    op.create_table(
        "nominations",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "CHAIR",
                "CO_CHAIR",
                "COORDINATOR",
                "RAPPORTEUR",
                name="function_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delegate_id", sa.String(length=30), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "NOMINATED",
                "ACCEPTED",
                "DECLINED",
                "AGREED",
                "WITHDRAWN",
                name="nomination_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nominated_by_id", sa.String(length=30), nullable=False),
        sa.Column("nominated_at", INSTANT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.String(length=30), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("function_id", sa.String(length=30), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["delegates.id"], name=op.f("fk_nominations_answered_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_nominations_body_id_bodies")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_nominations_delegate_id_delegates")),
        sa.ForeignKeyConstraint(["function_id"], ["functions.id"], name=op.f("fk_nominations_function_id_functions")),
        sa.ForeignKeyConstraint(
            ["nominated_by_id"], ["delegates.id"], name=op.f("fk_nominations_nominated_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_nominations_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
    )
    op.create_index(op.f("ix_nominations_answered_by_id"), "nominations", ["answered_by_id"])
    op.create_index(op.f("ix_nominations_body_id"), "nominations", ["body_id"])
    op.create_index(op.f("ix_nominations_delegate_id"), "nominations", ["delegate_id"])
    op.create_index(op.f("ix_nominations_function_id"), "nominations", ["function_id"])
    op.create_index(op.f("ix_nominations_nominated_at"), "nominations", ["nominated_at"])
    op.create_index(op.f("ix_nominations_nominated_by_id"), "nominations", ["nominated_by_id"])
    op.create_index(op.f("ix_nominations_party_id"), "nominations", ["party_id"])
    op.create_index(
        "uq_nominations_open",
        "nominations",
        ["body_id", "party_id", "kind"],
        unique=True,
        sqlite_where=sa.text("status IN ('NOMINATED', 'ACCEPTED')"),
        postgresql_where=sa.text("status IN ('NOMINATED', 'ACCEPTED')"),
    )


def create_promises() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=30), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "ASKED",
                "MADE",
                "DECLINED",
                "KEPT",
                "HANDED_BACK",
                name="promise_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_by_id", sa.String(length=30), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("answered_by_id", sa.String(length=30), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.String(length=30), nullable=True),
        sa.Column("nudged_at", INSTANT, nullable=True),
        sa.Column("nudged_by_id", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["delegates.id"], name=op.f("fk_promises_answered_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_promises_body_id_bodies")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["delegates.id"], name=op.f("fk_promises_entered_by_id_delegates")),
        sa.ForeignKeyConstraint(["nudged_by_id"], ["delegates.id"], name=op.f("fk_promises_nudged_by_id_delegates")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_promises_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_answered_by_id"), "promises", ["answered_by_id"])
    op.create_index(op.f("ix_promises_body_id"), "promises", ["body_id"])
    op.create_index(op.f("ix_promises_due_at"), "promises", ["due_at"])
    op.create_index(op.f("ix_promises_entered_by_id"), "promises", ["entered_by_id"])
    op.create_index(op.f("ix_promises_nudged_by_id"), "promises", ["nudged_by_id"])
    op.create_index(op.f("ix_promises_party_id"), "promises", ["party_id"])


def create_contributions() -> None:
    op.create_table(
        "contributions",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_version_id", sa.String(length=30), nullable=True),
        sa.Column("contributed_by_id", sa.String(length=30), nullable=False),
        sa.Column("contributed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_contributions_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["contributed_by_id"], ["delegates.id"], name=op.f("fk_contributions_contributed_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_contributions_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["text_version_id"], ["text_versions.id"], name=op.f("fk_contributions_text_version_id_text_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
    )
    op.create_index(op.f("ix_contributions_body_id"), "contributions", ["body_id"])
    op.create_index(op.f("ix_contributions_contributed_at"), "contributions", ["contributed_at"])
    op.create_index(op.f("ix_contributions_contributed_by_id"), "contributions", ["contributed_by_id"])
    op.create_index(op.f("ix_contributions_party_id"), "contributions", ["party_id"])
    op.create_index(op.f("ix_contributions_text_version_id"), "contributions", ["text_version_id"])


def create_group_reports() -> None:
    op.create_table(
        "group_reports",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "CIRCULATED",
                "ADOPTED",
                name="group_report_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("drafted_by_id", sa.String(length=30), nullable=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("circulated_at", INSTANT, nullable=True),
        sa.Column("adopted_at", INSTANT, nullable=True),
        sa.Column("sitting_id", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_group_reports_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["delegates.id"], name=op.f("fk_group_reports_drafted_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_group_reports_sitting_id_sittings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_reports")),
    )
    op.create_index(op.f("ix_group_reports_body_id"), "group_reports", ["body_id"])
    op.create_index(op.f("ix_group_reports_drafted_at"), "group_reports", ["drafted_at"])
    op.create_index(op.f("ix_group_reports_drafted_by_id"), "group_reports", ["drafted_by_id"])
    op.create_index(op.f("ix_group_reports_sitting_id"), "group_reports", ["sitting_id"])


def upgrade() -> None:
    create_silence_procedures()
    create_silence_objections()
    create_silence_statements()
    create_silence_extensions()
    create_nominations()
    create_promises()
    create_contributions()
    create_group_reports()
    create_guards()


def downgrade() -> None:
    for table in (
        "group_reports",
        "contributions",
        "promises",
        "nominations",
        "silence_extensions",
        "silence_statements",
        "silence_objections",
        "silence_procedures",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name, *_ in guards("postgresql"):
            op.execute(f"DROP FUNCTION {name}()")
