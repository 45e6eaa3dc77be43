"""Papers over HTTP, with the published operations."""

from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.proposals import add_sitting

INDICATORS: dict[str, Any] = {"series": "PC", "serial": 618, "title": "Indicators"}


async def references(api: Api, who: str | None = "japan", **only: Any) -> list[str]:
    """The references of the papers that a person finds, in their order."""
    found = (await api.ask(who, "PaperList", filter=only))["papers"]
    assert found["totalCount"] == len(found["nodes"])
    return [paper["reference"] for paper in found["nodes"]]


async def test_issue_paper_is_seen_by_every_delegate_with_its_sitting_and_text(api: Api) -> None:
    sitting = await add_sitting(api.world)

    issued = await api.act(
        "secretariat", "issuePaper", **INDICATORS, sittingId=sitting, textVersionId=api.world.version
    )

    paper = issued["paper"]
    assert issued["__typename"] == "PaperIssued"
    assert paper == {
        "id": paper["id"],
        "reference": "PC0618Ea",
        "series": "PC",
        "serial": 618,
        "letter": "a",
        "language": "en",
        "title": "Indicators",
        "issuedAt": "2018-09-24T09:00:00Z",
        "sitting": {
            "id": sitting,
            "firstNumber": 221,
            "secondNumber": None,
            "startsOn": "2018-09-20",
            "endsOn": "2018-09-28",
            "body": {"id": api.world.bodies["ptc"], "shortName": "PTC"},
        },
        "textVersion": paper["textVersion"],
    }
    assert (paper["textVersion"]["id"], paper["textVersion"]["status"]) == (api.world.version, "ISSUED")
    for who in ("secretariat", "canada", "japan-assistant", "upu", "gea"):
        assert (await api.ask(who, "PaperDetail", id=paper["id"]))["paper"] == paper
        assert await references(api, who) == ["PC0618Ea"]


async def test_papers_are_listed_by_number_and_letter_and_found_by_series_serial_and_sitting(api: Api) -> None:
    sitting = await add_sitting(api.world)
    for sent in (
        {"series": "SP", "serial": 645},
        {"serial": 690, "sittingId": sitting},
        {},
        {"language": "fr"},
        {"serial": 690},
    ):
        await api.act("secretariat", "issuePaper", **(INDICATORS | sent))

    assert await references(api) == ["PC0618Ea", "PC0618Fb", "PC0690Ea", "PC0690Eb", "SP0645Ea"]
    assert await references(api, series="PC") == ["PC0618Ea", "PC0618Fb", "PC0690Ea", "PC0690Eb"]
    assert await references(api, series="PC", serial=690) == ["PC0690Ea", "PC0690Eb"]
    assert await references(api, sittingId=sitting) == ["PC0690Ea"]
    assert await references(api, series="NC") == []


async def test_papers_are_hidden_from_those_who_are_not_signed_in(api: Api) -> None:
    paper = (await api.act("secretariat", "issuePaper", **INDICATORS))["paper"]

    assert (await api.ask(None, "PaperDetail", id=paper["id"]))["paper"] is None
    assert await references(api, None) == []
    assert await references(api, "gea") == ["PC0618Ea"]


async def test_issue_paper_twice_with_one_key_issues_it_once(api: Api) -> None:
    first = await api.act("secretariat", "issuePaper", key="once", **INDICATORS)
    second = await api.act("secretariat", "issuePaper", key="once", **INDICATORS)

    assert first == second
    assert await references(api) == ["PC0618Ea"]


@pytest.mark.parametrize(
    ("who", "changed", "code", "paths"),
    [
        ("japan", {}, "FORBIDDEN", []),
        ("gea", {"series": "no"}, "FORBIDDEN", []),
        (None, {}, "UNAUTHENTICATED", []),
        ("secretariat", {"sittingId": "SIT_none"}, "NOT_FOUND", []),
        ("secretariat", {"textVersionId": "VER_none"}, "NOT_FOUND", []),
        ("secretariat", {"series": "PCX", "serial": 0, "language": "de"}, "INVALID", ["series", "serial", "language"]),
        ("secretariat", {"serial": 2_147_483_647}, "INVALID", ["serial"]),
    ],
)
async def test_issue_paper_refuses(
    api: Api, who: str | None, changed: dict[str, Any], code: str, paths: list[str]
) -> None:
    refusal = await api.act(who, "issuePaper", **(INDICATORS | changed))

    assert (refusal["__typename"], refusal["code"]) == ("Refusal", code)
    assert [".".join(issue["path"]) for issue in refusal["issues"]] == paths
    assert await references(api, "secretariat") == []
