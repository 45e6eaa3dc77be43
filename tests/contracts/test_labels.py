"""Every value, refusal and act has a short label in English and in French."""

import json
import re

import pytest
from graphql import build_schema

from server.kernel.issue_codes import IssueCode
from server.schema.root import schema
from server.tools.contracts.labels import ACTS, COGNATES, build_english, build_french, list_acts, read_french
from tests.factories.api import CONTRACTS

ENGLISH = json.loads((CONTRACTS / "labels.en.json").read_text(encoding="utf-8"))
FRENCH = json.loads((CONTRACTS / "labels.fr.json").read_text(encoding="utf-8"))
MUTATIONS = schema._schema.mutation_type.fields  # type: ignore[union-attr]


def flatten(labels: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the labels by the dotted name of what they label."""
    return {f"{group}.{name}": label for group, values in labels.items() for name, label in values.items()}


def test_every_value_of_the_schema_and_every_act_has_a_label_in_both_languages() -> None:
    printed = build_schema((CONTRACTS / "schema.graphql").read_text(encoding="utf-8"))
    values = {
        f"{t.name}.{v}" for t in printed.type_map.values() for v in getattr(t, "values", ()) if t.name[:2] != "__"
    }
    expected = values | {f"{ACTS}.{act}" for act in {*list_acts(), *MUTATIONS}}

    assert flatten(ENGLISH).keys() == expected
    assert flatten(FRENCH).keys() == expected
    assert [name for name, label in (flatten(ENGLISH) | flatten(FRENCH)).items() if not label.strip()] == []


def test_nothing_that_is_gone_is_labelled() -> None:
    assert flatten(read_french()).keys() - flatten(ENGLISH).keys() == set()


def test_french_differs_from_english_except_for_words_that_both_have() -> None:
    english = flatten(ENGLISH)

    same = {label for name, label in flatten(FRENCH).items() if label == english[name]}

    assert same == COGNATES


def test_labels_begin_with_a_capital_and_end_without_a_full_stop() -> None:
    # the words of an issue follow the name of its field
    both = [*flatten(ENGLISH).items(), *flatten(FRENCH).items()]
    labels = [label for name, label in both if not name.startswith("IssueCode.")]

    assert [label for label in labels if not label[0].isupper() or label.endswith(".") or "_" in label] == []


def test_french_has_the_parameters_of_the_english_and_typographic_apostrophes() -> None:
    english = flatten(ENGLISH)
    parameters = re.compile(r"\{\w+\}")

    unlike = [
        name
        for name, label in flatten(FRENCH).items()
        if "'" in label or sorted(parameters.findall(label)) != sorted(parameters.findall(english[name]))
    ]

    assert unlike == []


def test_labels_of_two_values_of_one_enumeration_differ() -> None:
    for labels in (ENGLISH, FRENCH):
        named = {group: values for group, values in labels.items() if group != IssueCode.__name__}
        assert [group for group, values in named.items() if len(set(values.values())) < len(values)] == []


def test_missing_french_is_named() -> None:
    more = build_schema("enum Verdict { ACCEPTED } enum RunKind { KEEP SEAL } type Query { one: Verdict two: RunKind }")

    with pytest.raises(ValueError, match=r"french\.json: RunKind\.SEAL, Verdict\.ACCEPTED$"):
        build_french(more)


def test_english_says_a_name_in_words() -> None:
    english = build_english(schema._schema)

    assert english["DispositionVerdict"]["ACCEPTED_WITH_MODIFICATION"] == "Accepted with modification"
    assert english[ACTS]["confirmCarriedComment"] == "Confirm carried comment"
