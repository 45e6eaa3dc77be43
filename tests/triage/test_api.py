"""Triage, answers given together and reactions over HTTP, by the published operations."""

from datetime import timedelta
from typing import Any

from tests.factories.api import Api
from tests.factories.rounds import CLOSES, open_round, submit
from tests.factories.world import World

READ = {"verdict": "NOTED", "reason": "Read."}


async def closed(world: World, *parties: str, **changed: Any) -> tuple[str, list[str]]:
    """Return a round that has closed, with one comment of each of these parties."""
    round_id = await open_round(world)
    comments = [await submit(world, party, round_id, **changed) for party in parties]
    world.clock.now = CLOSES
    return round_id, comments


async def triage_of(api: Api, who: str, comment: str) -> dict[str, Any]:
    """Return what a person sees of the triage of a comment."""
    return dict((await api.ask(who, "TriageOfComment", id=comment))["comment"])


async def test_comment_is_sorted_and_only_those_who_answer_see_it(api: Api) -> None:
    _, (comment,) = await closed(api.world, "japan")
    on = {"commentId": comment}
    desk = {"delegateId": api.world.delegates["canada"], "note": "A word of the treaty."}

    await api.act("canada", "placeComment", **on, **desk, expectedRevision=0)
    await api.act("canada", "tagComment", **on, tags=["<i>Law</i>"], expectedRevision=1)
    asked = {"delegateId": api.world.delegates["upu"], "question": "Is it a duty?", "dueOn": "2018-12-01"}
    forwarded = await api.act("canada", "forwardComment", **on, **asked)
    points = [
        {"type": "SUBSTANTIVE", "text": "Make it a duty.", "hasWording": True},
        {"type": "QUESTION", "text": "Since when?"},
    ]
    split = await api.act("canada", "splitComment", **on, points=points, expectedRevision=1)
    waiting = (await api.ask("upu", "AdviceRequestList"))["adviceRequests"]["nodes"]
    given = await api.act("upu", "giveAdvice", adviceId=waiting[0]["id"], advice="It is.", expectedRevision=1)

    assert split["__typename"] == "CommentSplit"
    assert (waiting[0]["commentText"], waiting[0]["reference"]) == ("The duty must be clear.", "Japan R1-1")
    assert (forwarded["__typename"], given["adviceRequest"]["advice"]) == ("CommentForwarded", "It is.")
    seen = await triage_of(api, "canada", comment)
    assert (seen["triage"]["delegate"]["name"], seen["deskMoves"]["nodes"][0]["note"]) == (
        *("Delegate canada", "A word of the treaty."),
    )
    assert [tag["name"] for tag in seen["tags"]["nodes"]] == ["<i>Law</i>"]
    assert [point["text"] for point in seen["points"]["nodes"]] == ["Make it a duty.", "Since when?"]
    for who in ("japan", "china", "gea"):
        hidden = await triage_of(api, who, comment)
        assert hidden["triage"] is None
        assert [hidden[name]["nodes"] for name in ("tags", "points", "deskMoves", "adviceRequests")] == [[]] * 4
        assert {act["code"] for act in hidden["availableTriageActs"]} == {"FORBIDDEN"}
        assert (await api.ask(who, "AdviceRequestList"))["adviceRequests"]["totalCount"] == 0


async def test_filters_of_triage_tell_others_nothing(api: Api) -> None:
    round_id, (comment, _) = await closed(api.world, "japan", "china")
    desk = api.world.delegates["canada"]
    await api.act("canada", "placeComment", commentId=comment, delegateId=desk, expectedRevision=0)
    await api.act("canada", "tagComment", commentId=comment, tags=["law"], expectedRevision=1)
    (tag,) = (await api.ask("canada", "CommentsInTriage", roundId=round_id))["round"]["tags"]["nodes"]

    filters = ({"hasDesk": True}, {"deskDelegateId": [desk]}, {"tagId": [tag["id"]]})
    counts = {
        who: [
            (await api.ask(who, "CommentList", filter={"roundId": [round_id], **each}))["comments"]["totalCount"]
            for each in filters
        ]
        for who in ("canada", "secretariat", "japan", "china")
    }

    assert counts == {"canada": [1, 1, 1], "secretariat": [1, 1, 1], "japan": [0, 0, 0], "china": [0, 0, 0]}


async def test_group_is_proposed_recorded_undone_and_recorded_again(api: Api) -> None:
    round_id, (lead, member) = await closed(api.world, "japan", "china")
    in_round = {"roundId": round_id}

    grouped = await api.act("canada", "groupComments", **in_round, leadId=lead, commentIds=[member])
    kept = await api.act("canada", "keepAnswer", **in_round, title="Read", **READ)
    proposed = await api.act(
        "canada",
        "proposeAnswers",
        **in_round,
        answers=[{"commentId": lead, "expectedRevision": 1}],
        reusableAnswerId=kept["reusableAnswer"]["id"],
    )
    (task,) = [
        each
        for each in (await api.ask("secretariat", "TaskList"))["viewer"]["tasks"]
        if each["act"] == "RECORD_ANSWERS"
    ]
    recorded = await api.act("secretariat", "recordAnswers", **task["preparedInput"])
    undone = await api.act(
        "secretariat", "undoAnswers", batchId=recorded["batch"]["id"], reason="In error.", expectedRevision=1
    )
    again = await api.act(
        "secretariat", "recordAnswers", **in_round, answers=[{"commentId": lead, "expectedRevision": 4}]
    )
    answer = (await triage_of(api, "china", member))["disposition"]

    assert (grouped["__typename"], proposed["batch"]["answerCount"]) == ("CommentsGrouped", 2)
    assert (recorded["batch"]["stage"], undone["batch"]["undoReason"]) == ("RECORDED", "In error.")
    assert again["__typename"] == "AnswersRecorded"
    assert (answer["verdict"], answer["reason"]) == ("NOTED", "Read.")
    assert answer["answeredWith"]["receipt"]["reference"] == "Japan R1-1"
    batches = (await api.ask("secretariat", "AnswerBatchList", roundId=round_id))["round"]["batches"]["nodes"]
    assert [bool(batch["undoneAt"]) for batch in batches].count(True) == 1
    (reusable,) = (await api.ask("canada", "ReusableAnswerList", roundId=round_id))["round"]["reusableAnswers"]["nodes"]
    assert (reusable["useCount"], len(reusable["uses"]["nodes"])) == (2, 2)
    assert (await api.ask("china", "ReusableAnswerList", roundId=round_id))["round"]["reusableAnswers"]["nodes"] == []


async def test_report_counts_the_comments_of_its_own_round_whatever_else_is_asked(api: Api) -> None:
    await submit(api.world, "china", await open_round(api.world, title="Another round"))
    round_id, _ = await closed(api.world, "japan")

    plain = await api.ask("gea", "RoundReport", roundId=round_id)
    of_type = await api.ask("gea", "RoundReport", roundId=round_id, filter={"type": ["QUESTION"]})

    assert plain["byParty"] == [{"value": "Japan", "count": 1}]
    assert of_type["byParty"] == []


async def test_editorial_answer_is_settled_by_both_sides(api: Api) -> None:
    _, (comment,) = await closed(api.world, "japan", type="EDITORIAL")
    proposed = await api.act("canada", "proposeDisposition", commentId=comment, **READ, expectedRevision=1)
    answer = {"dispositionId": proposed["comment"]["disposition"]["id"]}

    first = await api.act("canada", "settleAnswer", **answer)
    waits = {each["act"]: each for each in (await api.ask("secretariat", "TaskList"))["viewer"]["tasks"]}
    second = await api.act("secretariat", "settleAnswer", **waits["SETTLE_ANSWER"]["preparedInput"])

    assert (first["comment"]["status"], second["comment"]["status"]) == ("DISPOSITION_PROPOSED", "DISPOSED")


async def test_maintained_objection_of_a_member_is_on_the_plenary_list_and_others_in_the_report(api: Api) -> None:
    round_id, comments = await closed(api.world, "japan", "upu", "china")
    answers = [{"commentId": each, "expectedRevision": 1} for each in comments]
    await api.act("secretariat", "recordAnswers", roundId=round_id, answers=answers, **READ)
    reactions = {"japan": "MAINTAINS", "upu": "MAINTAINS", "china": "CONTENT"}
    for who, comment in zip(reactions, comments, strict=True):
        shown = (await triage_of(api, who, comment))["disposition"]
        (react,) = [act for act in shown["availableActs"] if act["act"] == "REACT_TO_ANSWER"]
        assert react["isAllowed"]
        sent = {"dispositionId": shown["id"], "reaction": reactions[who], "reason": f"Says {who}."}
        assert (await api.act(who, "reactToAnswer", **sent))["__typename"] == "AnswerReacted"

    plenary = (await api.ask("gea", "PlenaryList", roundId=round_id))["round"]["reactions"]
    report = await api.ask("gea", "RoundReport", roundId=round_id, filter={"isSubmitted": True})
    listed = (await api.ask("gea", "ReactionList", roundId=round_id))["round"]["reactions"]["totalCount"]

    assert [(node["party"]["shortName"], node["reason"]) for node in plenary["nodes"]] == [("Japan", "Says japan.")]
    assert (report["round"]["maintained"]["totalCount"], report["round"]["forPlenary"]["totalCount"]) == (2, 1)
    assert report["byCapacity"] == [{"value": "MEMBER", "count": 2}, {"value": "OBSERVER", "count": 1}]
    assert report["byVerdict"] == [{"value": "NOTED", "count": 3}]
    assert {each["value"]: each["count"] for each in report["byReaction"]} == {"MAINTAINS": 2, "CONTENT": 1}
    assert listed == 3


async def test_brief_tells_what_changed_and_what_is_due(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    own = await submit(world, "japan", round_id)
    await submit(world, "china", round_id)
    await api.act("gea", "supportComment", commentId=own)
    await open_round(world, title="Second", closes_at=CLOSES + timedelta(days=30))
    before = world.clock.now
    world.clock.now = CLOSES
    await api.act(
        "secretariat", "recordAnswers", roundId=round_id, answers=[{"commentId": own, "expectedRevision": 1}], **READ
    )

    brief = (await api.ask("japan", "MyBrief", since=CLOSES.isoformat()))["brief"]
    earlier = (await api.ask("japan", "MyBrief", since=before.isoformat()))["brief"]
    of_other = (await api.ask("gea", "MyBrief"))["brief"]

    assert [node["disposition"]["verdict"] for node in brief["answered"]["nodes"]] == ["NOTED"]
    assert (brief["nearby"]["totalCount"], earlier["nearby"]["totalCount"]) == (0, 1)
    assert brief["allies"] == [{"shortName": "GEA", "supportsCount": 1, "supportedCount": 0}]
    assert of_other["allies"] == [{"shortName": "Japan", "supportsCount": 0, "supportedCount": 1}]
    (deadline,) = brief["deadlines"]
    assert (deadline["title"], deadline["localTime"], deadline["zone"]) == ("Second", "10:00", "Europe/Brussels")


async def test_coverage_map_counts_what_the_caller_sees(api: Api) -> None:
    world = api.world
    round_id = await open_round(world, visibility="AFTER_CLOSE")
    for party in ("japan", "china", "upu"):
        await submit(world, party, round_id)
    asked = {"roundId": round_id, "by": "CAPACITY"}

    sealed = (await api.ask("china", "CoverageMap", **asked))["coverageMap"]
    world.clock.now = CLOSES
    seen = (await api.ask("china", "CoverageMap", **asked))["coverageMap"]
    page = (await api.ask("china", "CoverageMap", **asked, first=1, after=1))["coverageMap"]

    assert [group["value"] for group in seen["groups"]] == ["MEMBER", "OBSERVER", "PRIVATE_SECTOR"]
    assert [group["answeredCount"] for group in sealed["groups"]] == [1, 0, 0]
    assert [(group["partyCount"], group["answeredCount"]) for group in seen["groups"]] == [(3, 2), (1, 1), (1, 0)]
    assert [row["counts"] for row in sealed["rows"]][1] == [1, 0, 0]
    assert [row["counts"] for row in seen["rows"]] == [[0, 0, 0], [2, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert ([row["position"] for row in page["rows"]], page["endPosition"]) == ([2], 2)
