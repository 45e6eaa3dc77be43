"""Who asks, as what they can speak, and what waits for them: for everybody who has a credential."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.domain.consolidation.actions import confirming
from server.domain.consolidation.actions.making import consolidate
from server.domain.parties.actions import service_accounts
from server.domain.parties.rules.service_accounts import Opening
from server.domain.proposals.actions.drafting import submit_proposal
from server.domain.proposals.actions.joining import confirm_co_sponsorship
from server.domain.rounds.actions import answering
from server.kernel.actor import Capacity
from server.kernel.scopes import EVERY_SCOPE
from server.models.bodies import Function
from server.models.identity import BrowserSession
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Person, Representation
from server.models.rounds import Round
from server.models.workplan import WorkItem
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.proposals import GroupView
from server.vocabulary.rounds import DispositionVerdict
from server.wording.anchors import Quotation
from tests.factories import proposals
from tests.factories.api import Api, document
from tests.factories.filled import lift_guards, statements
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit
from tests.factories.workplan import make_plan
from tests.factories.world import NOW, World

START = date(2018, 1, 1)


async def viewer(
    api: Api,
    person: str,
    operation: str = "Viewer",
    *,
    acting_as: str = "",
    scopes: Iterable[str] = EVERY_SCOPE,
    text: str = "",
) -> Any:
    """What the viewer of a person is; fails on any error."""
    headers = {"authorization": f"Bearer {await api.token(person, scopes)}"}
    headers |= {"acting-as": acting_as} if acting_as else {}
    body = {"query": text or document(operation), "variables": {}}
    answer = (await api._client.post("/graphql", json=body, headers=headers)).json()
    assert "errors" not in answer, answer
    return answer["data"]["viewer"]


async def tasks(api: Api, person: str, **given: Any) -> list[tuple[str, str, str | None]]:
    """(act, id of the subject, due) of what waits for a person."""
    found = (await viewer(api, person, "TaskList", **given))["tasks"]
    return [(task["act"], task["subject"]["id"], task["dueAt"]) for task in found]


async def add_person(world: World, key: str) -> str:
    """A person who is accredited for nobody."""
    person = Person(name=key.capitalize(), email=f"{key}@example.org")
    await world.add(person)
    world.persons[key] = person.id
    return person.id


async def accredit(world: World, key: str, party: str, **given: Any) -> str:
    """Accredit a person by key for a party."""
    delegate = Delegate(person_id=world.persons[key], party_id=world.parties[party], **({"starts_on": START} | given))
    await world.add(delegate)
    return delegate.id


def standing(world: World, identifier: str, party: str, name: str, capacity: str, **more: Any) -> dict[str, Any]:
    """A standing as it is answered."""
    plain = {"isFocalPoint": False, "isAdministrator": False, "isOnBehalf": False, "leads": []}
    return {
        "id": identifier,
        "party": {
            "id": world.parties[party],
            "name": name,
            "shortName": {"secretariat": "Secretariat"}.get(party, party.capitalize()),
            "capacity": capacity,
        },
    } | (plain | more)


async def test_viewer_is_null_for_nobody(api: Api) -> None:
    assert (await api.ask(None, "Viewer"))["viewer"] is None
    assert (await api.ask(None, "Home"))["viewer"] is None
    assert (await api.ask(None, "TaskList"))["viewer"] is None


async def test_viewer_without_a_party_reads_who_they_are_and_nothing_else(api: Api) -> None:
    person = await add_person(api.world, "guest")
    await accredit(api.world, "guest", "japan", ends_on=NOW.date() - timedelta(days=1))
    await open_round(api.world)
    until = {"signed_in_at": NOW, "seen_at": NOW, "expires_at": NOW + timedelta(hours=1), "methods": []}
    await api.world.add(BrowserSession(secret_digest="1", person_id=person, **until))

    found = await viewer(api, "guest")
    home = await viewer(api, "guest", "Home")

    told = {"id": person, "name": "Guest", "email": "guest@example.org"}
    assert {name: found["person"][name] for name in told} == told
    assert (found["standings"], found["standing"], found["functions"]) == ([], None, [])
    assert found["scopes"] == ["READ", "COMMENT", "WRITE", "SECRETARIAT", "ADMINISTER"]
    assert (found["sessions"]["nodes"], found["grants"]["nodes"]) == ([], [])
    assert home == {"delegate": None, "leads": [], "asked": {"nodes": [], "totalCount": 0}}
    assert await tasks(api, "guest") == []


async def test_viewer_of_one_party_speaks_for_it_and_holds_its_functions(api: Api) -> None:
    world = api.world
    await world.add(
        Function(
            body_id=world.bodies["wgec"],
            party_id=world.parties["canada"],
            kind=FunctionKind.RAPPORTEUR,
            starts_on=date(2018, 7, 1),
            ends_on=NOW.date(),
        ),
        Function(
            body_id=world.bodies["ptc"],
            party_id=world.parties["canada"],
            kind=FunctionKind.CHAIR,
            starts_on=START,
            ends_on=NOW.date() - timedelta(days=1),
        ),
    )

    found = await viewer(api, "canada")

    own = standing(
        world,
        world.delegates["canada"],
        "canada",
        "Canada Border Services Agency",
        "MEMBER",
        isFocalPoint=True,
        leads=[{"id": world.bodies["group"], "shortName": "WGEC-2"}],
    )
    assert (found["standings"], found["standing"]) == ([own], own)
    assert [(held["kind"], held["endsOn"]) for held in found["functions"]] == [
        ("COORDINATOR", None),
        ("RAPPORTEUR", "2018-09-24"),
    ]


async def test_viewer_holds_the_functions_of_the_own_seat_only(api: Api) -> None:
    world = api.world
    seat = {"party_id": world.parties["japan"], "delegate_id": world.delegates["japan-assistant"]}
    await world.add(Function(body_id=world.bodies["wgec"], kind=FunctionKind.RAPPORTEUR, starts_on=START, **seat))

    held = [len((await viewer(api, person))["functions"]) for person in ("japan-assistant", "japan", "upu")]

    assert held == [1, 0, 0]


async def test_viewer_of_two_parties_says_what_can_be_chosen_and_what_was(api: Api) -> None:
    world = api.world
    person = await add_person(world, "guest")
    await open_round(world)
    first = await accredit(world, "guest", "japan", focal_point_from=START)
    second = await accredit(world, "guest", "canada", starts_on=date(2018, 2, 1))

    unchosen = await viewer(api, "guest")
    chosen = await viewer(api, "guest", acting_as=second)
    homes = [await viewer(api, "guest", "Home", acting_as=choice) for choice in ("", second)]

    both = [
        standing(world, first, "japan", "Japan Customs", "MEMBER", isFocalPoint=True),
        standing(
            world,
            second,
            "canada",
            "Canada Border Services Agency",
            "MEMBER",
            leads=[{"id": world.bodies["group"], "shortName": "WGEC-2"}],
        ),
    ]
    assert (unchosen["standings"], unchosen["standing"], unchosen["person"]["id"]) == (both, None, person)
    assert (chosen["standings"], chosen["standing"]) == (both, both[1])
    assert homes[0] == {"delegate": None, "leads": [], "asked": {"nodes": [], "totalCount": 0}}
    assert (homes[1]["delegate"]["id"], homes[1]["asked"]["totalCount"]) == (second, 1)
    assert await tasks(api, "guest") == []


async def test_viewer_on_behalf_of_another_party_holds_none_of_its_functions(api: Api) -> None:
    world = api.world
    granted = {"party_id": world.parties["canada"], "by_party_id": world.parties["japan"], "evidence": "Letter"}
    by = world.delegates["canada"]
    representation = Representation(**granted, starts_on=START, granted_by_id=by)
    await world.add(representation)
    round_id = await open_round(world)
    await submit(world, "japan", round_id)

    found = await viewer(api, "japan", acting_as=representation.id)

    name = "Canada Border Services Agency"
    on_behalf = standing(world, representation.id, "canada", name, "MEMBER", isFocalPoint=True, isOnBehalf=True)
    assert (len(found["standings"]), found["standing"], found["functions"]) == (2, on_behalf, [])
    assert await tasks(api, "japan") == []
    assert await tasks(api, "japan", acting_as=representation.id) == [
        ("SUBMIT_COMMENT", round_id, "2018-10-01T09:00:00Z")
    ]


async def test_viewer_of_an_administrator_shows_no_content(api: Api) -> None:
    world = api.world
    person = await add_person(world, "technician")
    delegate = await accredit(world, "technician", "secretariat", is_administrator=True)
    await open_round(world)
    until = {"signed_in_at": NOW, "seen_at": NOW, "expires_at": NOW + timedelta(hours=1), "methods": ["hwk"]}
    await world.add(BrowserSession(secret_digest="1", person_id=person, **until))

    found = await viewer(api, "technician")
    home = await viewer(api, "technician", "Home")

    own = standing(world, delegate, "secretariat", "WCO Secretariat", "SECRETARIAT", isAdministrator=True)
    assert (found["standing"], found["functions"]) == (own, [])
    assert [node["methods"] for node in found["sessions"]["nodes"]] == [["hwk"]]
    assert home["asked"] == {"nodes": [], "totalCount": 0}
    assert await tasks(api, "technician") == []


async def test_viewer_of_a_service_account_is_a_delegate_whose_name_says_what_it_is(api: Api) -> None:
    world = api.world
    actor = await world.actor("japan")
    opening = Opening("Tracker", "Watches deadlines.", ("read", "comment"), NOW.date() + timedelta(days=9))
    async with world.database.writing() as session:
        issued = await service_accounts.open_service_account(
            session, actor, NOW, party_id=world.parties["japan"], opening=opening
        )
    async with world.database.studying() as session:
        account = await session.get_one(Application, issued.application_id)
    world.persons["tracker"] = account.person_id or ""
    round_id = await open_round(world)

    found = await viewer(api, "tracker", scopes=["read", "comment"])

    assert (found["person"]["name"], found["person"]["email"]) == ("Tracker (service account)", None)
    assert (found["standing"]["id"], found["standing"]["isFocalPoint"]) == (account.delegate_id, False)
    assert found["scopes"] == ["READ", "COMMENT"]
    assert [task[:2] for task in await tasks(api, "tracker", scopes=["read"])] == [("DRAFT_COMMENT", round_id)]


async def test_viewer_through_a_token_with_few_scopes_says_which(api: Api) -> None:
    round_id = await open_round(api.world)

    reading = await viewer(api, "upu", scopes=["read", "openid"])
    administering = await viewer(api, "upu", scopes=["administer"])

    assert (reading["scopes"], reading["standing"]["id"]) == (["READ"], api.world.delegates["upu"])
    assert (administering["scopes"], administering["person"]["name"]) == (["ADMINISTER"], "Delegate upu")
    assert [task[1] for task in await tasks(api, "upu", scopes=["read"])] == [round_id]
    assert await tasks(api, "upu", scopes=["administer"]) == []


async def test_viewer_lists_the_own_browsers_that_are_signed_in(api: Api) -> None:
    world = api.world
    live = {"signed_in_at": NOW, "seen_at": NOW, "expires_at": NOW + timedelta(hours=1), "methods": ["pwd"]}
    own = {"person_id": world.persons["japan"]}
    await world.add(
        BrowserSession(secret_digest="1", browser="Live", **live, **own),
        BrowserSession(secret_digest="2", browser="Later", **(live | {"seen_at": NOW + timedelta(minutes=1)}), **own),
        BrowserSession(secret_digest="3", browser="Ended", **live, **own, ended_at=NOW),
        BrowserSession(secret_digest="4", browser="Over", **(live | {"expires_at": NOW}), **own),
        BrowserSession(secret_digest="5", browser="Half", **live, **own, awaits_factor=True),
        BrowserSession(secret_digest="6", browser="Other", **live, person_id=world.persons["gea"]),
    )

    found = await viewer(api, "japan")

    assert [node["browser"] for node in found["sessions"]["nodes"]] == ["Later", "Live"]


async def test_viewer_shows_grants_to_the_person_alone(api: Api) -> None:
    world = api.world
    result = await api.act(
        "secretariat",
        "registerApplication",
        name="Editor",
        kind="DEVICE",
        purpose="Reads aloud.",
        scopes=["READ"],
    )
    given = {"application_id": result["application"]["id"], "scopes": ["read"], "signed_in_at": NOW, "granted_at": NOW}
    grant = Grant(person_id=world.persons["japan"], **given)
    await world.add(grant, Grant(person_id=world.persons["japan"], revoked_at=NOW, **given))
    asked = '{ viewer { grants { nodes { id } } } node(id: "' + grant.id + '") { id } }'

    own = await viewer(api, "japan", text=asked)
    answers = [await api.send(person, asked) for person in ("japan", "japan-assistant", "secretariat")]

    assert own == {"grants": {"nodes": [{"id": grant.id}]}}
    assert [answer["data"]["node"] for answer in answers] == [{"id": grant.id}, None, None]


async def test_tasks_of_a_focal_point_are_what_the_party_has_not_done(api: Api) -> None:
    world = api.world
    unanswered = await open_round(world, title="First")
    answered = await open_round(world, title="Second", closes_at=CLOSES + timedelta(days=1))
    await submit(world, "japan", answered)
    await submit(world, "canada", unanswered)
    waiting = await draft(world, "japan-assistant", unanswered)
    late = CLOSES + timedelta(days=2)
    third = await open_round(world, title="Third", closes_at=late)

    before = await tasks(api, "japan")
    assistant = await tasks(api, "japan-assistant")
    world.clock.now = CLOSES
    after = await tasks(api, "japan")

    due, last = "2018-10-01T09:00:00Z", "2018-10-03T09:00:00Z"
    assert sorted(before[:2]) == sorted([("SUBMIT_COMMENT", unanswered, due), ("CLEAR_COMMENT", waiting, due)])
    assert before[2:] == [("SUBMIT_COMMENT", third, last)]
    assert assistant == [("DRAFT_COMMENT", unanswered, due), ("DRAFT_COMMENT", third, last)]
    assert after == [("SUBMIT_COMMENT", third, last)]


async def test_tasks_of_a_party_that_is_not_asked_are_none(api: Api) -> None:
    await open_round(api.world, audience=frozenset({Capacity.MEMBER}))

    assert await tasks(api, "gea") == []
    assert len(await tasks(api, "china")) == 1


async def test_tasks_of_those_who_lead_are_answers_and_overdue_activities(api: Api) -> None:
    world = api.world
    plan = await make_plan(world)
    async with world.database.writing() as session:
        group = world.bodies["group"]
        await session.execute(update(WorkItem).where(WorkItem.id == plan.items[1]).values(body_id=group))
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    open_yet = await tasks(api, "canada")
    world.clock.now = CLOSES
    closed = await tasks(api, "canada")
    answer = {"comment_id": comment, "verdict": DispositionVerdict.ACCEPTED, "reason": "", "wording": None}
    await world.do("canada", answering.propose_disposition, **answer, expected_revision=1)
    answered = await tasks(api, "canada")

    overdue = ("COMPLETE_ACTIVITY", plan.activities["Count the boats"], "2018-06-30T22:00:00Z")
    painted = ("COMPLETE_ACTIVITY", plan.activities["Paint the boats"], "2018-09-30T22:00:00Z")
    assert open_yet == [overdue, ("SUBMIT_COMMENT", round_id, "2018-10-01T09:00:00Z")]
    assert closed == [overdue, painted, ("PROPOSE_ANSWERS", round_id, None)]
    assert answered == [overdue, painted]
    assert await tasks(api, "japan") == []


async def test_tasks_that_are_never_due_come_after_those_that_are(api: Api) -> None:
    closed = await open_round(api.world)
    await submit(api.world, "japan", closed)
    waiting = await open_round(api.world, title="Second", closes_at=CLOSES + timedelta(days=1))
    api.world.clock.now = CLOSES

    found = await tasks(api, "canada")

    assert found == [("SUBMIT_COMMENT", waiting, "2018-10-02T09:00:00Z"), ("PROPOSE_ANSWERS", closed, None)]


async def test_tasks_about_proposals_go_from_co_sponsor_to_party_to_secretariat(api: Api) -> None:
    world, people = api.world, ("canada", "japan", "japan-assistant", "secretariat")
    proposal = await proposals.draft(world, co_sponsor_ids=(world.parties["canada"],))
    (named,) = await rows_of(world, "co_sponsors")

    drafted = [await tasks(api, person) for person in people]
    await world.do("canada", confirm_co_sponsorship, co_sponsor_id=named["id"], expected_revision=1)
    confirmed = [await tasks(api, person) for person in people]
    await proposals.act(world, "japan", submit_proposal, proposal)
    submitted = [await tasks(api, person) for person in people]

    due = "2018-09-30T22:00:00Z"
    assert drafted == [[("CONFIRM_CO_SPONSORSHIP", named["id"], due)], [], [], []]
    assert confirmed == [[], [("SUBMIT_PROPOSAL", proposal, due)], [], []]
    assert submitted == [[], [], [], [("REGISTER_PROPOSAL", proposal, due)]]


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "Europe", "0 zone", "../zone"])
async def test_task_of_a_round_in_a_zone_that_nobody_knows_is_due_in_utc(api: Api, zone: str) -> None:
    await open_round(api.world, closes_at=datetime(2018, 10, 1, 23, 30, tzinfo=UTC))
    async with api.world.database.writing() as session:
        await lift_guards(session, is_sqlite=api.world.database.is_sqlite)
        await session.execute(update(Round).values(zone=zone))

    (task,) = (await viewer(api, "japan", "TaskList"))["tasks"]

    assert (task["dueAt"], task["dueOn"], task["zone"]) == ("2018-10-01T23:30:00Z", "2018-10-01", None)


async def test_tasks_about_proposals_end_with_the_last_day_of_the_cycle(api: Api) -> None:
    await proposals.draft(api.world)
    await proposals.draft(api.world, co_sponsor_ids=(api.world.parties["canada"],))

    counts = []
    for day in (30, 31):
        api.world.clock.now = datetime(2018, 9, 1, 21, 59, tzinfo=UTC) + timedelta(days=day - 1)
        counts.append([len(await tasks(api, person)) for person in ("japan", "canada")])

    assert counts == [[1, 1], [0, 0]]


async def test_tasks_of_the_secretariat_are_conflicts_of_the_version_being_made(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    filed = [
        await submit(world, who, round_id, proposed_wording=wording)
        for who, wording in (("japan", "shall exchange"), ("gea", "may exchange"))
    ]
    world.clock.now = CLOSES
    for comment in filed:
        answer = {"comment_id": comment, "verdict": DispositionVerdict.ACCEPTED, "reason": "", "wording": None}
        await world.do("secretariat", answering.record_disposition, **answer, expected_revision=1)
    await world.do("secretariat", consolidate, text_version_id=world.version, label="Draft 2")

    found = (await viewer(api, "secretariat", "TaskList"))["tasks"]

    assert [(task["act"], task["subject"]["__typename"], task["dueAt"]) for task in found] == [
        ("COMPLETE_ROUND", "Round", None),
        ("SETTLE_CONFLICT", "TextConflict", None),
    ]
    assert await tasks(api, "japan") == []


async def test_tasks_take_the_same_number_of_statements_however_many_there_are(api: Api) -> None:
    counts = []
    for _ in range(3):
        await open_round(api.world)
        with statements(api.world.database) as seen:
            found = await tasks(api, "japan")
        counts.append((len(found), len(seen)))

    assert [count for count, _ in counts] == [1, 2, 3]
    assert len({number for _, number in counts}) == 1


async def test_task_says_why_and_its_subject_is_read_with_any_selection(api: Api) -> None:
    round_id = await open_round(api.world)
    text = """{ viewer { tasks {
      act why
      subject { ... on Round { title body { shortName } } }
      again: subject { id __typename ... on Comment { text } }
    } } }"""

    found = await viewer(api, "japan", text=text)

    assert found["tasks"] == [
        {
            "act": "SUBMIT_COMMENT",
            "why": "The round asks your party, and your party has filed nothing yet.",
            "subject": {"title": "Comments on Draft 1", "body": {"shortName": "WGEC-2"}},
            "again": {"id": round_id, "__typename": "Round"},
        }
    ]


WAITING = "{ viewer { tasks { act title place dueAt dueOn zone subject { id } } } }"


async def waiting(api: Api, person: str) -> list[tuple[Any, ...]]:
    """What waits for a person, in words: act, title, place, last day and zone."""
    answer = await api.send(person, WAITING)
    assert "errors" not in answer, answer
    found = answer["data"]["viewer"]["tasks"]
    return [(task["act"], task["title"], task["place"], task["dueOn"], task["zone"]) for task in found]


async def test_tasks_say_what_they_are_about_where_and_until_which_day(api: Api) -> None:
    world = api.world
    midnight = datetime(2018, 10, 1, 22, 0, tzinfo=UTC)  # in Brussels the first moment of 2 October
    round_id = await open_round(world, closes_at=midnight, title="Draft 1")
    await draft(world, "japan", round_id)
    await proposals.draft(world, co_sponsor_ids=(world.parties["canada"],))

    japan, canada = await waiting(api, "japan"), await waiting(api, "canada")

    short_name = (await api.send("japan", "{ rounds { nodes { body { shortName } } } }"))["data"]["rounds"]["nodes"][0]
    of_round = ("Draft 1", short_name["body"]["shortName"], "2018-10-01", "Europe/Brussels")
    assert ("SUBMIT_COMMENT", *of_round) in japan
    assert [task[1:2] + task[3:] for task in japan if task[0] == "CLEAR_COMMENT"] == [
        ("Draft 1", "2018-10-01", "Europe/Brussels")
    ]
    (named,) = [task for task in canada if task[0] == "CONFIRM_CO_SPONSORSHIP"]
    assert named[3:] == ("2018-09-30", "Europe/Brussels")


async def test_answers_to_record_wait_for_the_secretariat(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    said = {"comment_id": comment, "verdict": DispositionVerdict.ACCEPTED, "reason": "", "wording": None}

    before = await tasks(api, "secretariat")
    await world.do("canada", answering.propose_disposition, **said, expected_revision=1)
    proposed = await tasks(api, "secretariat")
    await world.do("secretariat", answering.record_disposition, **said, expected_revision=2)
    recorded = await tasks(api, "secretariat")

    complete = ("COMPLETE_ROUND", round_id, None)
    assert (before, proposed, recorded) == ([], [("RECORD_ANSWERS", round_id, None)], [complete])
    assert ("RECORD_ANSWERS", round_id, None) not in await tasks(api, "canada")


async def test_views_to_give_wait_for_those_who_lead_the_group(api: Api) -> None:
    world = api.world
    proposal_id = await proposals.considered(world)

    waits = [task[:2] for task in await tasks(api, "canada")]
    others = [task[0] for person in ("japan", "upu", "secretariat") for task in await tasks(api, person)]
    number = len(await rows_of(world, "amendments"))
    await proposals.view(world, proposal_id, *[GroupView.AGREED] * number)
    given = [task[0] for task in await tasks(api, "canada")]

    assert ("RECORD_VIEW", proposal_id) in waits
    assert "RECORD_VIEW" not in others
    assert "RECORD_VIEW" not in given


async def test_woven_sentences_wait_for_a_reader(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    wordings = (("japan", "should exchange", "shall exchange"), ("gea", "e-commerce operators", "all operators"))
    filed = [
        await submit(world, who, round_id, quotation=Quotation(quoted), proposed_wording=wording)
        for who, quoted, wording in wordings
    ]
    world.clock.now = CLOSES
    for comment in filed:
        answer = {"comment_id": comment, "verdict": DispositionVerdict.ACCEPTED, "reason": "", "wording": None}
        await world.do("secretariat", answering.record_disposition, **answer, expected_revision=1)
    made = await world.do("secretariat", consolidate, text_version_id=world.version, label="Draft 2")

    woven = await tasks(api, "secretariat")
    check = await api.send("secretariat", f'{{ reconciliation(consolidationId: "{made}") {{ woven {{ digest }} }} }}')
    digests = [sentence["digest"] for sentence in check["data"]["reconciliation"]["woven"]]
    await world.do("secretariat", confirming.confirm_reading, consolidation_id=made, digests=digests)

    complete = ("COMPLETE_ROUND", round_id, None)
    assert woven == [complete, ("CONFIRM_READING", made, None)]
    (target,) = [row["target_id"] for row in await rows_of(world, "consolidations")]
    assert await tasks(api, "secretariat") == [complete, ("ISSUE_VERSION", target, None)]
    assert await tasks(api, "canada") == [complete]
