"""Instructions in words over HTTP: amendments that are said, and sentences that are read; nothing is written."""

from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.rounds import everything
from tests.factories.world import WORDS
from tests.proposals.test_api import amendment_content, draft_proposal

INSTRUCTIONS = (
    "In paragraph 1, replace 'should' by 'shall'; after paragraph 2 insert: “3. Members report.”\n"
    "Move paragraph 3 after paragraph 1; delete paragraph 9."
)


async def preview(api: Api, who: str | None, instructions: str, **sent: Any) -> Any:
    asked = {"textVersionId": api.world.version, "instructions": instructions, **sent}
    return (await api.ask(who, "PreviewInstructions", **asked))["previewInstructions"]


async def test_instructions_are_read_as_amendments_and_questions(api: Api) -> None:
    before = await everything(api.world)

    read = await preview(api, "upu", INSTRUCTIONS, language="fr")

    keys = api.world.keys
    assert [(each["kind"], each["provisionKey"], each["afterKey"], each["wording"]) for each in read["amendments"]] == [
        ("MODIFY", keys[1], None, WORDS[1].replace("should", "shall")),
        ("ADD", keys[2], None, "Members report."),
        ("MOVE", keys[3], keys[1], None),
    ]
    assert [run["text"] for run in read["amendments"][0]["runs"] if run["kind"] != "KEEP"] == ["should", "shall"]
    assert read["amendments"][2]["provision"]["text"] == WORDS[3]
    assert read["amendments"][2]["after"]["text"] == WORDS[1]
    assert "remplacer «\u00a0should\u00a0» par «\u00a0shall\u00a0»" in read["amendments"][0]["instruction"]
    assert [(each["code"], each["instruction"]) for each in read["questions"]] == [
        ("PLACE_UNKNOWN", "delete paragraph 9")
    ]
    assert await everything(api.world) == before


async def test_amendments_are_said_in_words_that_are_read_back(api: Api) -> None:
    proposal = (await draft_proposal(api))["proposal"]

    said = (await api.ask("upu", "AmendmentInstructions", proposalId=proposal["id"]))["amendmentInstructions"]

    read = await preview(api, "upu", " ".join(each["instruction"] for each in said))
    drafted = amendment_content(api)["amendments"]
    assert [
        {name: each[name] for name in ("kind", "provisionKey", "afterKey", "wording") if each[name] is not None}
        for each in read["amendments"]
    ] == drafted
    assert read["questions"] == []
    assert [each["amendment"]["id"] is not None for each in said] == [True, True]


async def test_instructions_are_seen_by_those_who_see_the_proposal_or_the_version(api: Api) -> None:
    proposal = (await draft_proposal(api))["proposal"]
    asked = {"proposalId": proposal["id"]}

    assert (await api.ask("japan", "AmendmentInstructions", **asked))["amendmentInstructions"] is None
    assert (await api.ask(None, "AmendmentInstructions", **asked))["amendmentInstructions"] is None
    assert await preview(api, None, INSTRUCTIONS) is None
    assert await preview(api, "upu", INSTRUCTIONS, textVersionId="VER_1") is None
    assert await preview(api, "upu", INSTRUCTIONS, textVersionId="none") is None


@pytest.mark.parametrize(
    ("instructions", "code"), [(" ", "EMPTY"), ("x" * 20_001, "TOO_LONG"), ("Delete\0 paragraph 1.", "NUL")]
)
async def test_words_that_cannot_be_read_are_refused(api: Api, instructions: str, code: str) -> None:
    refusal = await preview(api, "upu", instructions)

    assert [(issue["path"], issue["code"]) for issue in refusal["issues"]] == [(["instructions"], code)]
