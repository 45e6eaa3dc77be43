"""The matrix of permissions over HTTP: every published operation, every sort of person, every scope. Whoever may not do
something is refused as data, never by an error, and nothing is written.

The variables are built from the input types, so that a new operation is covered on the day it is published.
"""

import json
from collections.abc import AsyncIterator, Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    parse,
    type_from_ast,
)

from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope
from server.schema.reads.kinds import NOUNS
from server.schema.root import schema
from server.storage.database import Database
from server.tools.contracts.permissions import ANY, NOTHING, PERSONAS, matrix_of
from tests.factories.api import OPERATIONS, Api, document
from tests.factories.filled import identifier
from tests.factories.rounds import everything
from tests.rights.personas import People, people, reads

SCHEMA = schema._schema
MUTATIONS = [operation.name for operation in OPERATIONS if operation.type == "mutation"]
QUERIES = [operation.name for operation in OPERATIONS if operation.type == "query"]
MATRIX = matrix_of(OPERATIONS)
TO_ACTS = {row["act"]: row["answers"] for row in MATRIX["acts"]}
TO_QUERIES = {row["query"]: row["answers"] for row in MATRIX["reads"]}
ASKED = [(p.key, scope) for p in PERSONAS for scope in (Scope if p.key != "nobody" else (None,))]
"""Every persona with every scope; for nobody there is no application. What they are told does not depend on the
database, so each pair is tried on one of the two, in turn: every persona and every scope on both."""
HIDDEN = ("FORBIDDEN", "NOT_FOUND")
"""What is forbidden may be hidden as well, and then says no more than that."""
BATCH = 16
"""Acts that one document does, each in a transaction of its own. The matrix is a test for each document, database and
third of the pairs that are tried there."""
THIRDS = pytest.mark.parametrize("third", range(3))
"""Makes a test three times, so that workers share it."""
NOUN_OF = {
    "item": "AgendaItem",
    **{"pending": "Proposal", "otherPending": "Proposal"},
    **dict.fromkeys(("neighbour", "awaited"), "Proposal"),
    "promise": "GroupPromise",
    "procedure": "SilenceProcedure",
    "report": "GroupReport",
    "superior": "WorkingBody",
    "agendaOfSitting": "Sitting",
    "reportOfSitting": "Sitting",
    "silenceDetail": "SilenceProcedure",
    "silence": "SilenceProcedure",
    "workOfGroup": "WorkingBody",
    "papersOfGroup": "WorkingBody",
    "base": "TextVersion",
    "lead": "Comment",
    "advice": "AdviceRequest",
    "batch": "AnswerBatch",
    "point": "CommentPoint",
    "triageOfComment": "Comment",
    "key": "Provision",
    "subject": "TextVersion",
    "evidence": "TextVersion",
    "object": "TextVersion",
    "provisionList": "TextVersion",
    "standing": "Comment",
    "answers": "Reply",
    "coSigner": "Party",
    "mark": "Support",
    "replaces": "Comment",
    "commentThread": "Comment",
    "alikeComments": "Round",
    "commentGroups": "Round",
    "merged": "Comment",
    "group": "WorkingBody",
    "parent": "WorkingBody",
    "successor": "WorkingBody",
    "first": "JournalHead",
    "second": "JournalHead",
    "bodyAtWork": "WorkingBody",
    "membersOfBody": "WorkingBody",
    "commentsToFile": "Comment",
    "proposedAnswers": "Comment",
    "receiptList": "Comment",
    "provisionDossier": "Provision",
    "readingOfVersion": "TextVersion",
    "textToAmend": "TextVersion",
    "versionsOfText": "TextVersion",
    "roundAnswers": "Round",
    "roundTurnout": "Round",
    "roundLife": "Round",
    "whoHasAnswered": "Round",
    "admission": "LateAdmission",
    "sinceVersion": "TextVersion",
    "sittingAgenda": "Sitting",
    "workPlanProgress": "WorkPlan",
    **{"predecessor": "Activity", "ofPlan": "WorkPlan"},
    **{"waitsFor": "Activity", "approverBody": "WorkingBody", "workPlanPaper": "WorkPlan"},
    "watchOfObject": "Round",
    **dict.fromkeys(("planSlips", "planKeeping", "planHandOver", "planName", "planTopics"), "WorkPlan"),
    "answersToCall": "Call",
    **{"planSlips": "WorkPlan", "watchOfObject": "Round"},
}
"""Fields whose name does not end with the name of a noun, and operations named after what they show of one."""
EXAMPLES = {
    **{"String": "Words", "Int": 1, "Boolean": True, "Date": "2018-09-24", "DateTime": "2018-10-05T17:00:00Z"},
    **{"TimeZone": "UTC", "Locale": "en", "Digest": "0" * 64, "EmailAddress": "somebody@example.org"},
}
OF_ONESELF = ("markNotices", "openCalendarFeed")
"""Acts on what is one's own: they name no object that would have to be there."""
OF_EVERYBODY = {"closeCalendarFeed": "feedId"}
"""Acts on a calendar address, of which every person has one, by the name of its id: each persona tries its own."""
OF_LEADERS_AS_PARTIES = {"replyToComment": Scope.COMMENT}
"""Acts that the leaders of a body do as such, and through an application with this scope in the name of a party."""
LEADERS = ("chair", "coChair", "coordinator")
TOLD_TO_FEW = (
    *("NoticeList", "WatchedObjectList"),  # one's own
    *("AlikeComments", "CoSignatureList", "CommentGroups", "DraftDetail"),  # of the party or of those who answer
    *("BackPlan", "CriticalPath", "PreviewShift"),  # computed: the one plan that is there leads to no sitting
)
"""Queries that show nothing to the Secretariat or a coordinator of a full database, and why."""
BAD_TEXTS = {"nul": "Words\0", "long": "x" * 60_000}


def example_id(name: str, number: int) -> str:
    """An identifier of the right noun for a field: of an object that exists (0), or of none."""
    if name.endswith("Key"):
        return identifier("provisions", number)
    stem = name.removesuffix("s").removesuffix("Id")
    stem = NOUN_OF.get(stem, stem[:1].upper() + stem[1:])
    (table,) = {
        noun.model.__tablename__
        for known, noun in NOUNS.items()
        if known == stem or (stem not in NOUNS and (known.endswith(stem) or stem.endswith(known)))
    }
    return identifier(table, number)


def example(name: str, kind: Any, number: int) -> Any:
    """A well-formed value for a field, with nothing that is not required in it."""
    if isinstance(kind, GraphQLNonNull):
        return example(name, kind.of_type, number)
    if isinstance(kind, GraphQLList):
        return [example(name, kind.of_type, number)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {inner: field for inner, field in kind.fields.items() if is_required(field.type, field.default_value)}
        if kind.is_one_of:
            needed = dict(list(kind.fields.items())[:1])
        return {inner: example(inner, field.type, number) for inner, field in needed.items()}
    return example_id(name, number) if kind.name == "ID" else EXAMPLES[kind.name]


def is_required(kind: Any, default: Any) -> bool:
    """Whether a client has to give a value."""
    return isinstance(kind, GraphQLNonNull) and default is Undefined


@cache
def declared(operation: str) -> dict[str, tuple[Any, bool]]:
    """The variables of an operation: type, and whether it has to be given."""
    definition: Any = parse(document(operation)).definitions[0]
    return {
        variable.variable.name.value: (
            type_from_ast(SCHEMA, variable.type),
            is_required(type_from_ast(SCHEMA, variable.type), Undefined if variable.default_value is None else None),
        )
        for variable in definition.variable_definitions or ()
    }


def variables(operation: str, number: int = 0) -> dict[str, Any]:
    """Well-formed variables: of objects that exist (0), or of none. "id" is of the noun that the operation names."""
    noun = operation.removesuffix("Detail")
    return {
        name: example(f"{noun[:1].lower()}{noun[1:]}Id" if name in ("id", "ids") else name, kind, number)
        for name, (kind, required) in declared(operation).items()
        if required
    }


def spoilt(kind: Any, value: Any, bad: str, inside: str = "") -> Iterator[Any]:
    """The value with one text at a time spoilt, also those that need not be given.

    A value of the type that it is `inside` is left out: alternatives of a filter are filters.
    """
    if isinstance(kind, GraphQLNonNull):
        yield from spoilt(kind.of_type, value, bad, inside)
    elif isinstance(kind, GraphQLList):
        yield from ([inner] for inner in spoilt(kind.of_type, None, bad, inside))
    elif isinstance(kind, GraphQLInputObjectType):
        if kind.name == inside:
            return
        given = value or example("", kind, 0)
        for name, field in kind.fields.items():
            others = {} if kind.is_one_of else given
            yield from ({**others, name: inner} for inner in spoilt(field.type, given.get(name), bad, kind.name))
    elif getattr(kind, "name", "") in ("String", "ID", "Date", "DateTime"):
        yield bad
        if isinstance(value, str):
            yield value[:-1] + bad[-1]


def spoilt_variables(operation: str, bad: str) -> Iterator[dict[str, Any]]:
    """The variables of an operation with one text at a time spoilt."""
    good = variables(operation)
    for name, (kind, _) in declared(operation).items():
        yield from ({**good, name: value} for value in spoilt(kind, good.get(name), bad))


@pytest.fixture
async def of_matrix(database: Database) -> AsyncIterator[People]:
    """The people of the matrix and one object of every noun."""
    async with people(database) as present:
        yield present


@pytest.fixture
def full(of_matrix: People) -> Api:
    """The application over HTTP."""
    return of_matrix.api


async def told(api: Api, person: str | None, operation: str, sent: dict[str, Any]) -> str:
    """What a mutation answers in one word: the code of the refusal, "done", or the code of an error."""
    answer = await api.send(person, document(operation), sent)
    if "errors" in answer:
        return f"error {answer['errors'][0]['extensions']['code']}"
    (result,) = answer["data"].values()
    return str(result["code"]) if result["__typename"] == "Refusal" else "done"


def leaves(value: Any) -> Iterator[Any]:
    """Everything that an answer shows, except the time of day."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner) if name != "answeredAt" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


async def test_every_mutation_by_nobody_says_sign_in_and_writes_nothing(full: Api) -> None:
    before = await everything(full.world)

    answers = {name: await told(full, None, name, variables(name)) for name in MUTATIONS}

    assert answers == dict.fromkeys(MUTATIONS, "UNAUTHENTICATED")
    assert await everything(full.world) == before


async def test_every_mutation_of_what_does_not_exist_is_refused_and_writes_nothing(full: Api) -> None:
    before = await everything(full.world)

    naming = [name for name in MUTATIONS if name not in OF_ONESELF]
    answers = {name: await told(full, "member", name, variables(name, 7)) for name in naming}

    assert {name: code for name, code in answers.items() if code not in ("NOT_FOUND", "FORBIDDEN")} == {}
    assert await everything(full.world) == before


@cache
def in_one_document(names: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """A document that does several acts in turn, with its variables."""
    given = [f"$v{number}: {name[:1].upper()}{name[1:]}Input!" for number, name in enumerate(names)]
    asked = "__typename ... on Refusal { code }"
    acts = [f"a{number}: {name}(input: $v{number}) {{ {asked} }}" for number, name in enumerate(names)]
    sent = {f"v{number}": variables(name)["input"] for number, name in enumerate(names)}
    return f"mutation Several({', '.join(given)}) {{ {' '.join(acts)} }}", sent


def parted(names: list[str]) -> Any:
    """Make a test once for each part of the operations."""
    parts = [names[at : at + BATCH] for at in range(0, len(names), BATCH)]
    return pytest.mark.parametrize("names", parts, ids=[f"{part[0]} to {part[-1]}" for part in parts])


def asked_on(present: People, third: int) -> list[tuple[str, Scope | None]]:
    """Return one third of the pairs that are tried on this database: every persona, the scopes in turn."""
    places = {key: place for place, key in enumerate([p.key for p in PERSONAS] + [None, *Scope])}
    turn = int(present.api.world.database.is_sqlite)
    pairs = [pair for pair in ASKED if (places[pair[0]] + places[pair[1]]) % 2 == turn]
    # Of the three scopes of a persona on this database the next persona has the next one.
    return [pair for number, pair in enumerate(pairs) if (number + number // 3) % 3 == third]


async def codes_of(present: People, persona: str, scope: Scope | None, names: list[str]) -> dict[str, str]:
    """Return what each mutation answers in one word: the code of the refusal, or "done"."""
    text, given = in_one_document(tuple(names))
    sent = {
        variable: value | ({OF_EVERYBODY[name]: present.feeds[persona]} if name in OF_EVERYBODY else {})
        for name, (variable, value) in zip(names, given.items(), strict=True)
    }
    answer = await present.send(await present.headers(persona, [scope] if scope else []), text, sent)
    assert "errors" not in answer, answer
    results = answer["data"].values()
    return {name: result.get("code", "done") for name, result in zip(names, results, strict=True)}


def answer_with(answer: str, scope: Scope | None) -> str | None:
    """Return how an answer of the matrix turns out through an application with this scope only.

    That is None where the act is open, else the code of the refusal. With `scope` None nobody is signed in.
    """
    if answer in RefusalCode.__members__:
        return answer
    return None if answer in (scope, ANY) else RefusalCode.SCOPE_MISSING


def is_as_said(code: str, name: str, persona: str, scope: Scope | None) -> bool:
    """Whether a mutation answered what the matrix says. Whoever is shown nothing finds nothing to act on."""
    is_as_party = scope is not None and persona in LEADERS and OF_LEADERS_AS_PARTIES.get(name) == scope
    said = None if is_as_party else answer_with(TO_ACTS[name][persona], scope)
    if said == "SCOPE_MISSING" and not reads(persona, scope):
        return code in ("SCOPE_MISSING", *HIDDEN)
    if said == "FORBIDDEN":
        return code in HIDDEN
    if said is None:
        return code not in (*HIDDEN, "UNAUTHENTICATED", "NOT_ACCREDITED", "PARTY_NOT_CHOSEN", "SCOPE_MISSING", "done")
    return code == said


@pytest.mark.long
@THIRDS
@parted(MUTATIONS)
async def test_every_mutation_by_every_persona_with_every_scope_answers_as_the_matrix_says(
    of_matrix: People, names: list[str], third: int
) -> None:
    before = await everything(of_matrix.api.world)

    told = {
        (name, persona, scope): code
        for persona, scope in asked_on(of_matrix, third)
        for name, code in (await codes_of(of_matrix, persona, scope, names)).items()
    }

    assert len(told) == len(names) * len(asked_on(of_matrix, third))
    assert len(MUTATIONS) * len(asked_on(of_matrix, third)) > 1_000
    assert {
        place: (code, TO_ACTS[name][persona])
        for place, code in told.items()
        for name, persona, scope in [place]
        if not is_as_said(code, name, persona, scope)
    } == {}
    assert await everything(of_matrix.api.world) == before


def test_every_mutation_is_open_to_somebody_and_closed_to_nobody_signed_in() -> None:
    opened = {name: {key for key, answer in TO_ACTS[name].items() if answer in set(Scope)} for name in MUTATIONS}

    assert [name for name, keys in opened.items() if not keys] == []
    assert {key for keys in opened.values() for key in keys} == {
        p.key for p in PERSONAS if p.key not in ("nobody", "unaccredited", "undecided")
    }


@pytest.mark.long
@THIRDS
@parted(QUERIES)
async def test_every_query_by_every_persona_shows_only_what_the_matrix_says(
    of_matrix: People, names: list[str], third: int
) -> None:
    wrong = []
    for (persona, scope), name in product(asked_on(of_matrix, third), names):
        if scope not in (None, Scope.READ, Scope.ADMINISTER) and persona != "member":
            continue
        headers = await of_matrix.headers(persona, [scope] if scope else [])
        answer = await of_matrix.send(headers, document(name), variables(name))
        shown = [leaf for leaf in leaves(answer["data"]) if leaf]
        said = TO_QUERIES[name][persona]
        may = said == "any" or (said == "read" and reads(persona, scope)) or said == scope
        if "errors" in answer or (shown and not may):
            wrong.append((name, persona, scope, said, answer))

    assert wrong == []


def test_every_query_is_for_somebody() -> None:
    assert [name for name in QUERIES if set(TO_QUERIES[name].values()) == {NOTHING}] == []


@pytest.mark.parametrize(("credential", "status"), [("bad", 401), ("foreign", 403)])
async def test_every_operation_with_a_credential_that_is_none_of_ours_is_refused(
    of_matrix: People, credential: str, status: int
) -> None:
    token = "nonsense" if credential == "bad" else await of_matrix.api.token("secretariat", ["openid"])
    headers = {"authorization": f"Bearer {token}"}

    for name in (*QUERIES, *MUTATIONS):
        answer = await of_matrix.send(headers, document(name), variables(name), status=status)
        assert answer.get("data") is None, name


async def test_every_query_by_nobody_shows_nothing_of_what_is_there(full: Api) -> None:
    hidden, shown = {}, {}
    for name in QUERIES:
        asked = (None, "secretariat", "coordinator")
        answers = [await full.send(who, document(name), variables(name)) for who in asked]
        assert [answer.get("errors") for answer in answers] == [None, None, None], name
        hidden[name], *others = ({str(leaf) for leaf in leaves(answer["data"]) if leaf} for answer in answers)
        shown[name] = set().union(*others)

    assert hidden == {name: set() for name in QUERIES}
    # A receipt needs a key and an entry that fit the filing: tests/evidence/test_addresses.py hides one that is there,
    # tests/evidence/test_handing.py a pack, which is not of a comment.
    assert {name for name, leaf in shown.items() if not leaf} == {"FilingReceipt", "EvidencePack", *TOLD_TO_FEW}


@pytest.mark.long
@THIRDS
@pytest.mark.parametrize("bad", BAD_TEXTS.values(), ids=BAD_TEXTS)
async def test_every_operation_with_a_bad_text_is_answered_clearly_and_writes_nothing(
    full: Api, bad: str, third: int
) -> None:
    before = await everything(full.world)

    answers = [
        (name, json.dumps(sent).replace(bad, "…"), await full.send("secretariat", document(name), sent))
        for name in (*QUERIES, *MUTATIONS)[third::3]
        for sent in spoilt_variables(name, bad)
    ]

    codes = [(*sent, {error["extensions"]["code"] for error in answer.get("errors", ())}) for *sent, answer in answers]
    assert len(codes) > 75
    assert [told for told in codes if told[-1] - {"BAD_USER_INPUT", "BAD_REQUEST"}] == []
    assert [sent for *sent, answer in answers if sent[0] in MUTATIONS and not _is_refused(answer)] == []
    assert await everything(full.world) == before


def _is_refused(answer: dict[str, Any]) -> bool:
    return "errors" in answer or all(result["__typename"] == "Refusal" for result in answer["data"].values())
