"""Triage of comments

Why: a received comment never changes, and what is done to answer it stands beside it: points, groups, tags, desks,
advice, answers given together, and how its party takes the answer. What is filed is kept by triggers. Going back loses
all of it; the journal keeps the acts.

Revision ID: 0032
Revises: 0031
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"

INSTANT = sa.DateTime(True).with_variant(sa.String(27), "sqlite")
FILED = {
    "desk_moves": "k.id = NEW.id",
    "reusable_answers": "k.id = NEW.id OR k.round_id = NEW.round_id AND k.title = NEW.title",
    "disposition_origins": "k.id = NEW.id OR k.disposition_id = NEW.disposition_id",
    "answer_reactions": "k.id = NEW.id OR k.disposition_id = NEW.disposition_id",
    "answer_settlings": "k.id = NEW.id OR k.disposition_id = NEW.disposition_id AND k.side = NEW.side",
}
"""Tables whose rows nobody changes, with the condition that a row `k` stands in the way of a new one."""


def upgrade() -> None:
    op.create_table(
        "answer_batches",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("round_id", sa.String(length=30), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "PROPOSED", "RECORDED", name="disposition_stage", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("answer_count", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.String(length=30), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("undone_by_id", sa.String(length=30), nullable=True),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["delegates.id"], name=op.f("fk_answer_batches_made_by_id_delegates")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_answer_batches_round_id_rounds")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["delegates.id"], name=op.f("fk_answer_batches_undone_by_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_batches")),
    )
    with op.batch_alter_table("answer_batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_batches_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_answer_batches_round_id_answer_batches_made_at"), ["round_id", "made_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_answer_batches_undone_by_id"), ["undone_by_id"], unique=False)

    op.create_table(
        "reusable_answers",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("round_id", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "ACCEPTED",
                "ACCEPTED_WITH_MODIFICATION",
                "NOT_ACCEPTED",
                "NOTED",
                "DEFERRED",
                "REFERRED",
                "DUPLICATE",
                "OUT_OF_SCOPE",
                name="disposition_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("kept_by_id", sa.String(length=30), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["delegates.id"], name=op.f("fk_reusable_answers_kept_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_reusable_answers_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reusable_answers")),
        sa.UniqueConstraint("round_id", "title", name=op.f("uq_reusable_answers_round_id_title")),
    )
    with op.batch_alter_table("reusable_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reusable_answers_kept_by_id"), ["kept_by_id"], unique=False)

    op.create_table(
        "round_tags",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("round_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_tags_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_tags")),
        sa.UniqueConstraint("round_id", "folded", name=op.f("uq_round_tags_round_id_folded")),
    )
    op.create_table(
        "advice_requests",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("comment_id", sa.String(length=30), nullable=False),
        sa.Column("body_id", sa.String(length=30), nullable=True),
        sa.Column("delegate_id", sa.String(length=30), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.String(length=30), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("given_by_id", sa.String(length=30), nullable=True),
        sa.Column("given_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["delegates.id"], name=op.f("fk_advice_requests_asked_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_advice_requests_body_id_bodies")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_advice_requests_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegates.id"], name=op.f("fk_advice_requests_delegate_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["delegates.id"], name=op.f("fk_advice_requests_given_by_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_requests")),
    )
    with op.batch_alter_table("advice_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_advice_requests_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_advice_requests_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_advice_requests_comment_id_advice_requests_asked_at"),
            ["comment_id", "asked_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_advice_requests_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_advice_requests_due_on_advice_requests_id"), ["due_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_advice_requests_given_by_id"), ["given_by_id"], unique=False)

    op.create_table(
        "comment_tags",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("comment_id", sa.String(length=30), nullable=False),
        sa.Column("tag_id", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_tags_comment_id_comments")),
        sa.ForeignKeyConstraint(["tag_id"], ["round_tags.id"], name=op.f("fk_comment_tags_tag_id_round_tags")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_tags")),
        sa.UniqueConstraint("comment_id", "tag_id", name=op.f("uq_comment_tags_comment_id_tag_id")),
    )
    with op.batch_alter_table("comment_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_tags_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "comment_triage",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("comment_id", sa.String(length=30), nullable=False),
        sa.Column("lead_id", sa.String(length=30), nullable=True),
        sa.Column("delegate_id", sa.String(length=30), nullable=True),
        sa.Column("function_id", sa.String(length=30), nullable=True),
        sa.Column("placed_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_triage_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegates.id"], name=op.f("fk_comment_triage_delegate_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["function_id"], ["functions.id"], name=op.f("fk_comment_triage_function_id_functions")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["comments.id"], name=op.f("fk_comment_triage_lead_id_comments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_triage")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_comment_triage_comment_id")),
    )
    with op.batch_alter_table("comment_triage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_triage_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_triage_function_id"), ["function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_triage_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "desk_moves",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("comment_id", sa.String(length=30), nullable=False),
        sa.Column("delegate_id", sa.String(length=30), nullable=True),
        sa.Column("function_id", sa.String(length=30), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("moved_by_id", sa.String(length=30), nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_desk_moves_comment_id_comments")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_desk_moves_delegate_id_delegates")),
        sa.ForeignKeyConstraint(["function_id"], ["functions.id"], name=op.f("fk_desk_moves_function_id_functions")),
        sa.ForeignKeyConstraint(["moved_by_id"], ["delegates.id"], name=op.f("fk_desk_moves_moved_by_id_delegates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_moves")),
    )
    with op.batch_alter_table("desk_moves", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_moves_comment_id_desk_moves_moved_at"), ["comment_id", "moved_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_desk_moves_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_moves_function_id"), ["function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_moves_moved_by_id"), ["moved_by_id"], unique=False)

    op.create_table(
        "answer_reactions",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("comment_id", sa.String(length=30), nullable=False),
        sa.Column("round_id", sa.String(length=30), nullable=False),
        sa.Column("disposition_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("delegate_id", sa.String(length=30), nullable=False),
        sa.Column(
            "reaction",
            sa.Enum("CONTENT", "MAINTAINS", name="reaction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reacted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_answer_reactions_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegates.id"], name=op.f("fk_answer_reactions_delegate_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["disposition_id"], ["dispositions.id"], name=op.f("fk_answer_reactions_disposition_id_dispositions")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_answer_reactions_party_id_parties")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_answer_reactions_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_reactions")),
        sa.UniqueConstraint("disposition_id", name=op.f("uq_answer_reactions_disposition_id")),
    )
    with op.batch_alter_table("answer_reactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_reactions_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_reactions_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_reactions_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_answer_reactions_round_id_answer_reactions_reacted_at"),
            ["round_id", "reacted_at"],
            unique=False,
        )

    op.create_table(
        "answer_settlings",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("disposition_id", sa.String(length=30), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "COORDINATORS",
                "SECRETARIAT",
                name="settling_side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delegate_id", sa.String(length=30), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegates.id"], name=op.f("fk_answer_settlings_delegate_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["disposition_id"], ["dispositions.id"], name=op.f("fk_answer_settlings_disposition_id_dispositions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_settlings")),
        sa.UniqueConstraint("disposition_id", "side", name=op.f("uq_answer_settlings_disposition_id_side")),
    )
    with op.batch_alter_table("answer_settlings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_settlings_delegate_id"), ["delegate_id"], unique=False)

    op.create_table(
        "comment_points",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("comment_id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "GENERAL",
                "SUBSTANTIVE",
                "EDITORIAL",
                "LINGUISTIC",
                "QUESTION",
                name="comment_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("has_wording", sa.Boolean(), nullable=False),
        sa.Column("disposition_id", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_points_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["disposition_id"], ["dispositions.id"], name=op.f("fk_comment_points_disposition_id_dispositions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_points")),
        sa.UniqueConstraint("comment_id", "number", name=op.f("uq_comment_points_comment_id_number")),
    )
    with op.batch_alter_table("comment_points", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_points_disposition_id"), ["disposition_id"], unique=False)

    op.create_table(
        "disposition_origins",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("disposition_id", sa.String(length=30), nullable=False),
        sa.Column("batch_id", sa.String(length=30), nullable=True),
        sa.Column("answer_id", sa.String(length=30), nullable=True),
        sa.Column("point_id", sa.String(length=30), nullable=True),
        sa.Column("lead_id", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["reusable_answers.id"], name=op.f("fk_disposition_origins_answer_id_reusable_answers")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["answer_batches.id"], name=op.f("fk_disposition_origins_batch_id_answer_batches")
        ),
        sa.ForeignKeyConstraint(
            ["disposition_id"], ["dispositions.id"], name=op.f("fk_disposition_origins_disposition_id_dispositions")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["comments.id"], name=op.f("fk_disposition_origins_lead_id_comments")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["comment_points.id"], name=op.f("fk_disposition_origins_point_id_comment_points")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition_origins")),
        sa.UniqueConstraint("disposition_id", name=op.f("uq_disposition_origins_disposition_id")),
    )
    with op.batch_alter_table("disposition_origins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disposition_origins_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposition_origins_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposition_origins_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposition_origins_point_id"), ["point_id"], unique=False)
    for table, same in FILED.items():
        _keep(table, same)


def _keep(table: str, same: str) -> None:
    """Write the triggers that keep the rows of a table as they are."""
    kept = f"what was issued, filed or recorded cannot change: {table}"
    if op.get_bind().dialect.name == "postgresql":
        for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name, body = f"{table}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{kept}'; END $$"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {table} k WHERE {same})", f"UNIQUE constraint failed: {table}"
    for name, operation, (when, words) in (
        ("update", "UPDATE", ("TRUE", kept)),
        ("delete", "DELETE", ("TRUE", kept)),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {table}_no_{name} BEFORE {operation} ON {table} {refuse}")


def downgrade() -> None:
    op.drop_table("disposition_origins")
    op.drop_table("comment_points")
    op.drop_table("answer_settlings")
    op.drop_table("answer_reactions")
    op.drop_table("desk_moves")
    op.drop_table("comment_triage")
    op.drop_table("comment_tags")
    op.drop_table("advice_requests")
    op.drop_table("round_tags")
    op.drop_table("reusable_answers")
    op.drop_table("answer_batches")
    if op.get_bind().dialect.name == "postgresql":
        for table in FILED:
            for operation in ("update", "delete", "truncate"):
                op.execute(f"DROP FUNCTION {table}_no_{operation}()")
