"""Who sees what of a round: lists, single objects, counts, supports and dispositions all give the same answer."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import String, bindparam, select

from server.domain.rounds.life import in_phase
from server.domain.rounds.policy import phase_for
from server.domain.rounds.rules.facts import PhaseFacts
from server.kernel.actor import Capacity
from server.kernel.facts import facts_of
from server.kernel.ids import new_id
from server.models.rounds import CommentWork, Disposition, Round, Support
from server.vocabulary.rounds import DispositionStage, DispositionVerdict, RoundPhase, RoundStatus, RoundVisibility
from tests.factories.api import Api, document
from tests.factories.rounds import CLOSES, draft, everything, open_round, rows_of, submit
from tests.factories.world import NOW, World

TICK = timedelta(microseconds=1)
VIEWERS = ("japan", "japan-assistant", "canada", "china", "upu", "gea", "secretariat", None)
"""Canada leads the body. The round addresses Members and observers, so the private sector is not asked."""

OPENLY = {
    "japan": "draft filed-by-japan filed-by-upu",
    "japan-assistant": "draft filed-by-japan filed-by-upu",
    "canada": "filed-by-japan filed-by-upu",
    "china": "filed-by-japan filed-by-upu",
    "upu": "filed-by-japan filed-by-upu",
    "gea": "",
    "secretariat": "filed-by-japan filed-by-upu",
    None: "",
}
SEALED = {
    "japan": "draft filed-by-japan",
    "japan-assistant": "draft filed-by-japan",
    "canada": "",
    "china": "",
    "upu": "filed-by-upu",
    "gea": "",
    "secretariat": "filed-by-japan filed-by-upu",
    None: "",
}
AMONG_LEADERS = SEALED | {"canada": "filed-by-japan filed-by-upu"}
SEEN = {
    (RoundVisibility.IMMEDIATE, False): OPENLY,
    (RoundVisibility.IMMEDIATE, True): OPENLY,
    (RoundVisibility.AFTER_CLOSE, False): SEALED,
    (RoundVisibility.AFTER_CLOSE, True): OPENLY,
    (RoundVisibility.SECRETARIAT_AND_COORDINATORS, False): AMONG_LEADERS,
    (RoundVisibility.SECRETARIAT_AND_COORDINATORS, True): AMONG_LEADERS,
}
SEES_PROPOSED = {"canada", "secretariat"}

EVERY_PATH = """
query EveryPath($round: ID!, $provision: ID!, $supports: ID!, $disposed: ID!, $proposed: ID!,
                $draft: ID!, $filed: ID!, $other: ID!) {
  comments(filter: {roundId: [$round]}) { totalCount nodes { ...Seen } }
  all: comments { nodes { id } }
  ofProvision: comments(filter: {provisionId: [$provision]}) { nodes { id } }
  round(id: $round) { commentCount }
  provision(id: $provision) { commentCount }
  draft: comment(id: $draft) { ...Seen }
  filed: comment(id: $filed) { ...Seen }
  other: comment(id: $other) { ...Seen }
  draftNode: node(id: $draft) { ... on Comment { ...Seen } }
  filedNode: node(id: $filed) { ... on Comment { ...Seen } }
  otherNode: node(id: $other) { ... on Comment { ...Seen } }
  supportNode: node(id: $supports) { id }
  disposedNode: node(id: $disposed) { id }
  proposedNode: node(id: $proposed) { id }
}
fragment Seen on Comment {
  id
  supportCount
  supports { totalCount nodes { id } }
  disposition { id }
}
"""


async def make_round(world: World, visibility: RoundVisibility, provision: str) -> dict[str, str]:
    """A round for Members and observers, with a draft and two submitted comments; the one of Japan is supported and
    its answer recorded, the answer to the one of the UPU is only proposed."""
    audience = frozenset({Capacity.MEMBER, Capacity.OBSERVER})
    round_id = await open_round(world, visibility=visibility, audience=audience)
    on = {"provision_id": provision, "quotation": None}
    ids = {
        "round": round_id,
        "provision": provision,
        "draft": await draft(world, "japan-assistant", round_id, **on),
        "filed": await submit(world, "japan", round_id, **on),
        "other": await submit(world, "upu", round_id, **on),
        "supports": new_id("SUP"),
        "disposed": new_id("DSP"),
        "proposed": new_id("DSP"),
    }
    china = {"party_id": world.parties["china"], "delegate_id": world.delegates["china"]}
    await world.add(Support(id=ids["supports"], comment_id=ids["filed"], supported_at=NOW, **china))
    for key, comment, stage in (("disposed", "filed", "RECORDED"), ("proposed", "other", "PROPOSED")):
        decided = {"decided_by_id": world.delegates["canada"], "decided_at": CLOSES}
        noted = {"verdict": DispositionVerdict.NOTED, "stage": DispositionStage(stage)}
        await world.add(Disposition(id=ids[key], comment_id=ids[comment], **noted, **decided))
    async with world.database.writing() as session:
        for comment, answer in (("filed", "disposed"), ("other", "proposed")):
            work = await session.get_one(CommentWork, ids[comment])
            work.disposition_id = ids[answer]
    return ids


def expected(ids: dict[str, str], who: str | None, words: str) -> dict[str, Any]:
    """Every answer that follows from the comments that a viewer sees."""
    names = {"draft": "draft", "filed-by-japan": "filed", "filed-by-upu": "other"}
    seen = {names[word] for word in words.split()}

    def comment(key: str) -> dict[str, Any] | None:
        if key not in seen:
            return None
        supports = [{"id": ids["supports"]}] if key == "filed" else []
        answer = {"filed": {"id": ids["disposed"]}, "other": {"id": ids["proposed"]} if who in SEES_PROPOSED else None}
        return {
            "id": ids[key],
            "supportCount": len(supports),
            "supports": {"totalCount": len(supports), "nodes": supports},
            "disposition": answer.get(key),
        }

    comments = {key: comment(key) for key in ("draft", "filed", "other")}
    submitted = len(seen - {"draft"})
    is_addressed = who not in ("gea", None)
    return {
        "listed": {key for key in comments if key in seen},
        "total": len(seen),
        "round": {"commentCount": submitted} if is_addressed else None,
        "provision": {"commentCount": submitted} if who else None,
        "comments": comments,
        "support": "filed" in seen,
        "disposed": "filed" in seen,
        "proposed": "other" in seen and who in SEES_PROPOSED,
    }


def told(ids: dict[str, str], data: dict[str, Any]) -> dict[str, Any]:
    """The answers of the API in the same form; fails where two paths to the same thing differ."""
    keys = {identifier: key for key, identifier in ids.items()}
    listed = {keys[node["id"]]: node for node in data["comments"]["nodes"]}
    comments = {key: data[key] for key in ("draft", "filed", "other")}
    assert {key: data[f"{key}Node"] for key in comments} == comments
    assert {key: listed.get(key) for key in comments} == comments
    assert {keys[node["id"]] for node in data["all"]["nodes"] if node["id"] in keys} == set(listed)
    assert {keys[node["id"]] for node in data["ofProvision"]["nodes"]} == set(listed)
    return {
        "listed": set(listed),
        "total": data["comments"]["totalCount"],
        "round": data["round"],
        "provision": data["provision"],
        "comments": comments,
        "support": data["supportNode"] is not None,
        "disposed": data["disposedNode"] is not None,
        "proposed": data["proposedNode"] is not None,
    }


async def test_comments_by_every_path_are_shown_to_whom_the_visibility_says(api: Api) -> None:
    made = {
        visibility: await make_round(api.world, visibility, api.world.provisions[place])
        for place, visibility in enumerate(RoundVisibility, start=1)
    }

    found = {}
    for closed, visibility in product((False, True), RoundVisibility):
        api.world.clock.now = CLOSES if closed else CLOSES - TICK
        answers = {who: await api.send(who, EVERY_PATH, made[visibility]) for who in VIEWERS}
        assert all("errors" not in answer for answer in answers.values())
        seen = {who: told(made[visibility], answer["data"]) for who, answer in answers.items()}
        found[visibility, closed] = seen

    assert found == {
        (visibility, closed): {who: expected(made[visibility], who, names) for who, names in table.items()}
        for (visibility, closed), table in SEEN.items()
    }


NOT_THERE = "CMT_" + "0" * 26
QUESTIONS = {
    "list": (document("CommentList"), lambda ids: {"filter": {"roundId": ids["round"]}}),
    "everything": (document("CommentList"), lambda ids: {}),
    "by party": (document("CommentList"), lambda ids: {"filter": {"partyId": ids["party"]}}),
    "by provision": (document("CommentList"), lambda ids: {"filter": {"provisionId": ids["provision"]}}),
    "by status": (document("CommentList"), lambda ids: {"filter": {"status": "SUBMITTED"}}),
    "page": (document("CommentList"), lambda ids: {"first": 1}),
    "rounds": (document("RoundList"), lambda ids: {}),
    "round": (document("RoundDetail"), lambda ids: {"id": ids["round"]}),
    "count on the provision": (
        "query($id: ID!) { provision(id: $id) { commentCount } }",
        lambda ids: {"id": ids["provision"]},
    ),
}
NODE = "query($id: ID!) { node(id: $id) { __typename id } comment(id: $id) { id } }"
ON_COMMENT = {
    "supportComment": {},
    "withdrawComment": {"expectedRevision": 1},
    "clearComment": {"expectedRevision": 1},
    "reviseComment": {"expectedRevision": 1, **{"type": "GENERAL", "text": "Words"}},
    "proposeDisposition": {"expectedRevision": 1, "verdict": "NOTED", "reason": "Noted."},
    "recordDisposition": {"expectedRevision": 1, "verdict": "NOTED", "reason": "Noted."},
}


async def answer_of(api: Api, who: str, text: str, variables: dict[str, Any]) -> tuple[int, bytes]:
    """Status and bytes of an answer."""
    headers = {"authorization": f"Bearer {await api.token(who)}"}
    answer = await api._client.post("/graphql", json={"query": text, "variables": variables}, headers=headers)
    return answer.status_code, answer.content


async def asked(api: Api, who: str, ids: dict[str, str]) -> dict[str, tuple[int, bytes]]:
    """Every question asked."""
    return {name: await answer_of(api, who, text, of(ids)) for name, (text, of) in QUESTIONS.items()}


async def test_sealed_round_answers_alike_with_and_without_a_hidden_comment(api: Api) -> None:
    world, others = api.world, ("canada", "upu")
    ids = {
        "round": await open_round(world, visibility=RoundVisibility.AFTER_CLOSE),
        "party": world.parties["japan"],
        "provision": world.provisions[1],
    }
    await submit(world, "upu", ids["round"])
    world.clock.move(minutes=1)
    before = {who: await asked(api, who, ids) for who in others}

    hidden = await submit(world, "japan", ids["round"])
    mark = {"party_id": world.parties["gea"], "delegate_id": world.delegates["gea"], "supported_at": world.clock.now}
    await world.add(Support(comment_id=hidden, **mark))
    after = {who: await asked(api, who, ids) for who in others}
    world.clock.now = CLOSES
    unsealed = {who: await asked(api, who, ids) for who in others}

    assert after == before
    assert all(unsealed[who]["list"] != before[who]["list"] for who in others)


@pytest.mark.parametrize("who", ["canada", "upu"])
async def test_sealed_round_answers_alike_for_a_hidden_comment_and_one_that_does_not_exist(api: Api, who: str) -> None:
    world = api.world
    round_id = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    hidden = await submit(world, "japan", round_id)
    before = await everything(world)

    found = {"node": [await answer_of(api, who, NODE, {"id": comment}) for comment in (hidden, NOT_THERE)]}
    for operation, sent in ON_COMMENT.items():
        inputs = [
            {**sent, "commentId": comment, "idempotencyKey": f"{operation}-{number}"}
            for number, comment in enumerate((hidden, NOT_THERE))
        ]
        found[operation] = [await answer_of(api, who, document(operation), {"input": given}) for given in inputs]

    assert {name: first == second for name, (first, second) in found.items()} == dict.fromkeys(found, True)
    assert all(b'"NOT_FOUND"' in found[operation][0][1] for operation in ON_COMMENT)
    assert await everything(world) == before


async def test_in_phase_in_sql_agrees_with_phase_of_at_every_instant(world: World) -> None:
    instants = [NOW + timedelta(days=day) + tick for day, tick in product((0, 1, 2), (-TICK, 0 * TICK, TICK))]
    windows = [(NOW, NOW + timedelta(days=1)), (NOW + timedelta(days=1), NOW + timedelta(days=2))]
    rounds = [
        Round(
            text_version_id=world.version,
            body_id=world.bodies["group"],
            title="Round",
            opens_at=opens_at,
            closes_at=closes_at,
            zone="UTC",
            visibility=RoundVisibility.IMMEDIATE,
            open_to_members=True,
            open_to_observers=True,
            open_to_private_sector=True,
            status=status,
            called_by_id=world.delegates["canada"],
            called_at=NOW,
            answers_began_at=answered,
        )
        for (opens_at, closes_at), status, answered in product(windows, RoundStatus, (None, NOW))
    ]
    secretariat = await world.actor("secretariat")
    await world.add(*rounds)
    wanted = bindparam("wanted", type_=String())
    statement = select(Round.id).where(in_phase(lambda path: getattr(Round, path), lambda phase: phase == wanted))

    async def found(phase: RoundPhase, now: datetime) -> set[str]:
        async with world.database.reading() as connection:
            given = {"wanted": phase.value} | secretariat.parameters(now)
            return set((await connection.scalars(statement, given)).all())

    def derived(phase: RoundPhase, now: datetime) -> set[str]:
        return {row.id for row in rounds if phase_for(secretariat, facts_of(PhaseFacts, row), now) == phase}

    for now, phase in product(instants, RoundPhase):
        assert await found(phase, now) == derived(phase, now), (now, phase)
    assert {phase for now in instants for phase in RoundPhase if derived(phase, now)} == set(RoundPhase)


async def test_rounds_are_listed_for_those_they_address_those_who_lead_and_the_secretariat(api: Api) -> None:
    made = {
        "members": await open_round(api.world, audience=frozenset({Capacity.MEMBER})),
        "observers": await open_round(api.world, audience=frozenset({Capacity.OBSERVER})),
        "private": await open_round(api.world, audience=frozenset({Capacity.PRIVATE_SECTOR})),
    }

    keys = {identifier: key for key, identifier in made.items()}
    listed, single, extensions = {}, {}, {}
    for who in VIEWERS:
        answer = await api.ask(who, "RoundList")
        listed[who] = {keys[node["id"]] for node in answer["rounds"]["nodes"]}
        details = {key: await api.ask(who, "RoundDetail", id=identifier) for key, identifier in made.items()}
        single[who] = {key for key, detail in details.items() if detail["round"]}
        extensions[who] = answer["rounds"]["totalCount"]

    every = set(made)
    seen = {"canada": every, "secretariat": every, "upu": {"observers"}, "gea": {"private"}, None: set()}
    seen |= {who: {"members"} for who in ("japan", "japan-assistant", "china")}
    assert listed == seen
    assert single == seen
    assert extensions == {who: len(rounds) for who, rounds in seen.items()}


async def test_extensions_of_a_round_are_hidden_with_it(api: Api) -> None:
    world = api.world
    round_id = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    later = {"closesAt": (CLOSES + TICK).isoformat(), "reason": "Holidays", "expectedRevision": 1}
    await api.act("canada", "extendRound", roundId=round_id, **later)
    (extension,) = await rows_of(world, "round_extensions")
    text = "query($id: ID!) { node(id: $id) { ... on RoundExtension { reason } } }"

    answers = {who: (await api.send(who, text, {"id": extension["id"]}))["data"]["node"] for who in VIEWERS}

    seen = {"reason": "Holidays"}
    assert answers == {who: None if who in ("upu", "gea", None) else seen for who in VIEWERS}
