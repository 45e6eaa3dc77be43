"""What acts take: booleans in one form, words flat in the input, a lock or the reason for none, one verb."""

import re
from pathlib import Path

from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type

from server.schema.root import schema

VERBS = Path(__file__).parents[2] / "frontend-contracts" / "VERBS.md"
TYPES = schema._schema.type_map
MUTATIONS = schema._schema.mutation_type.fields  # type: ignore[union-attr]
PREDICATES = {"is", "has", "can", "may", "needs", "covers", "sees", "stands"}
"""Words that make a predicate of a name: `isOpen`, `restStands`."""


def words_of(name: str) -> set[str]:
    """Return the words of a name in camel case, in small letters."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def test_every_boolean_is_a_predicate_in_both_directions() -> None:
    names = {
        f"{name}.{field}"
        for name, kind in TYPES.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType) and not name.startswith("__")
        for field, definition in kind.fields.items()
        if get_named_type(definition.type).name == "Boolean"
    }

    assert len(names) > 20
    assert {name for name in names if not words_of(name.split(".")[1]) & PREDICATES} == set()


def test_nothing_that_a_person_writes_is_nested() -> None:
    nested = {
        name: [field for field in ("content", "data", "values") if field in kind.fields]
        for name, kind in TYPES.items()
        if isinstance(kind, GraphQLInputObjectType)
    }

    assert {name: fields for name, fields in nested.items() if fields} == {}


def test_act_takes_a_lock_or_says_why_it_needs_none() -> None:
    without = set()
    for name, mutation in MUTATIONS.items():
        fields = get_named_type(mutation.args["input"].type).fields
        says_why = "It takes no `expectedRevision`: " in (mutation.description or "")
        assert says_why == ("expectedRevision" not in fields), name
        if says_why:
            without.add(name)

    assert {"submitComment", "supportComment", "leaveBody"} <= without
    assert "settleConflict" not in without


def test_every_act_is_in_the_table_of_verbs_once() -> None:
    rows = [line for line in VERBS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    listed = [act for row in rows for act in re.findall(r"`(\w+)`", row.split("|")[3])]

    assert sorted(listed) == sorted(MUTATIONS)


def test_object_of_a_fact_is_never_null() -> None:
    nullable = {
        f"{member.name}.{field}"
        for name in MUTATIONS
        for member in get_named_type(MUTATIONS[name].type).types
        if member.name != "Refusal"
        for field, definition in member.fields.items()
        if not str(definition.type).endswith("!")
    }

    assert {field.split(".")[1] for field in nullable} == {"secret"}
