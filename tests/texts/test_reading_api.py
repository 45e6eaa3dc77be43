"""Reading a document before it is stored: units, doubts, mends; and sending one as large as the command takes."""

from typing import Any

import pytest

from server.domain.texts.actions.importing import import_text
from server.kernel.refusals import RefusalCode as Code
from tests.factories.api import Api, document
from tests.factories.rounds import everything, refusal_of, rows_of
from tests.factories.world import World

PAPER = "1. Boats of\n\nthe fleet wait.\n\n2. Ships go. Letters stay.\n"
NAMES = {"title": "Boats", "shortTitle": "Boats", "label": "Draft"}


def numbered(units: list[dict[str, Any]]) -> list[tuple[str, int, str, str, int | None]]:
    """Return of each unit its kind, level, number, text and parent."""
    return [
        (each["kind"], each["level"], each["printedNumber"], each["text"], each["parentPosition"]) for each in units
    ]


async def read(api: Api, who: str | None, markdown: str, *mends: dict[str, Any]) -> dict[str, Any]:
    """Read a document over HTTP."""
    answer = await api.ask(who, "ReadDocument", input={"markdown": markdown, "mends": list(mends)})
    result: dict[str, Any] = answer["readDocument"]
    return result


async def test_read_document_gives_units_and_doubts_and_stores_nothing(api: Api) -> None:
    before = await everything(api.world)

    result = await read(api, "secretariat", PAPER)

    assert numbered(result["units"]) == [
        ("LIST_ITEM", 1, "1.", "Boats of", None),
        ("PARAGRAPH", 0, None, "the fleet wait.", None),
        ("LIST_ITEM", 1, "2.", "Ships go. Letters stay.", None),
    ]
    assert result["doubts"] == [
        {
            "kind": "CONTINUED",
            "position": 1,
            "words": "Boats of",
            "suggestion": "Join it with the next unit.",
            "proposedKind": None,
            "proposedLevel": None,
            "proposedNumber": None,
        }
    ]
    assert await everything(api.world) == before


async def test_mends_show_in_what_is_read_and_in_what_is_stored(api: Api) -> None:
    mends = [
        {"act": "JOIN", "position": 1},
        {"act": "SPLIT", "position": 2, "offset": 10},
        {"act": "SET", "position": 3, "kind": "SUB_ITEM", "printedNumber": "(a)"},
    ]

    shown = await read(api, "secretariat", PAPER, *mends)
    first = await api.act("secretariat", "importText", **NAMES, markdown=PAPER, mends=mends)
    again = await api.act("secretariat", "importText", **NAMES, markdown=PAPER, mends=mends)
    other = await api.act("secretariat", "importText", **NAMES, markdown=PAPER, mends=mends[:1])

    assert numbered(shown["units"]) == [
        ("LIST_ITEM", 1, "1.", "Boats of the fleet wait.", None),
        ("LIST_ITEM", 1, "2.", "Ships go.", None),
        ("SUB_ITEM", 2, "(a)", "Letters stay.", 2),
    ]
    assert shown["doubts"] == []
    assert (first["textVersion"]["provisions"]["totalCount"], again["textVersion"]["id"]) == (
        3,
        first["textVersion"]["id"],
    )
    assert (other["kind"], other["code"]) == ("NOT_NOW", "ALREADY_DONE")
    rows = [
        r for r in await rows_of(api.world, "provision_texts") if r["text_version_id"] == first["textVersion"]["id"]
    ]
    rows.sort(key=lambda row: row["position"])
    assert [(row["kind"], row["level"], row["printed_number"], row["text"]) for row in rows] == [
        unit[:4] for unit in numbered(shown["units"])
    ]
    assert [row["parent_id"] for row in rows] == [None, None, rows[1]["provision_id"]]


@pytest.mark.parametrize(
    ("mend", "path"),
    [
        ({"act": "JOIN", "position": 9}, "mends.0.position"),
        ({"act": "JOIN", "position": 3}, "mends.0.position"),
        ({"act": "SPLIT", "position": 1}, "mends.0.offset"),
        ({"act": "SPLIT", "position": 1, "offset": 8}, "mends.0.offset"),
        ({"act": "SET", "position": 1}, "mends.0.act"),
        ({"act": "SET", "position": 1, "level": 11}, "mends.0.level"),
        ({"act": "SET", "position": 1, "kind": "TABLE_ROW"}, "mends.0.kind"),
        ({"act": "SET", "position": 1, "printedNumber": "9" * 41}, "mends.0.printedNumber"),
    ],
)
async def test_a_mend_that_does_not_fit_is_refused_with_its_place(api: Api, mend: dict[str, Any], path: str) -> None:
    before = await everything(api.world)

    shown = await read(api, "secretariat", PAPER, mend)
    stored = await api.act("secretariat", "importText", **NAMES, markdown=PAPER, mends=[mend])

    for refused in (shown, stored):
        assert (refused["kind"], refused["code"], [".".join(each["path"]) for each in refused["issues"]]) == (
            "INVALID",
            "INVALID",
            [path],
        )
    assert await everything(api.world) == before


@pytest.mark.parametrize("who", [None, "japan", "canada"])
async def test_read_document_shows_nothing_to_others_than_the_secretariat(api: Api, who: str | None) -> None:
    assert await api.ask(who, "ReadDocument", input={"markdown": PAPER}) == {"readDocument": None}


FILES = {
    "PK\x03\x04\x14\x00\x06": "a ZIP file, such as a document of Word (.docx) or LibreOffice (.odt)",
    "PK\x03\x04 and words": "a ZIP file, such as a document of Word (.docx) or LibreOffice (.odt)",
    "%PDF-1.7 words": "a PDF file",
    "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1": "an old Word file (.doc)",
    "{\\rtf1 words}": "a file in Rich Text Format",
}


@pytest.mark.parametrize("content", FILES)
async def test_a_file_that_is_no_text_is_refused_by_what_it_is(api: Api, content: str) -> None:
    before = await everything(api.world)

    refused = await api.act("secretariat", "importText", **NAMES, markdown=content)

    said = f"This is {FILES[content]}, not text. Convert it to Markdown in UTF-8 and send that."
    assert (refused["code"], refused["issues"]) == (
        "IMPORT_UNREADABLE",
        [{"path": ["markdown"], "code": "UNREADABLE", "parameters": {"why": said}, "message": said}],
    )
    assert await everything(api.world) == before


async def test_the_action_refuses_such_a_file_too(world: World) -> None:
    before = await everything(world)
    names = {"title": "Boats", "short_title": "Boats", "label": "Draft"}

    refused = await refusal_of(world.do("secretariat", import_text, **names, markdown="PK\x03\x04 words"))

    assert refused is not None
    assert (refused.code, [issue.path for issue in refused.issues]) == (Code.IMPORT_UNREADABLE, ["markdown"])
    assert await everything(world) == before


@pytest.mark.rest
async def test_import_text_takes_a_large_paper_and_nothing_else_may_be_large(api: Api) -> None:
    paragraph = "Les administrations échangent des données. " * 20 + "\n\n"
    large = paragraph * (1_900_000 // len(paragraph.encode()))
    query = "query Large($id: ID!) { textVersion(id: $id) { id } }"

    stored = await api.act("secretariat", "importText", **NAMES, markdown=large, language="FR-ca")
    by_a_delegate = await api.send("japan", "{ viewer { __typename } }", {"pad": large})
    by_nobody = await api.send(None, "{ viewer { __typename } }", {"pad": large})
    other_field = await api.send("secretariat", query, {"id": large})
    too_large = await api.send("secretariat", query, {"id": "x" * 7_000_000})

    assert stored["textVersion"]["provisions"]["totalCount"] == large.count("\n\n")
    for refused in (by_a_delegate, by_nobody, other_field, too_large):
        assert refused["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    (version,) = [row for row in await rows_of(api.world, "text_versions") if row["id"] == stored["textVersion"]["id"]]
    assert version["language"] == "fr-CA"


@pytest.mark.parametrize("language", ["", "english", "e", "fr_FR", "fr-", "f1", "en-GB-x"])
async def test_import_text_into_no_language_is_refused(api: Api, language: str) -> None:
    before = await everything(api.world)

    sent = {"idempotencyKey": "key", **NAMES, "markdown": PAPER, "language": language}
    refused = await api.send("secretariat", document("importText"), {"input": sent})

    assert [error["extensions"]["code"] for error in refused["errors"]] == ["BAD_USER_INPUT"]
    assert await everything(api.world) == before
