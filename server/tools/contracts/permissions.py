"""The matrix of permissions: every published operation, every sort of person, every scope.

It is made from the policies and from the predicates of visibility. The objects of the matrix belong to the party "own"
and the body "group", in which that party takes part, and are about the person "themself". Rounds address every
capacity but that of the Secretariat.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from graphql import GraphQLObjectType, get_named_type
from graphql.language import parse
from sqlalchemy import BindParameter
from sqlalchemy.sql.visitors import iterate

from server.domain.rights.queries.audience import EVERYONE
from server.domain.rights.rules.areas import POLICIES
from server.domain.rights.rules.reach import ANOTHER, Example, refusal_code_of
from server.kernel.actor import ANONYMOUS, Actor, Capacity, Standing
from server.kernel.acts import MOST_FIRST, Act, unaccredited
from server.kernel.predicates import sights_of
from server.kernel.refusals import RefusalCode, graphql_name
from server.kernel.scopes import Scope
from server.schema.reads.kinds import DEFINITION, NOUNS, READ
from server.schema.root import schema
from server.schema.vocabulary import docstrings_of
from server.tools.contracts.documents import Operation

NOTHING = "NOTHING"
"""The answer to a query for those to whom it shows nothing, whatever the scope."""
ANY = "any"
"""The scope of what a person sees of themself: any."""
CALLER, SECRETARIAT = "the caller", "the Secretariat"
SHOWN_TO: Mapping[str, str] = {
    "viewer": CALLER,
    "rights": SECRETARIAT,
    "audience": SECRETARIAT,
    "readDocument": SECRETARIAT,
    "node": "whoever sees the object",
    "nodes": "whoever sees the object",
    "redline": "whoever sees the version",
    "comparison": "whoever sees both versions",
    "reconciliation": "whoever sees the version",
}
"""Those who are shown something by a root field that shows no noun, or any noun."""
OBJECT = Example(
    party_id="own", by_party_id=ANOTHER, person_id="themself", delegate_id="themself", body_id="group", addressed=True
)


class Persona(NamedTuple):
    """One sort of person in the matrix."""

    key: str
    words: str
    actor: Actor


def _speaker(key: str, party: str, capacity: Capacity, **more: Any) -> Actor:
    return Actor(person_id=key, delegate_id=key, party_id=party, capacity=capacity, **more)


def _participant(key: str, **more: Any) -> Actor:
    return _speaker(key, "own", _MEMBER, bodies=frozenset({"group"}), **more)


def _leader(key: str) -> Actor:
    return _speaker(key, key, Capacity.PRIVATE_SECTOR, is_focal_point=True, leads=frozenset({"group"}))


_MEMBER, _OBSERVER, _PRIVATE = Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR
_STANDINGS = tuple(Standing(party, party, party, _MEMBER) for party in ("own", "member"))
PERSONAS = (
    Persona("nobody", "nobody signed in", ANONYMOUS),
    Persona("unaccredited", "somebody signed in whom no party has accredited", Actor(person_id="unaccredited")),
    Persona(
        "undecided",
        "a delegate of two parties who did not say for which they ask",
        Actor(person_id="undecided", standings=_STANDINGS),
    ),
    Persona("ownDelegate", "delegate of the object's own party", _participant("ownDelegate")),
    Persona(
        "ownFocalPoint",
        "focal point of the object's own party",
        _participant("ownFocalPoint", is_focal_point=True),
    ),
    Persona(
        "themself",
        "focal point of the object's own party whom the object is about",
        _participant("themself", is_focal_point=True),
    ),
    Persona(
        "onBehalf",
        "focal point of another Member that speaks on behalf of the object's own party",
        _participant("onBehalf", is_focal_point=True, representation_id="representation"),
    ),
    Persona(
        "serviceAccount",
        "service account of the object's own party",
        _participant("serviceAccount", is_service=True),
    ),
    Persona("memberDelegate", "delegate of another Member", _speaker("memberDelegate", "member", _MEMBER)),
    Persona("member", "focal point of another Member", _speaker("member", "member", _MEMBER, is_focal_point=True)),
    Persona("observer", "focal point of an observer", _speaker("observer", "observer", _OBSERVER, is_focal_point=True)),
    Persona(
        "privateSector",
        "focal point of a private-sector body",
        _speaker("privateSector", "privateSector", _PRIVATE, is_focal_point=True),
    ),
    Persona("chair", "chair of the body concerned (a private-sector body)", _leader("chair")),
    Persona("coChair", "co-chair of the body concerned (a private-sector body)", _leader("coChair")),
    Persona("coordinator", "coordinator of the body concerned (a private-sector body)", _leader("coordinator")),
    Persona(
        "rapporteur",
        "rapporteur of the body concerned (a private-sector body)",
        _speaker("rapporteur", "rapporteur", _PRIVATE, is_focal_point=True),
    ),
    Persona("secretariat", "Secretariat", _speaker("secretariat", "secretariat", Capacity.SECRETARIAT)),
    Persona(
        "administrator",
        "technical administrator",
        _speaker("administrator", "secretariat", Capacity.SECRETARIAT, is_administrator=True),
    ),
)


def answer_to_act(act: Act[Any], actor: Actor) -> str:
    """Return the scope (in lower case) with which an act is open to an actor.

    Return the code of the refusal where it is refused with every scope.
    """
    code = refusal_code_of(act, actor, OBJECT)
    return str(code or next(scope for scope in MOST_FIRST if scope in act.scopes_for(actor, OBJECT)))


def act_row(area: str, act: Act[Any]) -> dict[str, Any]:
    """Return the row of an act, with the answer for every persona."""
    return {
        "area": area,
        "act": graphql_name(act.name),
        "journal": act.tag,
        "for": act.who.words,
        "source": act.source,
        "scope": act.scope.value,
        "answers": {persona.key: answer_to_act(act, persona.actor) for persona in PERSONAS},
    }


def read_row(operation: Operation) -> dict[str, Any]:
    """Return the row of a query: the nouns at its root, who sees them in words, and the answer for every persona.

    An answer is the scope with which the query shows what the persona sees, or NOTHING. `partly` says that it does not
    list all of that.
    """
    fields = _read_root_fields(operation)
    nouns = [name for name in dict.fromkeys(map(_noun_of, fields)) if name]
    ways = [way for name in nouns for way in _find_ways(name)]
    return {
        "area": operation.area,
        "query": operation.name,
        "partly": any(_is_part(field) for field in fields),
        "sees": {name: list(dict.fromkeys(words for words, _ in _find_ways(name))) for name in nouns},
        "answers": {persona.key: _answer_to_query(persona.actor, fields, ways) for persona in PERSONAS},
    }


def _answer_to_query(actor: Actor, fields: Sequence[str], ways: Sequence[tuple[str, frozenset[str]]]) -> str:
    shown_to = {SHOWN_TO.get(field) for field in fields}
    if actor is ANONYMOUS or (SECRETARIAT in shown_to and not actor.is_secretariat):
        return NOTHING
    if CALLER in shown_to or any(parameters == {"actor_person"} for _, parameters in ways):
        return ANY
    if actor.is_administrator:
        return Scope.ADMINISTER if any("actor_administrator" in parameters for _, parameters in ways) else NOTHING
    return NOTHING if unaccredited(actor) else Scope.READ


@cache
def _find_ways(name: str) -> Sequence[tuple[str, frozenset[str]]]:
    """Return the ways to see a noun: in words, and the parameters that each needs."""
    predicate = NOUNS[name].visible(NOUNS[name].model)
    sights = [(sight.words, sight.holds) for sight in sights_of(predicate)] or [(EVERYONE, predicate)]
    return [(words, _find_parameters(holds)) for words, holds in sights]


def _find_parameters(predicate: Any) -> frozenset[str]:
    keys = (element.key for element in iterate(predicate) if isinstance(element, BindParameter))
    return frozenset(key for key in keys if key.startswith("actor_"))


def _read_root_fields(operation: Operation) -> list[str]:
    definition: Any = parse(operation.body).definitions[0]
    return [selection.name.value for selection in definition.selection_set.selections]


def _is_part(field: str) -> bool:
    """Return whether a root field lists less than what the caller sees; its description says what."""
    assert schema._schema.query_type is not None
    definition = schema._schema.query_type.fields[field].extensions[DEFINITION]
    return getattr(definition.metadata.get(READ), "where", None) is not None


def _noun_of(field: str) -> str | None:
    """Return the noun that a root field shows, as one object or as a list; None if it shows no noun."""
    assert schema._schema.query_type is not None
    type_ = get_named_type(schema._schema.query_type.fields[field].type)
    if isinstance(type_, GraphQLObjectType) and "nodes" in type_.fields:
        type_ = get_named_type(type_.fields["nodes"].type)
    return type_.name if type_.name in NOUNS else None


def matrix_of(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the whole matrix, as it is printed in `permissions.json`."""
    return {
        "personas": {persona.key: persona.words for persona in PERSONAS},
        "scopes": {Scope[name].value: words for name, words in docstrings_of(Scope).items()},
        "acts": [act_row(area, act) for area, policy in POLICIES.items() for act in policy.ACTS],
        "reads": [read_row(operation) for operation in operations if operation.type == "query"],
    }


MARKS: Mapping[str, str] = {NOTHING: "-", RefusalCode.FORBIDDEN: "-"}
INTRODUCTION = """# Who may do what

Rights come from the party's capacity and from dated functions, both read from the database at each request.
Whether an act is possible *now* is another question: ask any object for its `availableActs`.

The objects here belong to the party "own" and to the body concerned, in which that party takes part; rounds address
every capacity but that of the Secretariat. `yes` needs an application with the scope of its row; where another scope
is needed, it stands in the place of `yes`. Without the scope the answer is `SCOPE_MISSING`, and `-` is `FORBIDDEN`,
whatever the scope. What somebody does not see is `NOT_FOUND`, the same as what does not exist. Three sorts of people
can do nothing at all:
"""


def page_of(operations: Sequence[Operation]) -> list[str]:
    """Return the matrix as lines of Markdown: one table for each concept, and one for the queries."""
    columns = [persona for persona in PERSONAS if unaccredited(persona.actor) is None]
    refusals = {persona.key: unaccredited(persona.actor) for persona in PERSONAS if persona not in columns}
    lines = [
        *INTRODUCTION.splitlines(),
        "",
        *(f"- **{p.key}**: {p.words} (`{refusals[p.key]}`)" for p in PERSONAS if p not in columns),
        "",
        "The others:",
        "",
        *(f"- **{persona.key}**: {persona.words}" for persona in columns),
        "",
    ]
    for area, policy in POLICIES.items():
        rows = [act_row(area, act) for act in policy.ACTS]
        lines += [f"## {area}", "", "| act | scope | " + " | ".join(p.key for p in columns) + " | in words |"]
        lines.append("|---|---|" + "---|" * (len(columns) + 1))
        for row in rows:
            marks = " | ".join(_mark(row["answers"][persona.key], row["scope"]) for persona in columns)
            lines.append(f"| `{row['act']}` | {row['scope']} | {marks} | {row['for']} |")
        lines.append("")
    return [*lines, *_list_reads(operations)]


def _mark(answer: str, scope: str) -> str:
    return "yes" if answer == scope else MARKS.get(answer, answer)


def _list_reads(operations: Sequence[Operation]) -> list[str]:
    lines = [
        "## Reads",
        "",
        "A query is never refused: it shows what the caller may see. Every scope but `administer` includes reading;",
        "`administer` shows no content. What a person keeps for themself is theirs with any scope.",
        "",
        "| query | noun | who sees one |",
        "|---|---|---|",
    ]
    for operation in operations:
        if operation.type == "query":
            row = read_row(operation)
            fields = _read_root_fields(operation)
            sees = row["sees"] or {"": [SHOWN_TO[field] for field in fields if field in SHOWN_TO]}
            part = " (the list holds a part; its description says which)" if row["partly"] else ""
            lines += [f"| `{row['query']}` | {noun} | {'; '.join(words)}{part} |" for noun, words in sees.items()]
    return [*lines, ""]
