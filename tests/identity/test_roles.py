"""What the groups of an external provider mean here."""

from typing import Any

import pytest
from pydantic import ValidationError

from server.identity.roles import RoleMap
from server.kernel.actor import Capacity
from server.settings import Settings

MEANINGS = {
    "customs": "MEMBER",
    "japan": "MEMBER:Japan",
    "upu": "OBSERVER:UPU",
    "office": "SECRETARIAT",
}
PROVIDER = {"oidc_issuer": "https://login.example.org/realms/one", "oidc_client_id": "intersession"}


@pytest.mark.parametrize(
    ("claim", "claims", "capacities", "parties"),
    [
        ("groups", {"groups": ["japan"]}, {"MEMBER"}, [("MEMBER", "Japan")]),
        ("groups", {"groups": "japan"}, {"MEMBER"}, [("MEMBER", "Japan")]),
        ("groups", {"groups": ["customs", "office"]}, {"MEMBER", "SECRETARIAT"}, []),
        ("groups", {"groups": ["upu", "japan"]}, {"MEMBER", "OBSERVER"}, [("OBSERVER", "UPU"), ("MEMBER", "Japan")]),
        ("realm_access.roles", {"realm_access": {"roles": ["office"]}}, {"SECRETARIAT"}, []),
        ("https://example.org/roles", {"https://example.org/roles": ["office"]}, {"SECRETARIAT"}, []),
        ("a.b", {"a.b": ["office"], "a": {"b": ["customs"]}}, {"SECRETARIAT"}, []),
        ("groups", {"groups": ["strangers"]}, set(), []),
        ("groups", {"groups": ["JAPAN"]}, set(), []),
        ("groups", {}, set(), []),
        ("groups", {"groups": None}, set(), []),
        ("groups", {"groups": 7}, set(), []),
        ("groups", {"groups": {"japan": True}}, set(), []),
        ("groups", {"groups": [["japan"], {"japan": 1}, None, 7, True]}, set(), []),
        ("realm_access.roles", {"realm_access": ["office"]}, set(), []),
        ("realm_access.roles", {"realm_access": {"roles": {"office": 1}}}, set(), []),
        ("realm_access.roles.more", {"realm_access": {"roles": ["office"]}}, set(), []),
    ],
)
def test_capacities_of_claims_are_what_the_map_says_of_the_roles(
    claim: str, claims: dict[str, Any], capacities: set[str], parties: list[tuple[str, str]]
) -> None:
    roles = RoleMap(claim, MEANINGS)

    assert roles.capacities_of(claims) == frozenset(map(Capacity, capacities))
    assert roles.parties_of(claims) == [(Capacity(capacity), party) for capacity, party in parties]


def test_capacities_of_a_provider_without_a_claim_of_roles_are_not_capped() -> None:
    assert RoleMap().capacities_of({"": ["japan"], "groups": ["japan"]}) is None
    assert RoleMap("", MEANINGS).parties_of({"": ["japan"]}) == []


@pytest.mark.parametrize("meaning", ["MEMBERS", "member", "", ":Japan", "MEMBER:", "MEMBER: ", "MEMBER Japan"])
def test_settings_with_a_meaning_that_is_no_capacity_are_refused(meaning: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**PROVIDER, oidc_roles_claim="groups", oidc_role_map={"japan": meaning})

    assert [fault["loc"] for fault in refused.value.errors()] == [("oidc_role_map",)]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"oidc_role_map": {"japan": "MEMBER"}}, "oidc_roles_claim"),
        ({"oidc_client_id": ""}, "oidc_client_id"),
        ({"oidc_issuer": "http://login.example.org"}, "oidc_issuer"),
        ({"oidc_issuer": "login.example.org"}, "oidc_issuer"),
        ({"oidc_issuer": "https://[login"}, "oidc_issuer"),
        ({"oidc_issuer": "https://api.example.org/"}, "oidc_issuer"),
    ],
)
def test_settings_of_half_a_provider_are_refused(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=f"{named}: "):
        Settings(issuer="https://api.example.org", **(PROVIDER | changed))


def test_settings_of_a_whole_provider_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PROVIDER.items():
        monkeypatch.setenv(f"INTERSESSION_{name.upper()}", value)
    monkeypatch.setenv("INTERSESSION_OIDC_ROLES_CLAIM", "groups")
    monkeypatch.setenv("INTERSESSION_OIDC_ROLE_MAP", '{"japan": "MEMBER:Japan"}')

    settings = Settings()

    assert (settings.oidc_issuer, settings.oidc_role_map) == (PROVIDER["oidc_issuer"], {"japan": "MEMBER:Japan"})
