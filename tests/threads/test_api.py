"""The published operations of threads over HTTP: signing, revising, marking, replying, and what is alike."""

import pytest

from tests.contracts.tellings import content_of_comment, open_round
from tests.factories.api import Api
from tests.journeys.drafting import Drafting, lines

NEW = {"quotation": None, "proposedWording": None}


async def sign(api: Api, who: str, comment_id: str, act: str = "confirmCoSignature", **sent: object) -> dict:
    """Answer the request to sign a draft, as the focal point of a party that was asked."""
    wanted = {"partyId": [api.world.parties[who]]}
    listed = (await api.ask(who, "CoSignatureList", filter=wanted, first=50))["coSignatures"]["nodes"]
    signature = next(each for each in listed if each["comment"] and each["comment"]["id"] == comment_id)
    return await api.act(who, act, coSignatureId=signature["id"], **sent)


async def test_a_comment_of_three_parties_is_signed_filed_and_named_on_its_receipt(api: Api) -> None:
    sent = {"roundId": (await open_round(api))["id"], **content_of_comment(api)}
    others = [api.world.parties[each] for each in ("canada", "upu", "gea")]
    drafted = (await api.act("japan-assistant", "draftComment", **sent, coSignerIds=others))["comment"]

    await sign(api, "canada", drafted["id"], expectedRevision=1)
    await sign(api, "upu", drafted["id"], expectedRevision=1)
    declined = await sign(api, "gea", drafted["id"], "declineCoSignature", reason="Not ours.")
    refused = await api.act("japan", "clearComment", commentId=drafted["id"], expectedRevision=1)
    filed = (await api.act("japan", "clearComment", commentId=drafted["id"], expectedRevision=1, canLeaveOut=True))[
        "comment"
    ]
    seen = (await api.ask("china", "CommentDetail", id=drafted["id"]))["comment"]
    marked = await api.act("canada", "supportComment", commentId=drafted["id"])

    assert (declined["coSignature"]["state"], declined["coSignature"]["reason"]) == ("DECLINED", "Not ours.")
    assert refused["message"] == "Declined by GEA. Leave them out."
    assert set(filed["receipt"]["coSigners"]) == {"Canada Border Services Agency", "Universal Postal Union"}
    assert {each["shortName"] for each in seen["coSigners"]} == {"Canada", "UPU"}
    assert {each["party"]["shortName"] for each in seen["coSignatures"]["nodes"]} == {"Canada", "UPU"}
    assert marked["code"] == "FORBIDDEN"


async def test_a_receipt_names_parties_as_they_were_when_it_was_filed(api: Api) -> None:
    sent = {"roundId": (await open_round(api))["id"], **content_of_comment(api)}
    filed = (await api.act("japan", "submitComment", **sent))["comment"]
    party = (await api.ask("secretariat", "PartyDetail", id=api.world.parties["japan"]))["party"]
    names = {"name": "Customs of Japan", "shortName": "Nippon", "kind": party["kind"], "capacity": party["capacity"]}

    corrected = await api.act(
        "secretariat", "correctParty", partyId=party["id"], **names, expectedRevision=party["revision"], reason="New."
    )
    read = (await api.ask("japan", "CommentList", filter={"roundId": sent["roundId"]}))["comments"]["nodes"][0]

    assert corrected["__typename"] == "PartyCorrected", corrected
    assert read["party"]["shortName"] == "Nippon"
    assert read["receipt"] == filed["receipt"]


async def test_a_revised_comment_keeps_its_number_and_leads_from_the_earlier_words_to_the_later(api: Api) -> None:
    sent = {"roundId": (await open_round(api))["id"], **content_of_comment(api)}
    filed = (await api.act("japan", "submitComment", **sent))["comment"]
    await api.act("upu", "supportComment", commentId=filed["id"])

    other = content_of_comment(api, text="Who has the duty must be clear.")
    later = (await api.act("japan", "replaceComment", commentId=filed["id"], **other, expectedRevision=1))["comment"]
    earlier = (await api.ask("upu", "CommentDetail", id=filed["id"]))["comment"]
    now = (await api.ask("upu", "CommentDetail", id=later["id"]))["comment"]
    counted = (await api.ask("upu", "RoundDetail", id=sent["roundId"]))["round"]["commentCount"]

    assert (later["receipt"]["reference"], later["number"], later["filing"]) == ("Japan R1-1/2", 1, 2)
    assert (earlier["status"], earlier["replacedBy"]["id"]) == ("REPLACED", later["id"])
    assert (now["replaces"]["id"], now["replaces"]["supportCount"], now["supportCount"]) == (filed["id"], 1, 0)
    assert counted == 1


async def test_marks_are_taken_back_and_said_otherwise(api: Api) -> None:
    sent = {"roundId": (await open_round(api))["id"], **content_of_comment(api)}
    on = {"commentId": (await api.act("japan", "submitComment", **sent))["comment"]["id"]}
    await api.act("upu", "supportComment", **on)
    twice = await api.act("upu", "supportComment", **on)
    seen = (await api.ask("upu", "CommentDetail", id=on["commentId"]))["comment"]
    (mark,) = seen["supports"]["nodes"]

    await api.act("upu", "takeBackMark", markId=mark["id"])
    await api.act("upu", "tolerateComment", **on)
    after = (await api.ask("gea", "CommentDetail", id=on["commentId"]))["comment"]

    assert twice["message"] == "Your party supports it already. Take that back first to say something else."
    assert [each["isAllowed"] for each in mark["availableActs"]] == [True]
    assert (after["supportCount"], after["tolerateCount"]) == (0, 1)
    assert after["tolerances"]["nodes"][0]["party"]["shortName"] == "UPU"


async def test_replies_are_read_in_pages_and_leave_a_trace(api: Api) -> None:
    sent = {"roundId": (await open_round(api))["id"], **content_of_comment(api)}
    on = {"commentId": (await api.act("japan", "submitComment", **sent))["comment"]["id"]}
    await api.act("upu", "replyToComment", **on, text="Carriers can.")
    thread = (await api.ask("gea", "CommentThread", id=on["commentId"], first=1))["comment"]
    (first,) = thread["replies"]["nodes"]
    await api.act("canada", "replyToComment", **on, text="Which?", answersId=first["id"])
    await api.act("upu", "takeBackReply", replyId=first["id"])

    listed = (await api.ask("gea", "CommentThread", id=on["commentId"], first=1))["comment"]["replies"]
    rest = await api.ask("gea", "CommentThread", id=on["commentId"], first=1, after=listed["pageInfo"]["endCursor"])
    (second,) = rest["comment"]["replies"]["nodes"]

    assert (listed["nodes"][0]["text"], listed["nodes"][0]["takenBackAt"] is None) == (None, False)
    assert (listed["pageInfo"]["hasNextPage"], listed["totalCount"], rest["comment"]["replyCount"]) == (True, 2, 1)
    assert (second["answers"]["number"], second["isAsLeader"], second["party"]["shortName"]) == (1, True, "Canada")


async def test_alike_comments_are_those_that_the_caller_sees(api: Api) -> None:
    open_id = (await open_round(api))["id"]
    sealed = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Sealed",
        closesAt="2018-10-01T09:00:00Z",
        audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
        visibility="AFTER_CLOSE",
    )
    sealed_id = sealed["round"]["id"]
    for round_id in (open_id, sealed_id):
        await api.act("japan", "submitComment", roundId=round_id, **content_of_comment(api))
        await api.act(
            "upu", "submitComment", roundId=round_id, **content_of_comment(api, text="Quite other words here.")
        )
    asked = {
        "provisionId": api.world.provisions[1],
        "text": "the duty MUST be clear",
        "proposedWording": "shall exchange",
    }

    async def alike(who: str, round_id: str) -> list[str]:
        answer = (await api.ask(who, "AlikeComments", roundId=round_id, **asked))["alikeComments"]
        return [each["party"]["shortName"] for each in answer["comments"]]

    assert await alike("gea", open_id) == ["Japan"]
    assert await alike("gea", sealed_id) == []
    assert await alike("japan", sealed_id) == ["Japan"]
    assert (await api.ask("gea", "AlikeComments", roundId="RND_" + "0" * 26, **asked))["alikeComments"] is None
    long = await api.ask("gea", "AlikeComments", roundId=open_id, **asked | {"text": "x" * 50_000})
    assert long["alikeComments"]["code"] == "INVALID"


async def test_groups_of_alike_comments_are_for_those_who_answer_them(api: Api) -> None:
    round_id = (await open_round(api))["id"]
    for who, words in (
        ("japan", "The duty must be clear."),
        ("upu", "the duty must be clear"),
        ("gea", "Something else."),
    ):
        await api.act(who, "submitComment", roundId=round_id, **content_of_comment(api, text=words))

    found = {who: (await api.ask(who, "CommentGroups", roundId=round_id))["commentGroups"] for who in ("canada", "gea")}
    cursor = found["canada"]["pageInfo"]["endCursor"]
    beyond = (await api.ask("secretariat", "CommentGroups", roundId=round_id, after=cursor))["commentGroups"]

    assert found["gea"] is None
    assert (found["canada"]["totalCount"], [each["size"] for each in found["canada"]["nodes"]]) == (1, [2])
    assert {each["party"]["shortName"] for each in found["canada"]["nodes"][0]["comments"]} == {"Japan", "UPU"}
    assert (beyond["totalCount"], beyond["nodes"]) == (1, [])


@pytest.mark.parametrize(("kind", "title", "added"), [("PARAGRAPH", None, 1), ("SECTION", "Training", 2)])
async def test_an_accepted_new_provision_stands_in_the_next_version(
    api: Api, kind: str, title: str | None, added: int
) -> None:
    text = await Drafting(api).begin(lines("Posts sort mail.", "Posts scan bags."))
    text.round = (await text.open_round())["round"]
    asked = {"kind": kind, "title": title, "words": "Posts train staff."}
    sent = content_of_comment(api, provisionId=text.at("1.")["id"], newProvision=asked, **NEW)
    filed = (await api.act("japan", "submitComment", roundId=text.round["id"], **sent))["comment"]
    text.filed = [filed]

    await text.accept_all()
    await text.consolidate()
    words = [node["text"] for node in await text.made()]

    assert words.index("Posts train staff.") == words.index("Posts sort mail.") + added
    assert ("Training" in words) == (title is not None)
