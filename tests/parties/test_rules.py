"""Which capacity a party can have, and which names."""

import pytest

from server.domain.parties.rules.facts import PartyFacts
from server.domain.parties.rules.register import check_capacity, check_names, check_single_secretariat
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.known_parties import known_parties
from server.vocabulary.parties import PartyKind
from server.wording.folding import fold_name

POSSIBLE = {
    (PartyKind.MEMBER_ADMINISTRATION, Capacity.MEMBER),
    (PartyKind.CUSTOMS_UNION, Capacity.MEMBER),
    (PartyKind.CUSTOMS_UNION, Capacity.OBSERVER),
    (PartyKind.INTERNATIONAL_ORGANIZATION, Capacity.OBSERVER),
    (PartyKind.PRIVATE_SECTOR_BODY, Capacity.OBSERVER),
    (PartyKind.PRIVATE_SECTOR_BODY, Capacity.PRIVATE_SECTOR),
    (PartyKind.ACADEMIC, Capacity.OBSERVER),
    (PartyKind.ACADEMIC, Capacity.PRIVATE_SECTOR),
    (PartyKind.SECRETARIAT, Capacity.SECRETARIAT),
}


@pytest.mark.parametrize("kind", PartyKind)
@pytest.mark.parametrize("capacity", Capacity)
def test_a_kind_has_its_capacities(kind: PartyKind, capacity: Capacity) -> None:
    paths = [issue.path for issue in check_capacity(kind, capacity)]

    assert paths == ([] if (kind, capacity) in POSSIBLE else ["capacity"])


def test_the_refusal_of_a_capacity_says_which_are_possible() -> None:
    assert check_capacity(PartyKind.CUSTOMS_UNION, Capacity.PRIVATE_SECTOR) == [
        Issue("capacity", IssueCode.CAPACITY_UNFIT, kind="CUSTOMS_UNION", possible="MEMBER or OBSERVER")
    ]


@pytest.mark.parametrize("before", [None, *Capacity])
@pytest.mark.parametrize("after", Capacity)
def test_there_is_one_secretariat(before: Capacity | None, after: Capacity) -> None:
    facts = before and PartyFacts(PartyKind.ACADEMIC, before)
    changes = (before == Capacity.SECRETARIAT) != (after == Capacity.SECRETARIAT)

    assert [issue.path for issue in check_single_secretariat(facts, after)] == (["capacity"] if changes else [])


@pytest.mark.parametrize(
    ("name", "short_name", "further", "paths"),
    [
        ("Atland", "AT", (), []),
        ("A" * 200, "A" * 40, ("A" * 200,), []),
        ("A" * 201, "A" * 41, ("A" * 201, "B"), ["name", "shortName", "furtherNames.0"]),
        (" ", "", ("A", " "), ["name", "shortName", "furtherNames.1"]),
        ("\N{LATIN SMALL LETTER SHARP S}" * 101, "AT", (), ["name"]),
    ],
)
def test_names_fit_their_columns(name: str, short_name: str, further: tuple[str, ...], paths: list[str]) -> None:
    assert [issue.path for issue in check_names(name, short_name, further)] == paths


@pytest.mark.parametrize(
    ("printed", "compared"),
    [("The Netherlands", "netherlands"), (" UN/ECE ", "un/ece"), ("A  b\nC", "a b c"), ("The", "the"), ("", "")],
)
def test_a_name_is_folded(printed: str, compared: str) -> None:
    assert fold_name(printed) == compared


def test_the_known_parties_are_well_formed_and_have_one_secretariat() -> None:
    issues = [
        issue
        for party in known_parties()
        for issue in [
            *check_names(party.name, party.short_name, party.names),
            *check_capacity(party.kind, party.capacity),
        ]
    ]

    assert issues == []
    assert [party.short_name for party in known_parties() if party.capacity == Capacity.SECRETARIAT] == ["Secretariat"]
    assert known_parties()[2].names == ("Federative Republic of Brazil", "Brazil", "Receita Federal do Brasil")
