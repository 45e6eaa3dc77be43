"""Rounds over HTTP, with the published operations."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.api import Api, document
from tests.factories.rounds import everything, rows_of
from tests.factories.world import NOW, WORDS

CLOSES = NOW + timedelta(days=7)


async def open_round(api: Api, **sent: Any) -> Any:
    """A round of the group on the issued version, open now, closing in a week."""
    call = {
        "textVersionId": api.world.version,
        "bodyId": api.world.bodies["group"],
        "title": "Comments on Draft 1",
        "closesAt": CLOSES.isoformat(),
        "zone": "Europe/Brussels",
        "audience": ["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    }
    return await api.act("canada", "openRound", **(call | sent))


def content(api: Api, **sent: Any) -> dict[str, Any]:
    """A comment on the first paragraph."""
    said = {
        "type": "SUBSTANTIVE",
        "provisionId": api.world.provisions[1],
        "quotation": {"exact": "should exchange"},
        "text": "The duty must be clear.",
        "reason": "Legal certainty.",
        "proposedWording": "shall exchange",
    }
    return said | sent


async def test_submit_comment_in_an_open_round_gives_a_receipt(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]

    result = await api.act("upu", "submitComment", roundId=round_id, **content(api))

    assert result["__typename"] == "CommentSubmitted"
    comment = result["comment"]
    assert comment["status"] == "SUBMITTED"
    assert comment["quotation"] == {"exact": "should exchange", "start": 24, "end": 39}
    assert comment["receipt"]["reference"] == "UPU R1-1"
    assert comment["receipt"]["submittedAt"] == "2018-09-24T09:00:00Z"


async def test_submit_comment_twice_with_one_key_files_it_once(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]

    first = await api.act("upu", "submitComment", key="once", roundId=round_id, **content(api))
    second = await api.act("upu", "submitComment", key="once", roundId=round_id, **content(api))
    listed = await api.ask("upu", "CommentList", filter={"roundId": round_id})

    assert first == second
    assert listed["comments"]["totalCount"] == 1


async def test_submit_comment_at_the_closing_instant_is_refused_and_writes_nothing(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]
    api.world.clock.now = CLOSES

    result = await api.act("gea", "submitComment", roundId=round_id, **content(api))
    listed = await api.ask("secretariat", "CommentList", filter={"roundId": round_id})

    assert (result["kind"], result["code"]) == ("NOT_NOW", "ROUND_CLOSED")
    assert "1 October 2018 at 11:00 (Europe/Brussels), 09:00 UTC" in result["message"]
    assert listed["comments"]["totalCount"] == 0


async def test_comment_from_draft_to_recorded_answer_goes_through_every_act(api: Api) -> None:
    opened = (await open_round(api))["round"]
    on = {"roundId": opened["id"]}

    drafted = (await api.act("japan-assistant", "draftComment", **on, **content(api)))["comment"]
    told = {"commentId": drafted["id"]}
    revised = await api.act(
        "japan-assistant", "reviseComment", **told, **content(api, text="Clearer."), expectedRevision=1
    )
    cleared = await api.act("japan", "clearComment", **told, expectedRevision=2)
    supported = await api.act("gea", "supportComment", **told)
    opposed = await api.act("upu", "opposeComment", **told, reason="Too strict.")
    other = (await api.act("upu", "submitComment", **on, **content(api)))["comment"]
    withdrawn = await api.act("upu", "withdrawComment", commentId=other["id"], expectedRevision=1)
    later = CLOSES + timedelta(days=1)
    extended = await api.act(
        "canada", "extendRound", **on, closesAt=later.isoformat(), reason="Holidays", expectedRevision=1
    )
    api.world.clock.now = later
    answer = {"verdict": "NOT_ACCEPTED", "reason": "Too strict."}
    proposed = await api.act("canada", "proposeDisposition", **told, **answer, expectedRevision=3)
    recorded = await api.act("secretariat", "recordDisposition", **told, **answer, expectedRevision=4)
    completed = await api.act("canada", "completeRound", **on, expectedRevision=2)

    assert (drafted["status"], drafted["number"], drafted["receipt"]) == ("DRAFT", None, None)
    assert (revised["comment"]["text"], revised["comment"]["revision"]) == ("Clearer.", 2)
    assert (cleared["comment"]["status"], cleared["comment"]["receipt"]["reference"]) == ("SUBMITTED", "Japan R1-1")
    assert cleared["comment"]["receipt"]["submittedBy"] == "Delegate japan"
    assert (supported["comment"]["id"], supported["comment"]["supportCount"]) == (drafted["id"], 1)
    assert (opposed["__typename"], opposed["comment"]["id"]) == ("CommentOpposed", drafted["id"])
    assert (withdrawn["__typename"], withdrawn["comment"]["status"]) == ("CommentWithdrawn", "WITHDRAWN")
    assert (extended["round"]["closesAt"], extended["round"]["revision"]) == ("2018-10-02T09:00:00Z", 2)
    assert (proposed["comment"]["status"], proposed["comment"]["disposition"]["stage"]) == (
        *("DISPOSITION_PROPOSED", "PROPOSED"),
    )
    assert (recorded["comment"]["status"], recorded["comment"]["disposition"]["stage"]) == ("DISPOSED", "RECORDED")
    assert (completed["round"]["phase"], completed["round"]["commentCount"]) == ("COMPLETED", 2)


async def test_cancel_round_shows_it_cancelled(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]

    result = await api.act("secretariat", "cancelRound", roundId=round_id, reason="In error", expectedRevision=1)

    assert (result["__typename"], result["round"]["phase"]) == ("RoundCancelled", "CANCELLED")


async def test_available_acts_of_a_round_say_who_can_and_from_when(api: Api) -> None:
    opened = await open_round(api, opensAt=(NOW + timedelta(days=1)).isoformat())

    answer, of_focal_point = [
        await api.ask(who, "RoundDetail", id=opened["round"]["id"]) for who in ("japan-assistant", "japan")
    ]

    acts, others = [
        {act["act"]: (act["isAllowed"], act["code"], act["unlocksAt"]) for act in asked["round"]["availableActs"]}
        for asked in (answer, of_focal_point)
    ]
    assert others["SUBMIT_COMMENT"] == (False, "ROUND_NOT_OPEN", "2018-09-25T09:00:00Z")
    assert acts == {
        "DRAFT_COMMENT": (True, None, None),  # a delegation prepares before the round opens
        "SUBMIT_COMMENT": (False, "FORBIDDEN", None),
        "EXTEND_ROUND": (False, "FORBIDDEN", None),
        "COMPLETE_ROUND": (False, "FORBIDDEN", None),
        "CANCEL_ROUND": (False, "FORBIDDEN", None),
        "REVISE_ROUND": (False, "FORBIDDEN", None),
        "PAUSE_ROUND": (False, "FORBIDDEN", None),
        "RESUME_ROUND": (False, "FORBIDDEN", None),
        "CLOSE_ROUND": (False, "FORBIDDEN", None),
        "REPORT_ROUND": (False, "FORBIDDEN", None),
        "ASK_LATE_ADMISSION": (False, "FORBIDDEN", None),
        "GROUP_COMMENTS": (False, "FORBIDDEN", None),
        "KEEP_ANSWER": (False, "FORBIDDEN", None),
        "PROPOSE_ANSWERS": (False, "FORBIDDEN", None),
        "RECORD_ANSWERS": (False, "FORBIDDEN", None),
    }


_NO = ["FORBIDDEN"]


async def test_available_acts_of_a_comment_agree_with_what_happens(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]
    comment, another, tolerated, replaced = [
        (await api.act("upu", "submitComment", roundId=round_id, **content(api)))["comment"] for _ in range(4)
    ]
    sent: dict[str, dict[str, Any]] = {
        "reviseComment": {"expectedRevision": 1, **content(api)},
        "clearComment": {"expectedRevision": 1},
        "withdrawComment": {"expectedRevision": 1},
        "supportComment": {},
        "opposeComment": {"commentId": another["id"], "reason": "No."},
        "confirmCarriedComment": {"expectedRevision": 1},
        "proposeDisposition": {"expectedRevision": 1, "verdict": "NOTED", "reason": "Noted."},
        "recordDisposition": {"expectedRevision": 1, "verdict": "NOTED", "reason": "Noted."},
        "tolerateComment": {"commentId": tolerated["id"]},
        "replaceComment": {"commentId": replaced["id"], "expectedRevision": 1, **content(api)},
        "replyToComment": {"commentId": another["id"], "text": "Carriers can."},
    }

    said, happened = {}, {}
    for who in ("china", "canada", "secretariat", "upu"):
        listed = await api.ask(who, "CommentList", filter={"roundId": round_id})
        node = next(each for each in listed["comments"]["nodes"] if each["id"] == comment["id"])
        said[who] = [act["code"] for act in node["availableActs"]]
        happened[who] = [
            (await api.act(who, operation, **({"commentId": comment["id"]} | given))).get("code")
            for operation, given in sent.items()
        ]

    assert said == {
        "china": [*_NO * 3, None, None, *_NO * 3, None, "FORBIDDEN", None],
        "canada": [*_NO * 3, None, None, "FORBIDDEN", "ROUND_NOT_OPEN", "FORBIDDEN", None, "FORBIDDEN", None],
        "secretariat": [*_NO * 6, "ROUND_NOT_OPEN", "ROUND_NOT_OPEN", *_NO * 2, None],
        "upu": ["WRONG_STATE", "WRONG_STATE", None, *_NO * 2, "WRONG_STATE", *_NO * 3, None, None],
    }
    assert happened == said


async def test_act_on_what_somebody_else_changed_is_stale_and_writes_nothing(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]
    before = await everything(api.world)

    result = await api.act(
        "canada",
        "extendRound",
        roundId=round_id,
        closesAt=(CLOSES + timedelta(days=1)).isoformat(),
        reason="Holidays",
        expectedRevision=9,
    )

    assert (result["kind"], result["code"]) == ("STALE", "STALE_REVISION")
    assert await everything(api.world) == before


async def test_submit_comment_with_every_fault_names_every_field(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]
    before = await everything(api.world)

    wrong = {"type": "SUBSTANTIVE", "text": " ", "quotation": {"exact": ""}, "proposedWording": "shall"}
    result = await api.act("upu", "submitComment", roundId=round_id, **wrong)

    assert (result["kind"], result["code"], result["unlocksAt"]) == ("INVALID", "INVALID", None)
    paths = [".".join(issue["path"]) for issue in result["issues"]]
    assert paths == ["text", "provisionId", "provisionId", "quotation.exact", "reason"]
    assert await everything(api.world) == before


async def test_submit_comment_with_a_nul_character_is_refused_and_writes_nothing(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]
    before = await everything(api.world)

    sent = {"idempotencyKey": "nul", "roundId": round_id, **content(api, text="The duty\0must be clear.")}
    answer = await api.send("upu", document("submitComment"), {"input": sent})

    assert "INTERNAL" not in str(answer)
    assert (answer.get("data") or {}).get("submitComment", {}).get("__typename") in (None, "Refusal")
    assert await everything(api.world) == before


@pytest.mark.parametrize("closes_at", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
async def test_open_round_until_the_end_of_time_is_refused_and_writes_nothing(api: Api, closes_at: str) -> None:
    before = await everything(api.world)

    sent = {
        "idempotencyKey": "far",
        "textVersionId": api.world.version,
        "bodyId": api.world.bodies["group"],
        "title": "Comments on Draft 1",
        "closesAt": closes_at,
        "audience": ["MEMBER"],
    }
    answer = await api.send("canada", document("openRound"), {"input": sent})

    assert "INTERNAL" not in str(answer)
    assert (answer.get("data") or {}).get("openRound", {}).get("__typename") in (None, "Refusal")
    assert await everything(api.world) == before


@pytest.mark.parametrize("closes_at", ["2018-10-01T09:00:00", "2018-10-01", "tomorrow", 1, ""])
async def test_open_round_with_an_instant_without_zone_is_a_malformed_request(api: Api, closes_at: Any) -> None:
    before = await everything(api.world)

    sent = {
        "idempotencyKey": "zone",
        "textVersionId": api.world.version,
        "bodyId": api.world.bodies["group"],
        "title": "Comments on Draft 1",
        "closesAt": closes_at,
        "audience": ["MEMBER"],
    }
    answer = await api.send("canada", document("openRound"), {"input": sent})

    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await everything(api.world) == before


async def test_round_list_by_phase_follows_the_clock(api: Api) -> None:
    planned = (await open_round(api, opensAt=(NOW + timedelta(days=1)).isoformat()))["round"]["id"]

    seen = []
    for instant in (NOW, NOW + timedelta(days=1), CLOSES):
        api.world.clock.now = instant
        for phase in ("PLANNED", "OPEN", "CLOSED"):
            listed = await api.ask("japan", "RoundList", filter={"phase": phase})
            seen += [(instant, phase, node["phase"]) for node in listed["rounds"]["nodes"] if node["id"] == planned]

    assert seen == [
        (NOW, "PLANNED", "PLANNED"),
        (NOW + timedelta(days=1), "OPEN", "OPEN"),
        (CLOSES, "CLOSED", "CLOSED"),
    ]


async def test_open_round_at_once_is_told_as_open_though_the_clock_went_on(api: Api) -> None:
    server, clock = api.app.state.server, api.world.clock
    server.clock = lambda: clock.move(milliseconds=3)
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Comments on Draft 1",
        closesAt=CLOSES.isoformat(),
        audience=["MEMBER"],
    )
    server.clock = clock

    assert opened["round"]["phase"] == "OPEN"


async def test_preview_wording_shows_what_would_change_and_who_asks_for_the_same(api: Api) -> None:
    round_id = (await open_round(api, visibility="AFTER_CLOSE"))["round"]["id"]
    mine = (await api.act("upu", "submitComment", roundId=round_id, **content(api)))["comment"]
    whole = content(api, quotation=None, proposedWording=WORDS[1].replace("should", "shall"))
    theirs = (await api.act("japan", "submitComment", roundId=round_id, **whole))["comment"]
    await api.act("gea", "submitComment", roundId=round_id, **content(api, proposedWording="may exchange"))
    before = await everything(api.world)
    asked = {"provisionId": api.world.provisions[1], "wording": WORDS[1].replace("should", "shall")}

    shown = (await api.ask("upu", "PreviewWording", **asked))["previewWording"]
    quoted = await api.ask("upu", "PreviewWording", **asked | {"wording": "shall", "quotation": {"exact": "should"}})
    after = await everything(api.world)
    seen_by_all = (await api.ask("secretariat", "PreviewWording", **asked))["previewWording"]
    after_all = await everything(api.world)

    assert (shown["before"], shown["after"]) == (WORDS[1], asked["wording"])
    assert [run["text"] for run in shown["runs"] if run["kind"] != "KEEP"] == ["should", "shall"]
    assert shown["sentences"] == [asked["wording"]]
    assert (shown["quotation"], shown["proposedWording"]) == (
        {"exact": "should", "prefix": None, "suffix": None},
        "shall",
    )
    assert [each["id"] for each in shown["alike"]] == [mine["id"]]
    assert [each["id"] for each in seen_by_all["alike"]] == [mine["id"], theirs["id"]]
    assert quoted["previewWording"]["after"] == asked["wording"]
    assert after == before
    # The round is sealed: that the Secretariat read in it is recorded, and nothing else is written.
    assert {table for table, rows in after_all.items() if rows != before[table]} == {"journal", "journal_head"}
    acts = [row["act"] for row in await rows_of(api.world, "journal")]
    assert (len(acts), acts.count("sealed_comments.read")) == (len(before["journal"]) + 1, 1)


async def test_preview_wording_refuses_what_filing_refuses_and_hides_what_is_hidden(api: Api) -> None:
    asked = {"provisionId": api.world.provisions[1], "wording": "shall"}
    answers = [
        (await api.ask("upu", "PreviewWording", **asked | changed))["previewWording"]
        for changed in ({"wording": "x" * 20_001}, {"quotation": {"exact": "vessels"}}, {"provisionId": "PTX_1"})
    ]

    assert [each and each["code"] for each in answers] == ["INVALID", "ANCHOR_NOT_FOUND", None]
    assert [issue["path"] for each in answers[:2] for issue in each["issues"]] == [["wording"], ["quotation", "exact"]]
    assert (await api.ask(None, "PreviewWording", **asked))["previewWording"] is None


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"wording": WORDS[1]}, ["wording"], "NOTHING_CHANGES"),
        ({"wording": f"{WORDS[1]} "}, ["wording"], "NOTHING_CHANGES"),
        ({"wording": "a\0b"}, ["wording"], "NUL"),
        ({"wording": "shall", "quotation": {"exact": ""}}, ["quotation", "exact"], "EMPTY"),
    ],
)
async def test_preview_wording_refuses_by_the_same_issue_as_filing(
    api: Api, changed: dict[str, Any], path: list[str], code: str
) -> None:
    asked = {"provisionId": api.world.provisions[1], **changed}

    refusal = (await api.ask("upu", "PreviewWording", **asked))["previewWording"]

    assert [(issue["path"], issue["code"]) for issue in refusal["issues"]] == [(path, code)]


async def test_stale_refusal_shows_the_object_as_it_stands(api: Api) -> None:
    opened = (await open_round(api))["round"]
    later = (CLOSES + timedelta(days=1)).isoformat()
    sent = {"roundId": opened["id"], "closesAt": later, "reason": "More time.", "expectedRevision": 7}

    refused = await api.act("canada", "extendRound", **sent)

    assert (refused["kind"], refused["isRetryable"]) == ("STALE", True)
    assert refused["current"] == {"__typename": "Round", "id": opened["id"]}
