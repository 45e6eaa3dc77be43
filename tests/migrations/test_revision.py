"""The draft of the next migration."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, Table

from server.models.base import Base
from server.storage.migrations import SCRIPTS
from server.tools.revision import draft_revision


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the revisions that a test may add to."""
    copied = shutil.copytree(SCRIPTS, tmp_path / "alembic", ignore=shutil.ignore_patterns("__pycache__"))
    return Path(copied)


def test_draft_revision_of_unchanged_tables_has_the_next_number_and_changes_nothing(scripts: Path) -> None:
    before = len(list((scripts / "versions").glob("*.py")))

    draft = draft_revision("add nothing at all", scripts)

    text = draft.read_text()
    assert draft.name.endswith("_add_nothing_at_all.py")
    assert f"revision: str = '{before + 1:04d}'" in text
    assert f"down_revision: str | None = '{before:04d}'" in text
    assert text.count("    pass") == 2


@pytest.mark.rest
def test_draft_revision_of_a_new_table_makes_and_drops_it(scripts: Path) -> None:
    table = Table("remarks", Base.metadata, Column("id", Integer, primary_key=True))

    try:
        draft = draft_revision("add remarks", scripts)
    finally:
        Base.metadata.remove(table)

    text = draft.read_text()
    assert "op.create_table('remarks'" in text
    assert "op.drop_table('remarks')" in text


def test_draft_revision_without_a_message_is_refused_and_writes_nothing(scripts: Path) -> None:
    before = sorted((scripts / "versions").glob("*.py"))

    with pytest.raises(ValueError, match="in a few words"):
        draft_revision("  ", scripts)

    assert sorted((scripts / "versions").glob("*.py")) == before
