"""Sittings and agendas

Why: a sitting is called with its format and zone, moved and called off by acts; it has an agenda with papers, a report
of numbered paragraphs, and Members reserve their position to its decisions. A body reports to several others, sets the
days before a sitting by which papers are issued, and hands its open items to its successor. Columns of rows that are
there are empty, so that their digests in the journal stay; `agenda_key` follows from the item and is not bound.
Going back loses all of this; the journal keeps the acts.

Revision ID: 0037
Revises: 0036
Create Date: 2026-11-28
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEPT = "what was issued, filed or recorded cannot change"
FORMATS = "'IN_PERSON', 'VIRTUAL', 'HYBRID', 'DOCUMENT_BASED', 'TWO_PHASE'"
SAME = {
    "sitting_steps": "k.id = NEW.id",
    "report_paragraphs": "k.id = NEW.id OR k.sitting_id = NEW.sitting_id AND k.number = NEW.number",
    "transfers": "k.id = NEW.id",
}
"""Tables whose rows never change, with the condition that a row stands in the way of a new one."""


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


def create_reporting_lines() -> None:
    op.create_table(
        "reporting_lines",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("superior_id", sa.String(length=30), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_reporting_lines_body_id_bodies")),
        sa.ForeignKeyConstraint(["superior_id"], ["bodies.id"], name=op.f("fk_reporting_lines_superior_id_bodies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_lines")),
    )
    op.create_index(op.f("ix_reporting_lines_body_id"), "reporting_lines", ["body_id"])
    op.create_index(op.f("ix_reporting_lines_superior_id"), "reporting_lines", ["superior_id"])
    op.create_index(
        "uq_reporting_lines_open",
        "reporting_lines",
        ["body_id", "superior_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def create_sitting_steps() -> None:
    op.create_table(
        "sitting_steps",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("sitting_id", sa.String(length=30), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "MOVED", "CANCELLED", name="sitting_step_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_before", sa.Date(), nullable=True),
        sa.Column("ends_before", sa.Date(), nullable=True),
        sa.Column("starts_after", sa.Date(), nullable=True),
        sa.Column("ends_after", sa.Date(), nullable=True),
        sa.Column("place_before", sa.Text(), nullable=True),
        sa.Column("place_after", sa.Text(), nullable=True),
        sa.Column(
            "format_after",
            sa.Enum(
                "IN_PERSON",
                "VIRTUAL",
                "HYBRID",
                "DOCUMENT_BASED",
                "TWO_PHASE",
                name="sitting_format",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("taken_by_id", sa.String(length=30), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_sitting_steps_sitting_id_sittings")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["delegates.id"], name=op.f("fk_sitting_steps_taken_by_id_delegates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_steps")),
    )
    op.create_index(op.f("ix_sitting_steps_sitting_id"), "sitting_steps", ["sitting_id"])
    op.create_index(op.f("ix_sitting_steps_taken_by_id"), "sitting_steps", ["taken_by_id"])


def create_agenda_items() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("sitting_id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sort_key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purposes", DOCUMENT, nullable=False),
        sa.Column(
            "item_class",
            sa.Enum("A", "B", "C", name="item_class", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("placed_by_id", sa.String(length=30), nullable=False),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("withdrawal", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placed_by_id"], ["delegates.id"], name=op.f("fk_agenda_items_placed_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_agenda_items_sitting_id_sittings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
    )
    op.create_index(op.f("ix_agenda_items_placed_by_id"), "agenda_items", ["placed_by_id"])
    op.create_index(op.f("ix_agenda_items_sitting_id"), "agenda_items", ["sitting_id"])
    op.create_index(
        "uq_agenda_items_standing",
        "agenda_items",
        ["sitting_id", "number"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def create_laid_papers() -> None:
    op.create_table(
        "laid_papers",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("item_id", sa.String(length=30), nullable=False),
        sa.Column("paper_id", sa.String(length=30), nullable=False),
        sa.Column("laid_by_id", sa.String(length=30), nullable=False),
        sa.Column("laid_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_laid_papers_item_id_agenda_items")),
        sa.ForeignKeyConstraint(["laid_by_id"], ["delegates.id"], name=op.f("fk_laid_papers_laid_by_id_delegates")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_laid_papers_paper_id_papers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laid_papers")),
    )
    op.create_index(op.f("ix_laid_papers_item_id"), "laid_papers", ["item_id"])
    op.create_index(op.f("ix_laid_papers_laid_by_id"), "laid_papers", ["laid_by_id"])
    op.create_index(op.f("ix_laid_papers_paper_id"), "laid_papers", ["paper_id"])
    op.create_index(
        "uq_laid_papers_lying",
        "laid_papers",
        ["item_id", "paper_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def create_report_paragraphs() -> None:
    op.create_table(
        "report_paragraphs",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("sitting_id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("item_id", sa.String(length=30), nullable=True),
        sa.Column("decision_id", sa.String(length=30), nullable=True),
        sa.Column("paper_id", sa.String(length=30), nullable=True),
        sa.Column("written_by_id", sa.String(length=30), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_report_paragraphs_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_report_paragraphs_item_id_agenda_items")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_report_paragraphs_paper_id_papers")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_report_paragraphs_sitting_id_sittings")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["delegates.id"], name=op.f("fk_report_paragraphs_written_by_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_paragraphs")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_report_paragraphs_sitting_id_number")),
    )
    op.create_index(op.f("ix_report_paragraphs_decision_id"), "report_paragraphs", ["decision_id"])
    op.create_index(op.f("ix_report_paragraphs_item_id"), "report_paragraphs", ["item_id"])
    op.create_index(op.f("ix_report_paragraphs_paper_id"), "report_paragraphs", ["paper_id"])
    op.create_index(op.f("ix_report_paragraphs_written_by_id"), "report_paragraphs", ["written_by_id"])


def create_reservations() -> None:
    op.create_table(
        "reservations",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("decision_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.String(length=30), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_reservations_decision_id_decisions")),
        sa.ForeignKeyConstraint(["made_by_id"], ["delegates.id"], name=op.f("fk_reservations_made_by_id_delegates")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_reservations_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
    )
    op.create_index(op.f("ix_reservations_decision_id"), "reservations", ["decision_id"])
    op.create_index(op.f("ix_reservations_made_by_id"), "reservations", ["made_by_id"])
    op.create_index(op.f("ix_reservations_party_id"), "reservations", ["party_id"])
    op.create_index(
        "uq_reservations_standing",
        "reservations",
        ["decision_id", "party_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def create_transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=False),
        sa.Column("successor_id", sa.String(length=30), nullable=False),
        sa.Column("item_id", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("transferred_by_id", sa.String(length=30), nullable=False),
        sa.Column("transferred_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_transfers_body_id_bodies")),
        sa.ForeignKeyConstraint(["successor_id"], ["bodies.id"], name=op.f("fk_transfers_successor_id_bodies")),
        sa.ForeignKeyConstraint(
            ["transferred_by_id"], ["delegates.id"], name=op.f("fk_transfers_transferred_by_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    op.create_index(op.f("ix_transfers_body_id"), "transfers", ["body_id"])
    op.create_index(op.f("ix_transfers_item_id"), "transfers", ["item_id"])
    op.create_index(op.f("ix_transfers_successor_id"), "transfers", ["successor_id"])
    op.create_index(op.f("ix_transfers_transferred_by_id"), "transfers", ["transferred_by_id"])


def upgrade() -> None:
    op.add_column("bodies", sa.Column("document_days", sa.Integer(), nullable=True))
    op.add_column("decisions", sa.Column("agenda_key", sa.String(80), nullable=False, server_default="~"))
    # In words: Alembic leaves the CHECK of a column out on SQLite, and copying the table would be needed to add it.
    check = f"CONSTRAINT ck_sittings_sitting_format CHECK (format IN ({FORMATS}))"
    op.execute(f"ALTER TABLE sittings ADD COLUMN format VARCHAR(40) {check}")
    op.add_column("sittings", sa.Column("zone", sa.String(64), nullable=True))
    op.add_column("sittings", sa.Column("cancelled_at", INSTANT, nullable=True))
    op.add_column("sittings", sa.Column("cancellation", sa.Text(), nullable=True))
    op.add_column("sittings", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    create_reporting_lines()
    create_sitting_steps()
    create_agenda_items()
    create_laid_papers()
    create_report_paragraphs()
    create_reservations()
    create_transfers()
    create_guards()


def downgrade() -> None:
    for table in (
        "transfers",
        "reservations",
        "report_paragraphs",
        "laid_papers",
        "agenda_items",
        "sitting_steps",
        "reporting_lines",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name, *_ in guards("postgresql"):
            op.execute(f"DROP FUNCTION {name}()")
    for name in ("version", "cancellation", "cancelled_at", "zone", "format"):
        op.drop_column("sittings", name)
    op.drop_column("decisions", "agenda_key")
    op.drop_column("bodies", "document_days")
