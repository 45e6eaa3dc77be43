"""Bringing a document in as the first version of an instrument: done, done twice, refused."""

import hashlib
from typing import Any

import pytest

from server.domain.texts.actions import importing
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from tests.factories.api import Api
from tests.factories.entries import said
from tests.factories.rounds import everything, refusal_of, rows_of
from tests.factories.world import NOW, World

PAPER = "# Scope\n\n1. Customs should exchange data.\n\n- small parcels\n- letters\n\n| A | B |\n|---|---|\n| x | y |\n"
GOOD = {
    "title": "Data flow",
    "short_title": "Flow",
    "label": "Draft 1",
    "markdown": PAPER,
    "source_name": "flow.md",
    "language": "fr",
}


async def import_text(world: World, who: str | None = "secretariat", **changed: Any) -> str:
    """Import the paper."""
    return await world.do(who, importing.import_text, **(GOOD | changed))


async def test_import_text_gives_every_unit_a_permanent_key_and_a_digest(world: World) -> None:
    version_id = await import_text(world)

    (version,) = [row for row in await rows_of(world, "text_versions") if row["id"] == version_id]
    (instrument,) = [row for row in await rows_of(world, "instruments") if row["id"] == version["instrument_id"]]
    assert (instrument["title"], instrument["short_title"]) == ("Data flow", "Flow")
    assert version == {
        "id": version_id,
        "instrument_id": instrument["id"],
        "number": 1,
        "label": "Draft 1",
        "language": "fr",
        "status": "WORKING",
        "base_id": None,
        "follows_id": None,
        "source_name": "flow.md",
        "source_digest": hashlib.sha256(PAPER.encode()).hexdigest(),
        "created_at": NOW,
        "issued_at": None,
        "issued_by_id": None,
        "version": 1,
    }
    found = [row for row in await rows_of(world, "provision_texts") if row["text_version_id"] == version_id]
    found.sort(key=lambda row: row["position"])
    assert [(row["position"], row["kind"], row["level"], row["printed_number"], row["text"]) for row in found] == [
        (1, "HEADING", 1, "", "Scope"),
        (2, "LIST_ITEM", 1, "1.", "Customs should exchange data."),
        (3, "LIST_ITEM", 1, "", "small parcels"),
        (4, "LIST_ITEM", 1, "", "letters"),
        (5, "TABLE", 0, "", ""),
        (6, "TABLE_ROW", 1, "", "A | B"),
        (7, "TABLE_ROW", 2, "", "x | y"),
    ]
    by_key = {row["provision_id"]: row["position"] for row in found}
    assert [by_key.get(row["parent_id"]) for row in found] == [None, 1, 1, 1, 1, 5, 5]
    assert [row["digest"] for row in found] == [hashlib.sha256(row["text"].encode()).hexdigest() for row in found]
    keys = {row["id"] for row in await rows_of(world, "provisions") if row["instrument_id"] == instrument["id"]}
    assert ({row["provision_id"] for row in found}, len(keys)) == (keys, 7)
    (entry,) = await rows_of(world, "journal")
    assert (entry["act"], entry["subject_id"]) == ("text.imported", version_id)
    assert said(entry["details"]) == {"provisions": 7, "source_digest": version["source_digest"]}


async def test_import_text_twice_under_another_label_says_how_the_version_is_called(world: World) -> None:
    await import_text(world)
    before = await everything(world)

    refused = await refusal_of(import_text(world, label="Another draft"))

    assert refused is not None
    assert (refused.code, refused.is_retryable) == (Code.ALREADY_DONE, False)
    assert f"“{GOOD['label']}”" in refused.message
    assert await everything(world) == before


async def test_import_text_twice_is_the_same_version_and_one_act(world: World) -> None:
    first = await import_text(world)
    before = await everything(world)

    second = await import_text(world, title="Another title", label=" Draft 1 ")

    assert second == first
    assert await everything(world) == before


async def test_import_text_when_refused_writes_nothing(world: World) -> None:
    await import_text(world)
    before = await everything(world)
    unreadable = (Kind.INVALID, Code.IMPORT_UNREADABLE, ("markdown",))
    cases: dict[str, tuple[str | None, dict[str, Any], tuple[Kind, Code, tuple[str, ...]]]] = {
        "nobody": (None, {}, (Kind.FORBIDDEN, Code.UNAUTHENTICATED, ())),
        "a delegate": ("japan", {}, (Kind.FORBIDDEN, Code.FORBIDDEN, ())),
        "one who leads": ("canada", {}, (Kind.FORBIDDEN, Code.FORBIDDEN, ())),
        "another document": (
            "secretariat",
            {"markdown": PAPER + "More."},
            (Kind.NOT_NOW, Code.WRONG_STATE, ()),
        ),
        "nothing named": (
            "secretariat",
            {"title": " ", "short_title": "", "label": "\n"},
            (Kind.INVALID, Code.INVALID, ("title", "shortTitle", "label")),
        ),
        "no words": ("secretariat", {"short_title": "New", "markdown": " \n"}, unreadable),
        "a nul": ("secretariat", {"short_title": "New", "markdown": "Words\0"}, unreadable),
        "half a character": ("secretariat", {"short_title": "New", "markdown": "Words \ud800"}, unreadable),
        "too large": ("secretariat", {"short_title": "New", "markdown": "x" * 2_000_001}, unreadable),
    }

    found = {}
    for name, (who, changed, _) in cases.items():
        refused = await refusal_of(import_text(world, who, **changed))
        found[name] = refused and (refused.kind, refused.code, tuple(issue.path for issue in refused.issues))

    assert found == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before


@pytest.mark.parametrize(("name", "limit"), [("short_title", 60), ("language", 12)])
async def test_import_text_when_a_name_is_too_long_says_which(world: World, name: str, limit: int) -> None:
    before = await everything(world)

    refused = await refusal_of(import_text(world, **{name: "x" * (limit + 1)}))

    assert refused is not None
    path = {"short_title": "shortTitle"}.get(name, name)
    assert (refused.code, [issue.path for issue in refused.issues]) == (Code.INVALID, [path])
    assert await everything(world) == before


async def test_import_text_over_http_by_nobody_says_sign_in(api: Api) -> None:
    before = await everything(api.world)
    sent = {"title": "Data flow", "shortTitle": "Flow", "label": "Draft 1", "markdown": PAPER}

    refused = await api.act(None, "importText", **sent)

    assert (refused["__typename"], refused["kind"], refused["code"]) == ("Refusal", "FORBIDDEN", "UNAUTHENTICATED")
    assert await everything(api.world) == before
