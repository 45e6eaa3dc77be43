"""A sitting, a decision by silence and a group at work, through the API, as each person sees them."""

from tests.factories.api import Api
from tests.journeys.meetings import tell_of_a_sitting, tell_of_silence, tell_of_work_in_a_group


async def test_sitting_from_its_call_to_a_reservation(api: Api) -> None:
    seen = await tell_of_a_sitting(api)

    agenda, report = seen["agenda"], seen["report"]
    (item,) = agenda["agenda"]["nodes"]
    (laid,) = item["laidPapers"]["nodes"]
    (decision,) = report["decisions"]["nodes"]
    (paragraph,) = report["paragraphs"]["nodes"]
    assert (agenda["format"], agenda["zone"], agenda["documentsDueOn"]) == ("HYBRID", "Europe/Brussels", "2018-08-06")
    assert (item["number"], item["purposes"], laid["paper"]["reference"]) == (
        "IX.a",
        ["GUIDANCE", "DECISION"],
        "PC0690Ea",
    )
    assert laid["daysLate"] == 49
    assert [step["newStartsOn"] for step in agenda["steps"]["nodes"]] == ["2018-09-24"]
    assert (paragraph["number"], paragraph["paper"]["reference"]) == (68, "PC0690Ea")
    assert decision["reservations"]["nodes"][0]["withdrawnAt"] is not None
    assert seen["reserved"]["withdrawnAt"] is None
    offered = {act["act"]: act["code"] for act in decision["availableActs"]}
    assert offered == {"MAKE_RESERVATION": None}


async def test_silence_is_broken_restarted_and_runs_out(api: Api) -> None:
    seen = await tell_of_silence(api)

    assert seen["hidden"] is None
    (objection,) = seen["broken"]["objections"]["nodes"]
    assert (seen["broken"]["phase"], objection["party"]["shortName"]) == ("BROKEN", "Japan")
    assert (seen["derived"]["status"], seen["derived"]["phase"]) == ("OPENED", "ADOPTED")
    assert seen["derived"]["decidedAt"] == seen["recorded"]["decidedAt"] == seen["recorded"]["expiresAt"]
    assert [each["id"] for each in seen["listed"]["nodes"]] == [seen["recorded"]["id"]]


async def test_group_works_and_hands_over(api: Api) -> None:
    seen = await tell_of_work_in_a_group(api)

    work, papers = seen["work"], seen["papers"]
    assert seen["kept"]["promise"]["status"] == "KEPT"
    assert [each["status"] for each in work["nominations"]["nodes"]] == ["AGREED", "DECLINED", "WITHDRAWN"]
    assert sorted(each["status"] for each in work["promises"]["nodes"]) == ["DECLINED", "HANDED_BACK", "KEPT", "MADE"]
    assert [each["item"] for each in papers["transfers"]["nodes"]] == [
        {"__typename": "GroupPromise", "id": seen["own"]}
    ]
    assert [each["status"] for each in papers["reports"]["nodes"]] == ["ADOPTED"]


async def test_tasks_say_what_a_party_owes_to_groups(api: Api) -> None:
    parties, group = api.world.parties, {"bodyId": api.world.bodies["group"]}
    seat = {"kind": "COORDINATOR", "startsOn": "2018-10-01"}
    await api.act("secretariat", "nominate", **group, partyId=parties["japan"], **seat)
    due = "2018-10-20T12:00:00Z"
    await api.act("canada", "askPromise", **group, partyId=parties["japan"], text="Comments", dueAt=due)
    sent = {"bodyId": api.world.bodies["ptc"], "title": "Flow charts", "text": "It is endorsed.", "expiresAt": due}
    await api.act("secretariat", "openSilence", **sent)

    acts = {
        who: [task["act"] for task in (await api.ask(who, "TaskList"))["viewer"]["tasks"]] for who in ("japan", "gea")
    }

    assert acts == {"japan": ["ACCEPT_PROMISE", "BREAK_SILENCE", "ACCEPT_NOMINATION"], "gea": []}
