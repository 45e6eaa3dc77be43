"""The work inside a delegation over HTTP: the published operations, their facts and their refusals."""

from datetime import timedelta
from typing import Any

from tests.contracts.tellings import content_of_comment, open_round
from tests.factories.api import Api


async def draft(api: Api, round_id: str, who: str = "japan-assistant", **changed: Any) -> dict[str, Any]:
    """Draft a comment and return it."""
    sent = {"roundId": round_id, **content_of_comment(api, **changed)}  # type: ignore[arg-type]
    return dict((await api.act(who, "draftComment", **sent))["comment"])


async def board(api: Api, who: str, round_id: str, party: str = "japan") -> dict[str, Any]:
    """Return the board of a party as a person sees it."""
    asked = {"roundId": round_id, "partyId": [api.world.parties[party]]}
    return dict((await api.ask(who, "DelegationBoard", **asked))["round"])


async def arrange(api: Api, levels: str, **changed: Any) -> Any:
    """Let Japan ask for so many clearances."""
    sent = {"partyId": api.world.parties["japan"], "levels": levels, "canFileAtOnce": False, "expectedRevision": 0}
    return await api.act("japan", "arrangeClearance", **sent | changed)


def columns(shown: dict[str, Any]) -> dict[str, int]:
    """Return how many comments each column of a board holds."""
    return {name: shown[name]["totalCount"] for name in ("written", "ready", "cleared", "filed")}


async def test_a_draft_goes_through_one_clearance_and_is_filed(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    arranged = await arrange(api, "ONE")
    drafted = await draft(api, round_id)
    on = {"commentId": drafted["id"]}

    early = await api.act("japan", "clearComment", **on, expectedRevision=1)
    presented = await api.act("japan-assistant", "presentDraft", **on, expectedRevision=1)
    by_expert = await api.act("japan-assistant", "clearDraft", **on, expectedRevision=2)
    cleared = await api.act("japan", "clearDraft", **on, expectedRevision=2)
    seen = columns(await board(api, "japan", round_id))
    filed = await api.act("japan", "clearComment", **on, expectedRevision=3)

    assert arranged["__typename"] == "ClearanceArranged"
    assert (early["code"], early["kind"]) == ("WRONG_STATE", "NOT_NOW")
    assert presented["__typename"] == "DraftPresented"
    assert by_expert["code"] == "FORBIDDEN"
    assert cleared["__typename"] == "DraftCleared"
    assert seen == {"written": 0, "ready": 0, "cleared": 1, "filed": 0}
    assert filed["comment"]["status"] == "SUBMITTED"


async def test_submit_comment_in_one_step_is_refused_where_the_party_says_so(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    await arrange(api, "NONE")

    refused = await api.act("japan", "submitComment", roundId=round_id, **content_of_comment(api))  # type: ignore[arg-type]
    other = await api.act("upu", "submitComment", roundId=round_id, **content_of_comment(api))  # type: ignore[arg-type]

    assert refused["code"] == "FORBIDDEN"
    assert other["__typename"] == "CommentSubmitted"


async def test_a_draft_is_returned_merged_and_discarded(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    one, two, three = [await draft(api, round_id, text=f"Remark {number}.") for number in (1, 2, 3)]
    await api.act("japan-assistant", "presentDraft", commentId=one["id"], expectedRevision=1)

    returned = await api.act("japan", "returnDraft", commentId=one["id"], reason="Shorter.", expectedRevision=2)
    merging = {"commentId": one["id"], "expectedRevision": 3, "mergedId": two["id"], "mergedRevision": 1}
    merged = await api.act("japan-assistant", "mergeDrafts", **merging, **content_of_comment(api, text="Both."))  # type: ignore[arg-type]
    discarded = await api.act("japan-assistant", "discardDraft", commentId=three["id"], expectedRevision=1)
    detail = (await api.ask("japan", "DraftDetail", id=one["id"]))["comment"]["draft"]
    gone = (await api.ask("japan", "DraftDetail", id=two["id"]))["comment"]["draft"]

    assert returned["__typename"] == "DraftReturned"
    assert merged["comment"]["text"] == "Both."
    assert discarded["__typename"] == "DraftDiscarded"
    assert [step["kind"] for step in detail["steps"]["nodes"]] == ["PRESENTED", "RETURNED", "REVISED", "MERGED"]
    assert detail["steps"]["nodes"][1]["reason"] == "Shorter."
    assert detail["steps"]["nodes"][2]["words"]["text"] == "Remark 1."
    assert (gone["stage"], gone["mergedInto"]["id"]) == ("MERGED", one["id"])
    assert columns(await board(api, "japan", round_id)) == {"written": 1, "ready": 0, "cleared": 0, "filed": 0}


async def test_merged_and_discarded_drafts_say_what_became_of_them(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    one, two, three = [await draft(api, round_id, text=f"Remark {number}.") for number in (1, 2, 3)]
    merging = {"commentId": one["id"], "expectedRevision": 1, "mergedId": two["id"], "mergedRevision": 1}
    await api.act("japan", "mergeDrafts", **merging, **content_of_comment(api, text="Both."))  # type: ignore[arg-type]
    await api.act("japan-assistant", "discardDraft", commentId=three["id"], expectedRevision=1)

    refused = [
        await api.act("japan", "clearComment", commentId=each["id"], expectedRevision=2) for each in (two, three)
    ]

    assert [(each["code"], each["message"]) for each in refused] == [
        ("WRONG_STATE", "This draft was merged into another one, which goes on in its place."),
        ("WRONG_STATE", "This draft was given up."),
    ]


async def test_file_comments_files_all_or_none_and_says_which(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    one, two = [await draft(api, round_id, text=f"Remark {number}.") for number in (1, 2)]
    chosen = [{"commentId": one["id"], "expectedRevision": 1}, {"commentId": two["id"], "expectedRevision": 7}]

    refused = await api.act("japan", "fileComments", roundId=round_id, comments=chosen)
    between = columns(await board(api, "japan", round_id))
    chosen[1]["expectedRevision"] = 1
    filed = await api.act("japan", "fileComments", "once", roundId=round_id, comments=chosen)
    again = await api.act("japan", "fileComments", "once", roundId=round_id, comments=chosen)
    receipts = (await api.ask("japan", "ReceiptList", ids=[one["id"], two["id"]]))["nodes"]

    assert [(issue["path"], issue["code"]) for issue in refused["issues"]] == [
        (["comments", "1", "expectedRevision"], "NOT_FILED")
    ]
    assert between == {"written": 2, "ready": 0, "cleared": 0, "filed": 0}
    assert filed["__typename"] == again["__typename"] == "CommentsFiled"
    assert [each["receipt"]["reference"] for each in receipts] == ["Japan R1-1", "Japan R1-2"]


async def test_file_comments_of_another_round_says_so_in_one_sentence(api: Api) -> None:
    round_id, other_id = [(await open_round(api, title=title))["id"] for title in ("One", "Other")]
    written = await draft(api, other_id)
    chosen = [{"commentId": written["id"], "expectedRevision": 1}]

    refused = await api.act("japan", "fileComments", roundId=round_id, comments=chosen)

    assert [(issue["path"], issue["message"]) for issue in refused["issues"]] == [
        (["comments", "0"], "There is no such draft of your party in this round.")
    ]


async def test_no_comment_is_declared_taken_back_and_ended_by_a_filing(api: Api) -> None:
    round_id = (await open_round(api))["id"]

    declared = await api.act("japan", "declareNoComment", roundId=round_id)
    again = await api.act("japan", "declareNoComment", roundId=round_id)
    counted = await who_has_answered(api, "upu", round_id)
    await api.act("japan", "takeBackNoComment", roundId=round_id)
    back = await who_has_answered(api, "upu", round_id)
    await api.act("japan", "declareNoComment", roundId=round_id)
    await api.act("japan", "submitComment", roundId=round_id, **content_of_comment(api))  # type: ignore[arg-type]
    filed = await who_has_answered(api, "upu", round_id)
    refused = await api.act("japan", "declareNoComment", roundId=round_id)

    assert declared["noComment"]["party"]["shortName"] == "Japan"
    assert again["code"] == "ALREADY_DONE"
    assert counted == {"DECLARED_NONE": 1, "SILENT": 4}
    assert back == {"SILENT": 5}
    assert filed == {"ANSWERED": 1, "SILENT": 4}
    assert refused["code"] == "WRONG_STATE"


async def who_has_answered(api: Api, who: str, round_id: str) -> dict[str, int]:
    """Return how many parties a person is told of, by whether they have answered."""
    answer = await api.ask(who, "WhoHasAnswered", id=round_id, roundId=[round_id], first=50)
    counts = {group["value"]: group["count"] for group in answer["byState"]}
    assert sum(counts.values()) == answer["round"]["turnout"]["totalCount"]
    return counts


async def test_who_has_answered_tells_of_drafts_to_the_own_party_only(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    await draft(api, round_id)

    assert await who_has_answered(api, "japan", round_id) == {"DRAFTING": 1, "SILENT": 4}
    assert await who_has_answered(api, "secretariat", round_id) == {"SILENT": 5}


async def test_a_note_is_written_and_removed(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    drafted = await draft(api, round_id)

    noted = await api.act("japan", "writeNote", roundId=round_id, commentId=drafted["id"], text="Ask the ministry.")
    both = await api.act("japan", "writeNote", roundId=round_id, text="Where?")
    seen = (await api.ask("japan-assistant", "NotesOfRound", roundId=round_id, first=10))["round"]["notes"]
    hidden = (await api.ask("upu", "NotesOfRound", roundId=round_id, first=10))["round"]["notes"]
    by_other = await api.act("upu", "discardNote", noteId=noted["note"]["id"])
    removed = await api.act("japan", "discardNote", noteId=noted["note"]["id"])
    left = (await api.ask("japan", "NotesOfRound", roundId=round_id, first=10))["round"]["notes"]

    assert both["code"] == "INVALID"
    assert [node["text"] for node in seen["nodes"]] == ["Ask the ministry."]
    assert hidden["totalCount"] == 0
    assert by_other["code"] == "NOT_FOUND"
    assert removed["__typename"] == "NoteDiscarded"
    assert left["totalCount"] == 0


async def test_a_deadline_is_arranged_for_the_own_party_only(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    due = (api.world.clock.now + timedelta(days=3)).isoformat()
    late = (api.world.clock.now + timedelta(days=30)).isoformat()

    arranged = await api.act("japan", "arrangeDeadline", roundId=round_id, dueAt=due, expectedRevision=0)
    stale = await api.act("japan", "arrangeDeadline", roundId=round_id, dueAt=None, expectedRevision=0)
    refused = await api.act("japan", "arrangeDeadline", roundId=round_id, dueAt=late, expectedRevision=1)
    own = (await board(api, "japan-assistant", round_id))["participation"]
    other = (await board(api, "upu", round_id))["participation"]

    assert arranged["__typename"] == "DeadlineArranged"
    assert stale["code"] == "STALE_REVISION"
    assert refused["issues"][0]["code"] == "INSTANT_OUT_OF_RANGE"
    assert own["dueAt"] is not None
    assert other["dueAt"] is None


async def test_the_silent_are_reminded_once_in_a_day(api: Api) -> None:
    round_id = (await open_round(api))["id"]

    reminded = await api.act("canada", "remindSilent", roundId=round_id)
    again = await api.act("secretariat", "remindSilent", roundId=round_id)
    by_party = await api.act("japan", "remindSilent", roundId=round_id)

    assert reminded["reminder"]["toldCount"] is None
    assert (again["code"], again["unlocksAt"] is not None) == ("ALREADY_DONE", True)
    assert by_party["code"] == "FORBIDDEN"
