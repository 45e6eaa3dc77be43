"""What acts take: booleans in one form, words flat in the input, a lock or the reason for none, one verb."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type
from strawberry import ID

from server.kernel.refusals import Refusal, graphql_name
from server.schema.calls.acts import OpenCallInput, QuestionInput
from server.schema.lengths import ELSEWHERE, FORMED, find_too_long, limit_of, tidy
from server.schema.root import schema
from server.schema.rounds.comment_acts import QuotationInput
from server.schema.sent import ensure_storable
from server.vocabulary.calls import QuestionKind

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


def test_every_text_that_people_send_has_a_limit_and_says_it() -> None:
    silent, otherwise = set(), set()
    for name, kind in TYPES.items():
        definition = getattr(kind, "extensions", {}).get("strawberry-definition")
        if not isinstance(kind, GraphQLInputObjectType) or name.endswith("Filter") or definition is None:
            continue
        for field in definition.fields:
            graphql = graphql_name(field.python_name)
            if get_named_type(kind.fields[graphql].type).name != "String" or field.python_name in ELSEWHERE | FORMED:
                continue
            said = re.search(r"(?:at most|to|of 1 to) ([\d,]+) characters", field.description or "", re.IGNORECASE)
            if said is None:
                silent.add(f"{name}.{graphql}")
            elif int(said[1].replace(",", "")) != limit_of(name, field.python_name):
                otherwise.add(f"{name}.{graphql}: {said[0]}")

    assert (silent, otherwise) == (set(), set())


def test_blanks_around_short_texts_are_taken_away_at_every_depth() -> None:
    sent = OpenCallInput(
        idempotency_key=" key ",
        body_id=ID("body"),
        title=" Experience \n",
        questions=[QuestionInput(kind=QuestionKind.ONE_CHOICE, text=" Which? ", choices=[" one", "two "])],
        closes_at=datetime(2026, 3, 27, tzinfo=UTC),
        audience=[],
    )

    tidied = tidy(sent)

    assert (tidied.title, tidied.idempotency_key) == ("Experience", " key ")
    assert (tidied.questions[0].choices, tidied.questions[0].text) == (["one", "two"], " Which? ")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("\u200b", ""),
        (" \u200b\u2066 \u00ad", ""),
        ("\u3164", ""),
        (" ", " "),
        ("\u00a0", "\u00a0"),
        ("a\u200b", "a\u200b"),
        ("\u062a\u200c", "\u062a\u200c"),
    ],
)
def test_text_that_shows_nothing_counts_as_empty(sent: str, kept: str) -> None:
    question = tidy(QuestionInput(kind=QuestionKind.TEXT, text=sent, choices=[sent]))
    quotation = tidy(QuotationInput(exact=sent, prefix=sent))

    assert (question.text, question.choices) == (kept, [kept.strip()])
    assert (quotation.exact, quotation.prefix) == (kept, kept)


def test_character_that_cannot_be_stored_is_named_by_its_path() -> None:
    question = QuestionInput(kind=QuestionKind.ONE_CHOICE, text="a\0", choices=["one", "\0"])
    sent = OpenCallInput(
        idempotency_key="key",
        body_id=ID("body"),
        title="\0",
        questions=[question],
        closes_at=datetime(2026, 3, 27, tzinfo=UTC),
        audience=[],
    )

    with pytest.raises(Refusal) as refused:
        ensure_storable(sent)

    assert {issue.path for issue in refused.value.issues} == {"title", "questions.0.text", "questions.0.choices.1"}


def test_text_that_is_too_long_is_named_by_its_path() -> None:
    sent = OpenCallInput(
        idempotency_key="key",
        body_id=ID("body"),
        title="T" * 301,
        questions=[QuestionInput(kind=QuestionKind.ONE_CHOICE, text="T" * 1_001, choices=["one", "T" * 201])],
        closes_at=datetime(2026, 3, 27, tzinfo=UTC),
        audience=[],
    )

    assert [(issue.path, issue.parameters["limit"]) for issue in find_too_long(sent)] == [
        ("title", 300),
        ("questions.0.text", 1_000),
        ("questions.0.choices.1", 200),
    ]
