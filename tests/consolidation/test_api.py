"""From comments to the next version, over HTTP with the published operations."""

from datetime import timedelta
from typing import Any

from tests.consolidation.test_actions import texts_of
from tests.factories.api import Api
from tests.factories.rounds import everything
from tests.factories.world import NOW, WORDS


async def commented(api: Api) -> str:
    """A closed round with three comments: UPU and GEA want other words in the same place, Japan somewhere else."""
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Comments",
        closesAt=(NOW + timedelta(days=7)).isoformat(),
        audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    )
    round_id = opened["round"]["id"]
    await comment(api, "upu", round_id, 1, "should exchange", "shall exchange")
    await comment(api, "gea", round_id, 1, "should exchange", "may exchange")
    await comment(api, "japan", round_id, 2, "may provide", "should provide")
    api.world.clock.move(days=8)
    return str(round_id)


async def comment(api: Api, person: str, round_id: str, place: int, quoted: str, wording: str) -> None:
    """A comment that proposes other words for the quoted ones."""
    said = {
        "type": "SUBSTANTIVE",
        "provisionId": api.world.provisions[place],
        "quotation": {"exact": quoted},
        "text": f"Say: {wording}.",
        "reason": "Clarity.",
        "proposedWording": wording,
    }
    result = await api.act(person, "submitComment", roundId=round_id, **said)
    assert result["__typename"] == "CommentSubmitted"


async def answer(api: Api, round_id: str, verdicts: dict[str, str]) -> dict[str, str]:
    """Record a verdict on the comment of each party; gives the ids of the comments by party."""
    listed = await api.ask("secretariat", "CommentList", filter={"roundId": round_id})
    ids = {node["party"]["shortName"]: node for node in listed["comments"]["nodes"]}
    for party, verdict in verdicts.items():
        node = ids[party]
        result = await api.act(
            "secretariat",
            "recordDisposition",
            commentId=node["id"],
            verdict=verdict,
            reason="" if verdict == "ACCEPTED" else "As discussed.",
            expectedRevision=node["revision"],
        )
        assert result["__typename"] == "DispositionRecorded", result
    return {party: node["id"] for party, node in ids.items()}


async def test_consolidate_when_wordings_do_not_collide_merges_them(api: Api) -> None:
    round_id = await commented(api)
    ids = await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "NOT_ACCEPTED", "Japan": "ACCEPTED"})

    result = await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2")
    target = result["consolidation"]["target"]
    shown = await api.ask("secretariat", "RedlineOfVersion", textVersionId=target["id"])

    assert result["__typename"] == "TextConsolidated"
    assert result["consolidation"]["openConflictCount"] == 0
    assert result["reconciliation"] == {
        "isClean": True,
        "acceptedButUnchanged": [],
        "changedWithoutDecision": [],
        "refusedYetChanged": [],
        "woven": [],
        "proposalInPart": [],
        "misplaced": [],
        "corrected": [],
        "danglingReferences": [],
        "definitionsChanged": [],
    }
    provisions = shown["redline"]["provisions"]["nodes"]
    assert [p["after"] for p in provisions] == [
        WORDS[1].replace("should exchange", "shall exchange"),
        WORDS[2].replace("may provide", "should provide"),
    ]
    inserted = next(run for run in provisions[0]["runs"] if run["kind"] == "INSERT")
    assert inserted["sources"][0]["source"]["id"] == ids["UPU"]
    assert inserted["sources"][0]["party"]["shortName"] == "UPU"


async def settled(api: Api) -> tuple[Any, dict[str, str]]:
    """UPU's and GEA's wordings both accepted, and the conflict settled for UPU's. Gives the consolidation."""
    round_id = await commented(api)
    ids = await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "ACCEPTED", "Japan": "NOT_ACCEPTED"})
    made = (await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2"))[
        "consolidation"
    ]
    (conflict,) = made["conflicts"]["nodes"]
    made["target"]["revision"] += 1  # the settlement changes the words of the version
    words = next(side["words"] for side in conflict["sides"]["nodes"] if side["party"]["shortName"] == "UPU")
    result = await api.act(
        "secretariat",
        "settleConflict",
        conflictId=conflict["id"],
        words=words,
        reason="The group prefers the stronger verb.",
        expectedRevision=conflict["revision"],
    )
    assert result["__typename"] == "ConflictSettled", result
    return made, ids


async def test_issue_version_with_an_open_conflict_is_refused(api: Api) -> None:
    round_id = await commented(api)
    await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "ACCEPTED", "Japan": "NOT_ACCEPTED"})
    made = (await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2"))[
        "consolidation"
    ]

    result = await api.act(
        "secretariat",
        "issueVersion",
        textVersionId=made["target"]["id"],
        expectedRevision=made["target"]["revision"],
    )

    assert (result["kind"], result["code"]) == ("NOT_NOW", "CONFLICTS_OPEN")


async def test_settle_conflict_explains_the_wording_that_does_not_stand_and_lets_the_version_go(api: Api) -> None:
    made, ids = await settled(api)

    detail = await api.ask("secretariat", "ConsolidationDetail", id=made["id"])
    issued = await api.act(
        "secretariat",
        "issueVersion",
        textVersionId=made["target"]["id"],
        expectedRevision=made["target"]["revision"],
    )

    (exception,) = detail["reconciliation"]["acceptedButUnchanged"]
    assert (exception["source"]["id"], exception["explanation"]) == (ids["GEA"], "The group prefers the stronger verb.")
    assert detail["reconciliation"]["isClean"]
    assert issued["textVersion"]["status"] == "ISSUED"


async def test_revise_provision_without_a_decision_blocks_the_version(api: Api) -> None:
    made, _ = await settled(api)

    revised = await api.act(
        "secretariat",
        "reviseProvision",
        consolidationId=made["id"],
        provisionKey=api.world.keys[3],
        text="Small parcels must be released on arrival where the risk is low.",
        reason="Style.",
        expectedRevision=made["target"]["revision"],
    )
    refused = await api.act(
        "secretariat",
        "issueVersion",
        textVersionId=made["target"]["id"],
        expectedRevision=made["target"]["revision"] + 1,
    )

    (exception,) = revised["reconciliation"]["changedWithoutDecision"]
    assert exception["words"] == "must"
    assert (refused["kind"], refused["code"]) == ("NOT_NOW", "UNRECONCILED")
    assert refused["issues"] == [
        {
            **{"path": [], "code": "UNEXPLAINED", "message": "CHANGED_WITHOUT_DECISION: must"},
            "parameters": {"provisionKey": api.world.keys[3], "kind": "CHANGED_WITHOUT_DECISION", "words": "must"},
        }
    ]


async def test_predecessor_stays_as_it_was(api: Api) -> None:
    await settled(api)

    before = await api.ask("japan", "VersionDetail", id=api.world.version)

    assert [node["text"] for node in before["textVersion"]["provisions"]["nodes"]] == list(WORDS)


async def test_abandon_version_gives_up_a_version_once_and_lets_another_be_made(api: Api) -> None:
    round_id = await commented(api)
    await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "NOT_ACCEPTED", "Japan": "ACCEPTED"})
    made = await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2")
    target = made["consolidation"]["target"]
    sent = {"textVersionId": target["id"], "reason": "Made too early.", "expectedRevision": target["revision"]}

    by_a_member = await api.act("japan", "abandonVersion", **sent)
    abandoned = await api.act("secretariat", "abandonVersion", **sent)
    twice = await api.act("secretariat", "abandonVersion", **sent | {"expectedRevision": target["revision"] + 1})
    again = await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2")

    assert (by_a_member["kind"], by_a_member["code"]) == ("NOT_FOUND", "NOT_FOUND")
    assert (abandoned["__typename"], abandoned["textVersion"]["status"]) == ("VersionAbandoned", "ABANDONED")
    assert (twice["kind"], twice["code"]) == ("NOT_NOW", "WRONG_STATE")
    assert again["__typename"] == "TextConsolidated"


async def test_read_and_correct_what_several_wrote_before_the_version_is_issued(api: Api) -> None:
    round_id = await commented(api)
    await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "NOT_ACCEPTED", "Japan": "ACCEPTED"})
    result = await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2")
    making, target = result["consolidation"], result["consolidation"]["target"]

    corrected = await api.act(
        "secretariat",
        "correctEditorially",
        textVersionId=target["id"],
        provisionKey=api.world.keys[3],
        words="arrival",
        replacement="arival",
        reason="As printed.",
        expectedRevision=1,
    )
    unread = await api.act("secretariat", "confirmReading", consolidationId=making["id"], digests=["0" * 64])
    objected = await api.act(
        "canada", "objectToCorrection", correctionId=corrected["correction"]["id"], reason="It was right."
    )

    assert (corrected["__typename"], corrected["correction"]["status"]) == ("TextCorrected", "STANDS")
    assert (unread["__typename"], [issue["path"] for issue in unread["issues"]]) == ("Refusal", [["digests", "0"]])
    assert (objected["__typename"], objected["correction"]["status"]) == ("CorrectionObjected", "OBJECTED")


async def test_settle_structure_of_a_conflict_of_words_is_refused(api: Api) -> None:
    round_id = await commented(api)
    await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "ACCEPTED", "Japan": "ACCEPTED"})
    result = await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2")
    (conflict,) = result["consolidation"]["conflicts"]["nodes"]

    refused = await api.act(
        "secretariat", "settleStructure", conflictId=conflict["id"], standingIds=[], reason="So.", expectedRevision=1
    )

    assert (refused["__typename"], refused["code"]) == ("Refusal", "WRONG_STATE")


TEXT = """# Guidelines

## Standard 1: Data

1. Words on data.

2. See paragraph 1 and Standard 3.

## Standard 3: Returns

1. See Standard 1.
"""


async def imported(api: Api) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A working version with a gap between its standards, and its provisions."""
    sent = {"title": "Guidelines", "shortTitle": "Guidelines", "label": "Draft 1", "markdown": TEXT}
    version = (await api.act("secretariat", "importText", **sent))["textVersion"]
    detail = await api.ask("secretariat", "VersionDetail", id=version["id"])
    return version, detail["textVersion"]["provisions"]["nodes"]


async def test_renumber_version_does_what_its_preview_shows_and_references_follow(api: Api) -> None:
    version, provisions = await imported(api)
    keys = {node["text"]: node["key"] for node in provisions}
    numbers = [{"provisionKey": keys["Words on data."], "printedNumber": "1 bis."}]

    shown = await api.ask("secretariat", "RenumberingOfVersion", textVersionId=version["id"], numbers=numbers)
    hidden = await api.ask("japan", "RenumberingOfVersion", textVersionId=version["id"])
    sent = {"textVersionId": version["id"], "numbers": numbers, "expectedRevision": version["revision"]}
    renumbered = await api.act("secretariat", "renumberVersion", **sent)
    again = await api.act("secretariat", "renumberVersion", **sent | {"expectedRevision": version["revision"] + 1})

    assert shown["renumbering"] == {
        "textVersion": {"id": version["id"], "number": 1},
        "numbers": [
            {"key": keys["Words on data."], "before": "1.", "after": "1 bis."},
            {"key": keys["Returns"], "before": "Standard 3:", "after": "Standard 2:"},
        ],
        "doubtfulKeys": [],
        "references": [
            {
                "key": keys["See paragraph 1 and Standard 3."],
                "before": before,
                "after": after,
                "targetKey": keys[target],
            }
            for before, after, target in (
                ("paragraph 1", "paragraph 1 bis", "Words on data."),
                ("Standard 3", "Standard 2", "Returns"),
            )
        ],
        "dangling": [],
    }
    assert hidden == {"renumbering": None}
    assert (renumbered["__typename"], renumbered["textVersion"]["revision"]) == (
        "VersionRenumbered",
        version["revision"] + 1,
    )
    assert (again["__typename"], again["code"]) == ("Refusal", "ALREADY_DONE")
    detail = await api.ask("secretariat", "VersionDetail", id=version["id"])
    changed = [node for node in detail["textVersion"]["provisions"]["nodes"] if "paragraph" in node["text"]]
    assert [node["text"] for node in changed] == ["See paragraph 1 bis and Standard 2."]


async def test_references_of_a_provision_are_read_from_both_ends_by_those_who_see_the_version(api: Api) -> None:
    _, provisions = await imported(api)
    by_text = {node["text"]: node["id"] for node in provisions}

    referring = await api.ask("secretariat", "ReferencesOfProvision", id=by_text["See paragraph 1 and Standard 3."])
    referred = await api.ask("secretariat", "ReferencesOfProvision", id=by_text["Data"])
    hidden = await api.ask("japan", "ReferencesOfProvision", id=by_text["Data"])

    assert [
        (node["words"], node["status"], node["target"]["id"], node["targetKey"] is not None)
        for node in referring["provision"]["references"]["nodes"]
    ] == [
        ("paragraph 1", "RESOLVED", by_text["Words on data."], True),
        ("Standard 3", "RESOLVED", by_text["Returns"], True),
    ]
    assert [node["provision"]["id"] for node in referred["provision"]["referredToBy"]["nodes"]] == [
        by_text["See Standard 1."]
    ]
    assert hidden == {"provision": None}


async def test_correct_reference_writes_another_reference_and_nothing_else(api: Api) -> None:
    version, provisions = await imported(api)
    key = next(node["key"] for node in provisions if node["text"] == "See Standard 1.")
    sent = {
        "textVersionId": version["id"],
        "provisionKey": key,
        "words": "Standard 1",
        "replacement": "paragraph 1 of Standard 1",
        "reason": "More exact.",
        "expectedRevision": version["revision"],
    }

    refused = await api.act("secretariat", "correctReference", **sent | {"replacement": "everything"})
    corrected = await api.act("secretariat", "correctReference", **sent)

    assert [issue["path"] for issue in refused["issues"]] == [["replacement"]]
    assert (corrected["__typename"], corrected["correction"]["kind"]) == ("ReferenceCorrected", "REFERENCE")
    assert (corrected["correction"]["before"], corrected["correction"]["replacement"]) == (
        "Standard 1",
        "paragraph 1 of Standard 1",
    )


async def test_preview_settlement_shows_the_text_and_how_much_of_each_side_stands(api: Api) -> None:
    round_id = await commented(api)
    await answer(api, round_id, {"UPU": "ACCEPTED", "GEA": "ACCEPTED", "Japan": "NOT_ACCEPTED"})
    made = await api.act("secretariat", "consolidate", textVersionId=api.world.version, label="Draft 2")
    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    before = await everything(api.world)

    async def preview(who: str | None, **outcome: Any) -> Any:
        sent = {"conflictId": conflict["id"], "outcome": outcome}
        return (await api.ask(who, "PreviewSettlement", **sent))["previewSettlement"]

    words = next(side["words"] for side in conflict["sides"]["nodes"] if side["party"]["shortName"] == "UPU")
    shown = await preview("secretariat", words=words)
    base = await preview("secretariat", words=conflict["baseWords"])
    wrong = await preview("secretariat", standingIds=[])
    hidden = [await preview(who, words=words) for who in ("japan", None)]

    (provision,) = shown["provisions"]
    assert (provision["key"], provision["before"]) == (api.world.keys[1], WORDS[1])
    assert provision["after"] == WORDS[1].replace("should", "shall")
    names = {
        name: [side["party"]["shortName"] for side in shown[name]] for name in ("wholeSides", "partSides", "lostSides")
    }
    assert names == {"wholeSides": ["UPU"], "partSides": [], "lostSides": ["GEA"]}
    assert [len(base[name]) for name in names] == [0, 0, 2]
    assert (base["provisions"][0]["after"], base["provisions"][0]["sentences"]) == (WORDS[1], [])
    assert [(issue["path"], issue["code"]) for issue in wrong["issues"]] == [
        (["outcome", "standingIds"], "NOT_FOR_KIND")
    ]
    assert hidden == [None, None]
    assert await everything(api.world) == before

    settled = {"conflictId": conflict["id"], "words": words, "reason": "So agreed.", "expectedRevision": 1}
    await api.act("secretariat", "settleConflict", **settled)
    assert (await texts_of(api.world, made["consolidation"]["target"]["id"]))[1] == provision["after"]
