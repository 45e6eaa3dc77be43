"""Nest the provisions of earlier versions

Why: versions that were read before have no tree. It follows from the kind, the level and the colons of their provisions
in reading order, by the rule of this release. The words of issued versions stay as they are. Going back loses the tree.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-27
"""

from itertools import groupby

import sqlalchemy as sa

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"

TRIGGER = "provision_texts_no_update"
PROVISIONS = sa.text(
    "SELECT id, text_version_id, provision_id, kind, level, text FROM provision_texts "
    "ORDER BY text_version_id, position"
)
NEST = sa.text("UPDATE provision_texts SET parent_id = :parent WHERE id = :row")


def upgrade() -> None:
    rows = op.get_bind().execute(PROVISIONS).all()
    nested = [
        {"row": row, "parent": parent}
        for _, version in groupby(rows, key=lambda row: row.text_version_id)
        for row, parent in nest(list(version))
        if parent
    ]
    write(NEST, nested)


def downgrade() -> None:
    write(sa.text("UPDATE provision_texts SET parent_id = NULL WHERE parent_id IS NOT NULL"), [{}])


def nest(version: list[sa.Row]) -> list[tuple[str, str | None]]:
    """The key of the provision around each one: headings by level, items by level, a list in what announces it."""
    headings: list[tuple[int, str]] = []
    items: list[tuple[int, str]] = []
    announcing: str | None = None
    nested: list[tuple[str, str | None]] = []
    for row in version:
        around = headings[-1][1] if headings else None
        if row.kind == "HEADING":
            while headings and headings[-1][0] >= row.level:
                headings.pop()
            around = headings[-1][1] if headings else None
            headings.append((row.level, row.provision_id))
            items, announcing = [], None
        elif row.kind == "LIST_ITEM":
            while items and items[-1][0] >= row.level:
                items.pop()
            around = items[-1][1] if items else announcing or around
            items.append((row.level, row.provision_id))
        else:
            announces = row.kind == "PARAGRAPH" and row.text.rstrip().endswith(":")
            announcing = row.provision_id if announces else None
            items = [] if announces else items
        nested.append((row.id, around))
    return nested


def write(statement: sa.TextClause, values: list[dict[str, str]]) -> None:
    """Change rows of versions that were issued, too: the trigger that keeps them is away meanwhile."""
    connection = op.get_bind()
    if not values:
        return
    if connection.dialect.name == "postgresql":
        op.execute(f"ALTER TABLE provision_texts DISABLE TRIGGER {TRIGGER}")
        connection.execute(statement, values)
        op.execute(f"ALTER TABLE provision_texts ENABLE TRIGGER {TRIGGER}")
        return
    kept = connection.scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": TRIGGER})
    op.execute(f"DROP TRIGGER {TRIGGER}")
    connection.execute(statement, values)
    connection.exec_driver_sql(kept)
