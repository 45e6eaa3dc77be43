"""The details of journal entries have a published form, act by act."""

import json

import pytest

from server.domain.rights.rules.areas import POLICIES
from server.journal.detail_names import KINDS, NAMES
from server.journal.details import ACTS, details_of
from server.kernel.acts import Act
from tests.factories.api import CONTRACTS
from tests.factories.forms import faults_in

FORM = json.loads((CONTRACTS / "journal-details.schema.json").read_text(encoding="utf-8"))
ID = "PTY_" + "0" * 26
SEAT = {"party": ID, "focal_point": True, "administrator": False, "starts_on": "2018-09-24", "ends_on": None}


def test_every_act_that_is_recorded_has_its_details_and_nothing_else() -> None:
    tags = {each.tag for policy in POLICIES.values() for each in vars(policy).values() if isinstance(each, Act)}

    assert set(ACTS) == tags
    assert [branch["properties"]["act"]["const"] for branch in FORM["oneOf"]] == sorted(tags)


def test_every_name_of_a_detail_is_used_and_described() -> None:
    used = {detail.name for tag in ACTS for detail in details_of(tag)}

    assert set(NAMES) == used
    assert [name for name, (_, words) in NAMES.items() if not words.endswith(".")] == []
    assert {kind.removesuffix("?").removesuffix("s") for kind, _ in NAMES.values()} <= set(KINDS)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, None),
        ({"representation": ID}, None),
        ({"ends_on": "2019-01-01"}, None),
        ({"party": "Japan"}, ".party: 'Japan' is not like"),
        ({"focal_point": 1}, ".focal_point: 1 is not of the type boolean"),
        ({"starts_on": None}, ".starts_on: None is not of the type string"),
        ({"starts_on": "soon"}, ".starts_on: 'soon' is not like"),
        ({"email": "nora@example.org"}, ".email: is not declared"),
    ],
)
def test_entry_is_held_against_the_published_form_of_its_act(changed: dict[str, object], fault: str | None) -> None:
    faults = faults_in(SEAT | changed, FORM["$defs"]["delegate.invited"])

    assert [each.startswith(fault or "none") for each in faults] == ([True] if fault else [])


def test_entry_without_a_detail_that_is_required_has_a_fault() -> None:
    incomplete = {name: value for name, value in SEAT.items() if name != "party"}

    assert faults_in(incomplete, FORM["$defs"]["delegate.invited"]) == [".party: is missing"]
