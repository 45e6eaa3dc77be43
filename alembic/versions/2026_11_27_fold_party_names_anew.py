"""Fold party names anew

Why: names are compared in one Unicode form, without characters that show nothing; those on record were folded before.
A name that is then the same as another one of its party goes; one that is then the name of another party stays as it
is, for an officer to correct. Going back changes nothing: names folded so are understood by the server before.

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-27
"""

import unicodedata

import sqlalchemy as sa

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"

NAMES = sa.table("party_names", sa.column("name", sa.String), sa.column("party_id", sa.String))
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
LONGEST = 200


def folded(name: str) -> str:
    compatible = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).casefold()
    hidden = {letter for letter in compatible if unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace()}
    words = "".join(letter for letter in compatible if letter not in hidden | UNSEEN).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def upgrade() -> None:
    connection = op.get_bind()
    owners = {row.name: row.party_id for row in connection.execute(sa.select(NAMES)).all()}
    for name, party_id in sorted(owners.items()):
        anew = folded(name)
        if anew == name or not anew or len(anew) > LONGEST:
            continue
        if anew not in owners:
            connection.execute(sa.update(NAMES).where(NAMES.c.name == name).values(name=anew))
            owners[anew] = party_id
        elif owners[anew] == party_id:
            connection.execute(sa.delete(NAMES).where(NAMES.c.name == name))


def downgrade() -> None:
    pass
