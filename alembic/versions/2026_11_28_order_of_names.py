"""Order of names

Why: lists of parties, persons and bodies ordered names by code point, so that Åland and Österreich came after Z. Each
name has a key beside it by which it is ordered, the same on both databases. Going back drops the keys; nothing else is
lost.

Revision ID: 0036
Revises: 0035
Create Date: 2026-11-28
"""

import unicodedata

import sqlalchemy as sa

from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"

NAMES = {"parties": ("name", "short_name"), "persons": ("name",), "bodies": ("name", "short_name")}
"""The columns with names, by table."""
LONGEST = 200
PLAIN = str.maketrans(
    {
        **{"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "n", "ŧ": "t"},
        **{"\u0131": "i", "ĸ": "k"},
        **dict.fromkeys("'`\u00b4\u02bb\u02bc\u2018\u2019", ""),
    }
)


def key_of(name: str) -> str:
    letters = [each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)]
    plain = "".join(letters).translate(PLAIN)
    spaced = "".join(" " if unicodedata.category(each).startswith("P") else each for each in plain)
    return " ".join(spaced.split())[:LONGEST]


def upgrade() -> None:
    connection = op.get_bind()
    collation = "C" if connection.dialect.name == "postgresql" else None
    for table, columns in NAMES.items():
        for column in columns:
            kind = sa.String(LONGEST, collation=collation)
            op.add_column(table, sa.Column(f"{column}_key", kind, nullable=False, server_default=""))
            known = sa.table(table, sa.column("id"), sa.column(column), sa.column(f"{column}_key"))
            for id_, name in connection.execute(sa.select(known.c.id, known.c[column])).all():
                values = {f"{column}_key": key_of(name)}
                connection.execute(sa.update(known).where(known.c.id == id_).values(values))
            op.create_index(f"ix_{table}_{column}_key", table, [f"{column}_key"])


def downgrade() -> None:
    for table, columns in NAMES.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}_key", table_name=table)
            op.drop_column(table, f"{column}_key")
