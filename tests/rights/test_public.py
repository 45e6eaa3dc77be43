"""What the public is shown where a server opens its editions: editions, their provisions, instruments, decisions, and
the bodies and sittings that took them. Nothing else by any way of asking, and nothing at all where it opens none."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from graphql import get_named_type, is_leaf_type
from sqlalchemy import delete, func, select, update

from server.kernel.actor import ANONYMOUS
from server.models.base import Base
from server.models.bodies import Body, Decision, Sitting
from server.models.texts import Edition, Instrument, ProvisionReference, ProvisionText, TextVersion
from server.schema.reads.kinds import NOUNS
from server.schema.root import schema
from server.storage.database import Database
from server.transport.errors import RequestRefused
from server.transport.public import PUBLIC_COST, PublicLimits
from server.transport.shelves import PreparedDocument
from tests.contracts.test_matrix import MUTATIONS, QUERIES, leaves, told, variables
from tests.factories.api import SETTINGS, Api, document
from tests.factories.filled import filled, identifier, lift_guards
from tests.factories.rounds import everything
from tests.factories.world import World
from tests.rights.chequered import SIZE, chequered
from tests.rights.test_hidden import LISTS, ONES

OPENED = {
    "Edition": Edition,
    "TextVersion": TextVersion,
    "Instrument": Instrument,
    "Provision": ProvisionText,
    "ProvisionReference": ProvisionReference,
    "Decision": Decision,
    "Sitting": Sitting,
    "WorkingBody": Body,
}
"""The nouns of which the public sees some objects."""
SHOWING = {
    *("EditionList", "EditionDetail", "InstrumentList", "TextAsAt", "TextChoices", "VersionDetail", "VersionsOfText"),
    *("ProvisionList", "ProvisionDetail", "ProvisionDossier", "SectionOfText", "TextToAmend", "VersionLineage"),
    *("ReferencesOfProvision", "ProvisionHistory", "ProvisionBlame", "DefinedTerms", "TranslationDebtOfVersion"),
    *("DecisionList", "SittingList", "SittingDetail", "SittingAgenda", "EvidenceList", "ProposalHandling"),
    *("BodyList", "BodyDetail", "BodyAtWork", "BodyDirectory", "MembersOfBody", "TriageOfComment"),
    *("InstallationSteps", "Registers", "ObjectInWords", "ComparisonOfVersions", "AgendaOfSitting", "ReportOfSitting"),
    *("WorkOfGroup", "PapersOfGroup"),
}
"""The published queries that show the public anything of a database with one object of every noun."""
WITHHELD = (
    *("sourceName", "sourceDigest", "conclusion", "documentDays"),
    *("format", "cancelledAt", "cancellation", "documentsDueOn"),
)
"""The fields of objects that are open which are told to delegates only."""
EDITIONS = 4


async def with_some_editions(database: Database) -> tuple[World, dict[str, set[str]]]:
    """Fill a database so that some versions, decisions and so on belong to editions and others do not.

    Return it with the ids of what is open, by noun.
    """
    world = await chequered(database)
    async with database.writing() as session:
        await lift_guards(session, is_sqlite=database.is_sqlite)
        await session.execute(delete(Edition).where(Edition.id >= identifier("editions", EDITIONS)))
        owner = select(TextVersion.instrument_id).where(TextVersion.id == Edition.text_version_id).scalar_subquery()
        await session.execute(update(Edition).values(instrument_id=owner))
        await session.execute(_follow_provisions(ProvisionReference.provision_id))
        await session.execute(_follow_provisions(ProvisionReference.target_id))
    async with database.studying() as session:
        rows = {model: (await session.execute(select(model.__table__))).all() for model in OPENED.values()}  # type: ignore[attr-defined]
    editions = rows[Edition]
    versions = {row.text_version_id for row in editions}
    decisions = {row.decision_id for row in editions}
    sittings = {row.sitting_id for row in rows[Decision] if row.id in decisions}
    opened = {
        "Edition": {row.id for row in editions},
        "TextVersion": versions,
        "Instrument": {row.instrument_id for row in editions},
        "Provision": {row.id for row in rows[ProvisionText] if row.text_version_id in versions},
        "ProvisionReference": {row.id for row in rows[ProvisionReference] if row.text_version_id in versions},
        "Decision": decisions,
        "Sitting": sittings,
        "WorkingBody": {row.body_id for row in rows[Sitting] if row.id in sittings},
    }
    assert all(0 < len(ids) < SIZE for ids in opened.values())
    return world, opened


def _follow_provisions(key: Any) -> Any:
    """Return the statement that lets references lead to provisions of their own version."""
    row = ProvisionText
    stands = select(func.min(row.provision_id)).where(row.text_version_id == ProvisionReference.text_version_id)
    return update(ProvisionReference).values({key: func.coalesce(stands.scalar_subquery(), key)})


def ids_of(noun: str) -> list[str]:
    """Return the ids of all objects of a noun in a chequered database."""
    return [identifier(NOUNS[noun].model.__tablename__, number) for number in range(SIZE)]


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in an answer that says its type."""
    if isinstance(value, dict):
        if "__typename" in value:
            yield value
        for inner in value.values():
            yield from objects_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects_in(inner)


@pytest.mark.parametrize("is_open", [True, pytest.param(False, marks=pytest.mark.rest)], ids=["open", "closed"])
async def test_nobody_finds_by_id_in_lists_and_in_counts_what_is_open_and_nothing_else(
    database: Database, is_open: bool
) -> None:
    world, opened = await with_some_editions(database)
    seen: dict[str, list[set[str]]] = {}
    async with Api(world, open_editions=is_open) as api:
        for name, noun in ONES.items():
            asked = " ".join(f'a{n}: {name}(id: "{each}") {{ id }}' for n, each in enumerate(ids_of(noun)))
            answer = await api.send(None, f"{{ {asked} }}")
            seen.setdefault(noun, []).append({row["id"] for row in answer["data"].values() if row})
        for name, noun in LISTS.items():
            answer = await api.send(None, f"{{ {name}(first: 100) {{ totalCount nodes {{ id }} }} }}")
            page = answer["data"][name]
            assert page["totalCount"] == len(page["nodes"]), name
            seen.setdefault(noun, []).append({row["id"] for row in page["nodes"]})
        for noun in NOUNS:
            if NOUNS[noun].prefix:
                ids = ids_of(noun)
                asked = f'{{ nodes(ids: {json.dumps(ids)}) {{ id }} node(id: "{ids[0]}") {{ id }} }}'
                answer = (await api.send(None, asked))["data"]
                seen.setdefault(noun, []).append({row["id"] for row in answer["nodes"] if row})
                assert (answer["node"] is not None) == (answer["nodes"][0] is not None)

    expected = {noun: opened.get(noun, set()) if is_open else set() for noun in seen}
    assert {noun: [each for each in ways if each != expected[noun]] for noun, ways in seen.items()} == {
        noun: [] for noun in seen
    }
    assert len(seen) > 60


def everything_of(noun: str) -> str:
    """Return a selection of every field of a noun, and of what stands at the end of it the type and the id."""
    object_type: Any = schema._schema.type_map[noun]
    parts = []
    for name, field in object_type.fields.items():
        end: Any = get_named_type(field.type)
        if is_leaf_type(end):
            parts.append(name)
        elif "nodes" in end.fields:
            node = get_named_type(end.fields["nodes"].type)
            parts.append(f"{name}(first: 3) {{ totalCount nodes {{ {end_of(node)} }} }}")
        else:
            parts.append(f"{name} {{ {end_of(end)} }}")
    return "__typename " + " ".join(parts)


def end_of(object_type: Any) -> str:
    """Return a selection of the type and the id of an object, or of the plain fields of a value."""
    fields = getattr(object_type, "fields", {})
    plain = [name for name, field in fields.items() if is_leaf_type(get_named_type(field.type))]
    return "__typename " + ("id" if "id" in fields else " ".join(plain))


async def test_what_is_open_leads_to_nothing_that_is_not(database: Database) -> None:
    world, opened = await with_some_editions(database)
    async with Api(world, open_editions=True) as api:
        for noun, ids in opened.items():
            text = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {noun} {{ {everything_of(noun)} }} }} }}"
            answers = [await api.send(None, text, {"ids": [each]}) for each in sorted(ids)]
            assert [answer.get("errors") for answer in answers] == [None] * len(answers), noun
            shown = [each for answer in answers for each in objects_in(answer["data"])]
            assert len(shown) > len(answers)
            assert [each for each in shown if not is_open_to_all(each, opened)] == []
            for row in (row for answer in answers for row in answer["data"]["nodes"]):
                pages = [page for page in row.values() if isinstance(page, dict) and "nodes" in page]
                assert all(min(page["totalCount"], 3) == len(page["nodes"]) for page in pages), row
                assert not any(row.get(name) for name in WITHHELD), row
                assert not row.get("commentCount"), row


async def test_nothing_is_forecast_for_the_public_from_a_sitting_that_is_open(database: Database) -> None:
    world, opened = await with_some_editions(database)
    text = (
        "query($id: ID!) { sitting(id: $id) { id } previewShift(input: {subjectId: $id, days: 1}) { __typename } "
        "backPlan(input: {sittingId: $id}) { __typename } planOverview(sittingId: $id) { __typename } "
        "notices { totalCount } }"
    )
    async with Api(world, open_editions=True) as api:
        told = {each: (await api.send(None, text, {"id": each}))["data"] for each in opened["Sitting"]}

    nothing = {"previewShift": None, "backPlan": None, "planOverview": None, "notices": {"totalCount": 0}}
    assert told == {each: {"sitting": {"id": each}, **nothing} for each in opened["Sitting"]}


def is_open_to_all(shown: dict[str, Any], opened: Mapping[str, set[str]]) -> bool:
    """Whether an object in an answer is one that is open, a value, or an act that is not."""
    if shown["__typename"] == "AvailableAct":
        return (shown["isAllowed"], shown["code"]) == (False, "UNAUTHENTICATED")
    return shown["__typename"] not in NOUNS or shown["id"] in opened.get(shown["__typename"], ())


async def test_published_queries_show_the_public_no_id_of_anything_else(database: Database) -> None:
    world = await filled(database, 1)
    prefixes = {NOUNS[noun].prefix for noun in OPENED} | {"PRV"}
    showing, leaked = set(), {}
    async with Api(world, open_editions=True) as api:
        for name in QUERIES:
            answer = await api.send(None, document(name), variables(name))
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert codes <= {"LIMIT_EXCEEDED"}, (name, answer)
            shown = [str(leaf) for leaf in leaves(answer.get("data")) if leaf]
            ids = {leaf for leaf in shown if leaf[3:4] == "_" and leaf[4:].isdigit()}
            if shown:
                showing.add(name)
            if foreign := {leaf for leaf in ids if leaf[:3] not in prefixes}:
                leaked[name] = foreign

    assert leaked == {}
    assert showing == SHOWING


async def test_acts_of_the_public_are_refused_and_write_nothing(database: Database) -> None:
    world = await filled(database, 1)
    async with Api(world, open_editions=True) as api:
        before = await everything(world)
        answers = {name: await told(api, None, name, variables(name)) for name in MUTATIONS}
        headers = {"accept": "text/event-stream"}
        body = {"query": document("JournalEntryAdded")}
        followed = await api._client.post("/graphql", json=body, headers=headers)
        after = await everything(world)

    assert answers == dict.fromkeys(MUTATIONS, "UNAUTHENTICATED")
    assert "UNAUTHENTICATED" in followed.text
    assert '"data":{"journalEntryAdded"' not in followed.text
    assert after == before


async def test_people_without_a_party_see_what_the_public_sees(database: Database) -> None:
    world, opened = await with_some_editions(database)
    row: Mapping[str, Any] = {"name": "Somebody", "email": "somebody@example.org"}
    async with database.writing() as session:
        person = Base.registry._class_registry["Person"](**row)  # type: ignore[operator]
        session.add(person)
        await session.flush()
        world.persons["somebody"] = person.id
    text = "{ editions(first: 100) { nodes { id } } rounds { totalCount } comments { totalCount } }"
    async with Api(world, open_editions=True) as api:
        shown = await api.send("somebody", text)
    async with Api(world) as api:
        closed = await api.send("somebody", text)

    assert {row["id"] for row in shown["data"]["editions"]["nodes"]} == opened["Edition"]
    assert closed["data"]["editions"]["nodes"] == []
    assert [shown["data"][name]["totalCount"] for name in ("rounds", "comments")] == [0, 0]


def test_nobody_is_admitted_to_nothing_unless_the_setting_says_so() -> None:
    assert (SETTINGS.open_editions, ANONYMOUS.is_public) == (False, False)


class Anywhere:
    """A connection from an address."""

    def __init__(self, host: str) -> None:
        self.client = type("Client", (), {"host": host})


def test_the_public_is_held_to_a_cost_and_to_so_many_queries_a_minute() -> None:
    now = [0.0]
    limits = PublicLimits(3, clock=lambda: now[0])
    cheap, dear = PreparedDocument("a", cost=PUBLIC_COST), PreparedDocument("b", cost=PUBLIC_COST + 1)
    here, there = Anywhere("192.0.2.1"), Anywhere("192.0.2.2")

    with pytest.raises(RequestRefused) as too_dear:
        limits.check(here, dear)  # type: ignore[arg-type]
    for _ in range(4):
        limits.check(here, cheap)  # type: ignore[arg-type]
    with pytest.raises(RequestRefused) as too_many:
        limits.check(here, cheap)  # type: ignore[arg-type]
    limits.check(there, cheap)  # type: ignore[arg-type]
    now[0] += 60
    limits.check(here, cheap)  # type: ignore[arg-type]

    assert (too_dear.value.code, too_many.value.code, too_many.value.status) == ("LIMIT_EXCEEDED", "RATE_LIMITED", 429)
    assert int(too_many.value.headers["Retry-After"]) >= 1


async def test_limits_hold_for_nobody_and_not_for_delegates(world: World) -> None:
    nested = "nodes { provisions(first: 100) { nodes { children(first: 100) { nodes { id key position } } } } }"
    dear = f"{{ instruments(first: 100) {{ nodes {{ versions(first: 100) {{ {nested} }} }} }} }}"
    async with Api(world, open_editions=True) as api:
        nobody = await api.send(None, dear)
        japan = await api.send("japan", dear)
    async with Api(world) as api:
        closed = await api.send(None, dear)

    assert nobody["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert "errors" not in japan
    assert json.loads(json.dumps(closed)) == {"data": {"instruments": {"nodes": []}}}
