"""Every table that can change is bound to the journal or excused in words, and so is every act."""

from server.domain.rights.rules.areas import POLICIES
from server.journal.bindings.catalogue import BINDINGS, PARTS, UNBOUND, WITHOUT_ROWS
from server.models.base import Base
from server.tools.shell.roles import GROWING, LOCKED, SHRINKING
from tests.house.test_tables import FILED

OF_THE_JOURNAL = {"journal", "journal_rows", "journal_subtrees", "journal_keys", "signed_heads"}
SEALED = {"filing_commitments", "seals"}
ACTS = {act.tag for policy in POLICIES.values() for act in (*policy.ACTS, *getattr(policy, "INTERNAL", ()))}


def test_every_table_is_bound_or_excused() -> None:
    bound = BINDINGS.keys() | PARTS.keys()

    assert bound & UNBOUND.keys() == set()
    assert set(Base.metadata.tables) - bound - UNBOUND.keys() == set(), "bind its rows, or say why they need not be"
    assert (bound | UNBOUND.keys()) - set(Base.metadata.tables) == set()


def test_every_filed_table_is_bound_but_for_the_journal_itself() -> None:
    assert FILED.keys() - BINDINGS.keys() - PARTS.keys() == OF_THE_JOURNAL | SEALED


def test_every_act_writes_a_bound_row_or_is_excused() -> None:
    writing = {tag for binding in BINDINGS.values() for tag in (*binding.acts, *binding.changed_by)}

    assert ACTS - writing - WITHOUT_ROWS.keys() == set(), "say which row it writes, or why none"
    assert (writing | WITHOUT_ROWS.keys()) - ACTS == set()


def test_terms_are_those_of_acts_and_columns_left_out_are_there() -> None:
    terms = {term.act for binding in BINDINGS.values() for term in binding.terms}
    columns = {name: set(binding.left_out) - set(binding.table.columns.keys()) for name, binding in BINDINGS.items()}

    assert terms - ACTS == set()
    assert {name: unknown for name, unknown in columns.items() if unknown} == {}


def test_role_that_serves_changes_no_row_that_only_grows() -> None:
    assert (GROWING | SHRINKING | LOCKED) - set(Base.metadata.tables) == set()
    assert set() == GROWING & SHRINKING
    assert {table for table in FILED if table in SHRINKING} <= {*PARTS, "applied_changes"}
