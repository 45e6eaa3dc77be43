"""Visibility predicates: how they are written, and that what is left of one beside its parent's is the same."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from server.schema.reads.kinds import NOUNS


@pytest.mark.parametrize("name", sorted(NOUNS))
def test_no_predicate_lists_all_rows_that_are_visible(name: str) -> None:
    """SQLite makes that list anew for every statement, out of the whole table."""
    noun = NOUNS[name]
    row = aliased(noun.model)

    text = str(select(row.id if hasattr(row, "id") else row).where(noun.visible(row)))

    assert "IN (SELECT" not in text
