"""Plans that are kept

Why: milestones, dependencies, baselines and every change of a work plan with its reason; a plan is followed by the next
one of its body, which takes over what is open. New columns are empty in the rows that are there, so that their digests
in the journal stay. Going back loses all of this, and the plans that follow another one with their topics: what was
carried over is as if it had been given up.

Revision ID: 0039
Revises: 0038
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0039"
down_revision: str | None = "0038"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OLD_STATUS = ("NOT_STARTED", "IN_PROGRESS", "DONE", "DROPPED")
NEW_STATUS = (*OLD_STATUS, "CARRIED_OVER")
OPEN = sa.text("closed_at IS NULL")
FILED = {
    "plan_changes": "k.id = NEW.id",
    "baselines": "k.id = NEW.id OR k.plan_id = NEW.plan_id AND k.name = NEW.name",
    "baseline_rows": "k.id = NEW.id OR k.baseline_id = NEW.baseline_id AND k.item_id = NEW.item_id",
}
"""Tables whose rows nobody changes, with the condition that a row `k` stands in the way of a new one."""
COLUMNS = {
    "work_plans": (("decided_on", sa.Date()), ("follows_id", sa.String(30)), ("closed_at", INSTANT)),
    "work_items": (
        ("printed_title", sa.Text()),
        ("dropped_at", INSTANT),
        ("drop_reason", sa.Text()),
        ("carried_from_id", sa.String(30)),
    ),
    "activities": (
        ("drop_reason", sa.Text()),
        ("blocked_by", sa.Text()),
        ("blocked_by_id", sa.String(30)),
        ("blocked_at", INSTANT),
        ("printed", DOCUMENT),
        ("carried_from_id", sa.String(30)),
    ),
}
LINKS = {"work_plans": "follows_id", "work_items": "carried_from_id", "activities": "carried_from_id"}


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def take_triggers() -> list[str]:
    """Drop the triggers on SQLite, where changing a table copies it without them, and return how they were made."""
    if not is_sqlite():
        return []
    rows = op.get_bind().execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in rows:
        op.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in rows]


def give_triggers(triggers: list[str]) -> None:
    for sql in triggers:
        op.get_bind().exec_driver_sql(sql)


def check_activities(batch: object, statuses: tuple[str, ...]) -> None:
    """Make the check of the status: the copy that SQLite makes of a table has none."""
    name = op.f("ck_activities_activity_status")
    if not is_sqlite():
        batch.drop_constraint(name, type_="check")
    batch.create_check_constraint(name, f"status IN ({', '.join(map(repr, statuses))})")


def upgrade() -> None:
    triggers = take_triggers()
    for table, columns in COLUMNS.items():
        link = LINKS[table]
        with op.batch_alter_table(table) as batch:
            for name, kind in columns:
                batch.add_column(sa.Column(name, kind, nullable=True))
            batch.create_index(op.f(f"ix_{table}_{link}"), [link])
            batch.create_foreign_key(op.f(f"fk_{table}_{link}_{table}"), table, [link], ["id"])
            if table == "work_plans":
                batch.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
                batch.drop_constraint(op.f("uq_work_plans_body_id"), type_="unique")
                batch.create_index(op.f("ix_work_plans_body_id"), ["body_id"])
                batch.create_index(
                    "uq_work_plans_open", ["body_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
                )
            if table == "activities":
                check_activities(batch, NEW_STATUS)
    give_triggers(triggers)
    create_tables()
    for table, same in FILED.items():
        _keep(table, same)


def create_tables() -> None:
    op.create_table(
        "baselines",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("plan_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("taken_by_id", sa.String(length=30), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["work_plans.id"], name=op.f("fk_baselines_plan_id_work_plans")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["delegates.id"], name=op.f("fk_baselines_taken_by_id_delegates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baselines")),
        sa.UniqueConstraint("plan_id", "name", name=op.f("uq_baselines_plan_id_name")),
    )
    with op.batch_alter_table("baselines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_baselines_plan_id_baselines_taken_at"), ["plan_id", "taken_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_baselines_taken_by_id"), ["taken_by_id"], unique=False)

    op.create_table(
        "dependencies",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("plan_id", sa.String(length=30), nullable=False),
        sa.Column("predecessor_id", sa.String(length=30), nullable=False),
        sa.Column("successor_id", sa.String(length=30), nullable=False),
        sa.Column("lag_days", sa.Integer(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "substr(predecessor_id, 1, 4) IN ('ACT_', 'MST_')", name=op.f("ck_dependencies_predecessor")
        ),
        sa.CheckConstraint("substr(successor_id, 1, 4) IN ('ACT_', 'MST_')", name=op.f("ck_dependencies_successor")),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_dependencies_two_steps")),
        sa.ForeignKeyConstraint(["plan_id"], ["work_plans.id"], name=op.f("fk_dependencies_plan_id_work_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependencies")),
    )
    with op.batch_alter_table("dependencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dependencies_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependencies_predecessor_id"), ["predecessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependencies_successor_id"), ["successor_id"], unique=False)
        batch_op.create_index(
            "uq_dependencies_pair",
            ["predecessor_id", "successor_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "plan_changes",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("plan_id", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.String(length=30), nullable=False),
        sa.Column("subject_name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ADDED",
                "CORRECTED",
                "MOVED",
                "REDATED",
                "ASSIGNED",
                "STARTED",
                "BLOCKED",
                "UNBLOCKED",
                "COMPLETED",
                "DROPPED",
                "CARRIED_OVER",
                "LINKED",
                "UNLINKED",
                "BASELINED",
                name="plan_change_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "field",
            sa.Enum(
                "TITLE",
                "NUMBER",
                "REMARKS",
                "RESPONSIBLE",
                "PERIOD",
                "PLACE",
                "GROUP",
                "ANCHOR",
                "APPROVER",
                "STATUS",
                "DEPENDENCY",
                "WHOLE",
                name="plan_field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("latest_before", sa.Date(), nullable=True),
        sa.Column("latest_after", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.String(length=30), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["delegates.id"], name=op.f("fk_plan_changes_changed_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["work_plans.id"], name=op.f("fk_plan_changes_plan_id_work_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
    )
    with op.batch_alter_table("plan_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_changes_changed_by_id"), ["changed_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plan_changes_plan_id_plan_changes_changed_at"), ["plan_id", "changed_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_plan_changes_subject_id_plan_changes_changed_at"), ["subject_id", "changed_at"], unique=False
        )

    op.create_table(
        "baseline_rows",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("baseline_id", sa.String(length=30), nullable=False),
        sa.Column("item_id", sa.String(length=30), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.CheckConstraint("substr(item_id, 1, 4) IN ('ACT_', 'MST_')", name=op.f("ck_baseline_rows_item")),
        sa.ForeignKeyConstraint(["baseline_id"], ["baselines.id"], name=op.f("fk_baseline_rows_baseline_id_baselines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline_rows")),
        sa.UniqueConstraint("baseline_id", "item_id", name=op.f("uq_baseline_rows_baseline_id_item_id")),
    )
    with op.batch_alter_table("baseline_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_baseline_rows_item_id"), ["item_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("plan_id", sa.String(length=30), nullable=False),
        sa.Column("work_item_id", sa.String(length=30), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("baseline_earliest", sa.Date(), nullable=True),
        sa.Column("baseline_latest", sa.Date(), nullable=True),
        sa.Column("baseline_label", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.String(length=30), nullable=True),
        sa.Column("round_id", sa.String(length=30), nullable=True),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("approver_body_id", sa.String(length=30), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PLANNED",
                "REACHED",
                "DROPPED",
                "CARRIED_OVER",
                name="milestone_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_id", sa.String(length=30), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("drop_reason", sa.Text(), nullable=True),
        sa.Column("carried_from_id", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("sitting_id IS NULL OR round_id IS NULL", name=op.f("ck_milestones_one_anchor")),
        sa.ForeignKeyConstraint(
            ["approver_body_id"], ["bodies.id"], name=op.f("fk_milestones_approver_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"], ["milestones.id"], name=op.f("fk_milestones_carried_from_id_milestones")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["work_plans.id"], name=op.f("fk_milestones_plan_id_work_plans")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_milestones_round_id_rounds")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_milestones_sitting_id_sittings")),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_items.id"], name=op.f("fk_milestones_work_item_id_work_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_approver_body_id"), ["approver_body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestones_carried_from_id"), ["carried_from_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestones_plan_id_milestones_position"), ["plan_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_milestones_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestones_sitting_id"), ["sitting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestones_work_item_id"), ["work_item_id"], unique=False)

    op.create_table(
        "milestone_changes",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("milestone_id", sa.String(length=30), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("sitting_id", sa.String(length=30), nullable=True),
        sa.Column("round_id", sa.String(length=30), nullable=True),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.String(length=30), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PROPOSED",
                "APPROVED",
                "DECLINED",
                "TAKEN_BACK",
                name="milestone_change_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.String(length=30), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("sitting_id IS NULL OR round_id IS NULL", name=op.f("ck_milestone_changes_one_anchor")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["delegates.id"], name=op.f("fk_milestone_changes_answered_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_milestone_changes_milestone_id_milestones")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["delegates.id"], name=op.f("fk_milestone_changes_proposed_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_milestone_changes_round_id_rounds")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_milestone_changes_sitting_id_sittings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_changes")),
    )
    with op.batch_alter_table("milestone_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_changes_answered_by_id"), ["answered_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestone_changes_milestone_id_milestone_changes_proposed_at"),
            ["milestone_id", "proposed_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_milestone_changes_proposed_by_id"), ["proposed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_changes_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_changes_sitting_id"), ["sitting_id"], unique=False)
        batch_op.create_index(
            "uq_milestone_changes_proposed",
            ["milestone_id"],
            unique=True,
            sqlite_where=sa.text("status = 'PROPOSED'"),
            postgresql_where=sa.text("status = 'PROPOSED'"),
        )


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
    triggers = take_triggers()
    for table in ("milestone_changes", "milestones", "baseline_rows", "baselines", "plan_changes", "dependencies"):
        op.drop_table(table)
    if not is_sqlite():
        for table in FILED:
            for operation in ("update", "delete", "truncate"):
                op.execute(f"DROP FUNCTION {table}_no_{operation}()")
    remove_following_plans()
    op.execute("UPDATE activities SET status = 'DROPPED' WHERE status = 'CARRIED_OVER'")
    for table, columns in reversed(COLUMNS.items()):
        link = LINKS[table]
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_{link}_{table}"), type_="foreignkey")
            batch.drop_index(op.f(f"ix_{table}_{link}"))
            if table == "activities":
                check_activities(batch, OLD_STATUS)
            if table == "work_plans":
                batch.drop_index("uq_work_plans_open")
                batch.drop_index(op.f("ix_work_plans_body_id"))
                batch.create_unique_constraint(op.f("uq_work_plans_body_id"), ["body_id"])
                batch.drop_column("version")
            for name, _ in columns:
                batch.drop_column(name)
    give_triggers([sql for sql in triggers if not any(f" ON {table} " in sql for table in FILED)])


def remove_following_plans() -> None:
    """Remove the plans that follow another one, with what belongs to them."""
    plans = "SELECT id FROM work_plans WHERE follows_id IS NOT NULL"
    items = f"SELECT id FROM work_items WHERE plan_id IN ({plans})"
    activities = f"SELECT id FROM activities WHERE work_item_id IN ({items})"
    if not is_sqlite():
        op.execute("ALTER TABLE redatings DISABLE TRIGGER USER")
    op.execute(f"DELETE FROM redatings WHERE activity_id IN ({activities})")
    if not is_sqlite():
        op.execute("ALTER TABLE redatings ENABLE TRIGGER USER")
    op.execute(f"DELETE FROM responsibles WHERE activity_id IN ({activities})")
    op.execute("UPDATE activities SET carried_from_id = NULL")
    op.execute("UPDATE work_items SET carried_from_id = NULL")
    op.execute(f"DELETE FROM activities WHERE work_item_id IN ({items})")
    op.execute(f"DELETE FROM work_items WHERE plan_id IN ({plans})")
    # A plan is removed before the one that it follows.
    while op.get_bind().execute(sa.text(f"{plans} LIMIT 1")).first():
        followed = "SELECT follows_id FROM work_plans WHERE follows_id IS NOT NULL"
        op.execute(f"DELETE FROM work_plans WHERE follows_id IS NOT NULL AND id NOT IN ({followed})")
