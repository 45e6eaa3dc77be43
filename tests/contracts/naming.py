"""The rules of `frontend-contracts/NAMING.md`: each finds what a schema names otherwise."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_specified_scalar_type,
)

Rule = Callable[[GraphQLSchema], Iterator[str]]

_BUILT_IN = """
Application Array Blob Body Boolean Cache Class Client Collection Comment Console Document Element Error Event Exception
File Function History Image Interface List Location Map Module Namespace Node Number Object Option Package Promise Proxy
Range Record Request Response Selection Set Storage String Symbol Text Type Window
"""
BUILT_IN = frozenset(_BUILT_IN.split())
"""Names that browsers, JavaScript or the usual targets of code generators have for something of their own."""
STANDS = {
    "Node": "Relay and its tools ask for this name",
    "Comment": "the word of every paper; nobody would know it under another",
    "JournalEntry.subjectId": "the digest of the entry is over the id, also where the caller does not see the object",
    "ConflictSide.words": "a side that deletes the words asks for no words",
    "TextCorrection.before": "a correction that only adds words",
    "TextCorrection.replacement": "a correction that only takes words out",
    "Comment.proposedWording": "a wording that deletes the words",
    "CallAnswer.questionId": "the answers are part of what was filed, with its digest; the call shows the questions",
    "PlanChange.subjectId": "a change is kept as it was recorded, with the name of then beside the id",
    "PlanAmendment.subjectId": "a paper amends hundreds of rows at once, and its preview reads each of them once",
    **dict.fromkeys(
        ("addActivity", "addDependency", "addMilestone", "addWorkItem"),
        "a work plan is a list, and to add to it is the word of those who keep it",
    ),
    "correctProfile": "people keep their profile up to date themselves",
}
"""What a rule leaves out, with the reason."""
_OF_INPUTS = """
OpenServiceAccountInput.mayFile SettleConflictInput.restStands SettleStructureInput.restStands
"""
OF_INPUTS = frozenset(_OF_INPUTS.split())
"""Booleans that are sent under a name of before; they go when these inputs are broken."""


class Named(NamedTuple):
    """Something with a name and a type: a field, an argument of a field, or a field of an input."""

    at: str
    name: str
    type: Any
    description: str
    is_sent: bool

    @property
    def of(self) -> str:
        """The name of its type without lists and nulls."""
        return str(get_named_type(self.type).name)


def named_in(schema: GraphQLSchema) -> Iterator[Named]:
    """Yield everything in a schema that has a name and a type."""
    for type_name, kind in schema.type_map.items():
        if type_name.startswith("__") or not isinstance(
            kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        ):
            continue
        is_input = isinstance(kind, GraphQLInputObjectType)
        for name, field in kind.fields.items():
            at = f"{type_name}.{name}"
            yield Named(at, name, field.type, field.description or "", is_input)
            for argument, definition in getattr(field, "args", {}).items():
                yield Named(f"{at}({argument}:)", argument, definition.type, definition.description or "", True)


def nouns(schema: GraphQLSchema) -> Iterator[str]:
    """Yield types that are named like something that every program has."""
    for name, kind in schema.type_map.items():
        if not isinstance(kind, GraphQLScalarType) and name in BUILT_IN and name not in STANDS:
            yield name


def roots(schema: GraphQLSchema) -> Iterator[str]:
    """Yield root fields that are not named after their type."""
    for name, field in schema.query_type.fields.items() if schema.query_type else ():
        of = get_named_type(field.type).name
        if list(field.args) == ["id"] and isinstance(get_named_type(field.type), GraphQLObjectType):
            if name != _lower(of):
                yield f"{name}: {of}"
        elif of.endswith("Connection") and name != _plural(_lower(of.removesuffix("Connection"))):
            yield f"{name}: {of}"


def acts(schema: GraphQLSchema) -> Iterator[str]:
    """Yield mutations with a verb of databases or without a value of `Act`, and acts that are named by plain text."""
    enumeration = schema.type_map.get("Act")
    known = set(enumeration.values) if isinstance(enumeration, GraphQLEnumType) else set()
    for name in schema.mutation_type.fields if schema.mutation_type else ():
        verb = re.split(r"(?=[A-Z])", name)[0]
        if verb in {"create", "update", "delete", "remove", "set", "add", "edit", "change"} and name not in STANDS:
            yield name
        if _capitals(name) not in known:
            yield f"{name}: no value of Act"
    for each in named_in(schema):
        if each.name in {"act", "acts", "mutation"} and each.of == "String":
            yield each.at


def dates(schema: GraphQLSchema) -> Iterator[str]:
    """Yield instants that do not end in `At`, days that do not end in `On`, and what ends so and is neither."""
    endings = {"DateTime": ("At", "at"), "Date": ("On", "on")}
    bounds = {"DateTime": ("From", "Before"), "Date": ("From", "Until")}
    for each in named_in(schema):
        owner = each.at.split(".")[0]
        if each.of in endings:
            ending, alone = endings[each.of]
            is_bound = owner.endswith("Filter") and each.name.endswith(bounds[each.of])
            if not (each.name.endswith(ending) or is_bound or (each.at.endswith(":)") and each.name == alone)):
                yield each.at
        elif owner not in {"Query", "Subscription"} and each.name.endswith(("At", "On")):
            yield each.at


def booleans(schema: GraphQLSchema) -> Iterator[str]:
    """Yield booleans that are no statement."""
    for each in named_in(schema):
        is_statement = re.match(r"(is|has|can|covers|needs)[A-Z]", each.name)
        if each.of == "Boolean" and not is_statement and each.at not in OF_INPUTS:
            yield each.at


def ids(schema: GraphQLSchema) -> Iterator[str]:
    """Yield ids that are shown without an object, ids in plain text, and ids that are sent under another name."""
    for each in named_in(schema):
        if each.at in STANDS:
            continue
        if each.is_sent:
            if each.of == "ID" and not re.search(r"^ids?$|^keys?$|Ids?$|Keys?$", each.name):
                yield each.at
        elif each.of == "ID" and not re.search(r"^id$|^keys?$|Keys?$", each.name):
            yield each.at
        if each.of == "String" and re.search(r"^ids?$|Ids?$", each.name):
            yield each.at


def connections(schema: GraphQLSchema) -> Iterator[str]:
    """Yield connections without their parts or arguments, and lists that are skipped through by number."""
    for each in named_in(schema):
        if each.name in {"skip", "offset", "page", "limit"} and each.of == "Int" and each.at.endswith(":)"):
            yield each.at
    for type_name, kind in schema.type_map.items():
        if not isinstance(kind, GraphQLObjectType) or type_name.startswith("__"):
            continue
        if type_name.endswith("Connection") and set(kind.fields) != {"edges", "nodes", "pageInfo", "totalCount"}:
            yield type_name
        for name, field in kind.fields.items():
            is_connection = get_named_type(field.type).name.endswith("Connection")
            if is_connection and not {"first", "after", "last", "before"} <= set(field.args):
                yield f"{type_name}.{name}"


def filters(schema: GraphQLSchema) -> Iterator[str]:
    """Yield filters that are not named after what is listed."""
    yield from _beside_connections(schema, "filter", "Filter")


def orders(schema: GraphQLSchema) -> Iterator[str]:
    """Yield orders that are not named after what is listed."""
    yield from _beside_connections(schema, "orderBy", "Order")


def _beside_connections(schema: GraphQLSchema, argument: str, ending: str) -> Iterator[str]:
    for kind in schema.type_map.values():
        for name, field in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            of = get_named_type(field.type).name.removesuffix("Connection")
            if of == "Group":
                continue  # what is counted is filtered, and not the groups
            named_after = _upper(name) if kind is schema.subscription_type else of
            if of == "Group":  # it counts rows of the noun that the field is named after
                named_after = _upper(name.removesuffix("Counts"))
            for sent, definition in field.args.items():
                kind_of_sent = get_named_type(definition.type).name
                if (sent == argument) != kind_of_sent.endswith(ending) or (
                    sent == argument and kind_of_sent != named_after + ending
                ):
                    yield f"{kind.name}.{name}({sent}: {kind_of_sent})"


def inputs(schema: GraphQLSchema) -> Iterator[str]:
    """Yield mutations without an input of their name, inputs without a key, and versions that are no text's."""
    for name, field in schema.mutation_type.fields.items() if schema.mutation_type else ():
        sent = get_named_type(field.args["input"].type) if list(field.args) == ["input"] else None
        if not isinstance(sent, GraphQLInputObjectType) or sent.name != f"{_upper(name)}Input":
            yield name
        elif "idempotencyKey" not in sent.fields:
            yield sent.name
    for each in named_in(schema):
        if each.name in {"version", "versionId", "expectedVersion", "lockVersion"}:
            yield each.at


def payloads(schema: GraphQLSchema) -> Iterator[str]:
    """Yield mutations that do not answer their fact or a refusal, and facts that call an object something else."""
    for name, field in schema.mutation_type.fields.items() if schema.mutation_type else ():
        result = get_named_type(field.type)
        members = [each.name for each in result.types] if isinstance(result, GraphQLUnionType) else []
        facts = [member for member in members if member != "Refusal"]
        if result.name != f"{_upper(name)}Result" or len(facts) != 1 or len(members) != 2:
            yield name
            continue
        for shown, definition in schema.type_map[facts[0]].fields.items():  # type: ignore[attr-defined]
            of = get_named_type(definition.type)
            if isinstance(of, GraphQLObjectType) and not of.name.endswith(_upper(shown)):
                yield f"{facts[0]}.{shown}: {of.name}"


def errors(schema: GraphQLSchema) -> Iterator[str]:
    """Yield values of enumerations that are not in capitals."""
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLEnumType) and not name.startswith("__"):
            yield from (f"{name}.{value}" for value in kind.values if not re.fullmatch(r"[A-Z][A-Z0-9_]*", value))


def null(schema: GraphQLSchema) -> Iterator[str]:
    """Yield texts that are empty for nothing, and plain values that are null without a word when, by descriptions."""
    for each in named_in(schema):
        says_empty = re.search(r"(?<!never )(?<!an )\bempty\b", each.description, re.IGNORECASE)
        is_text = each.of in {"String", "ID", "Digest"} and "[" not in str(each.type)
        is_plain = not isinstance(schema.type_map[each.of], GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
        is_silent = is_plain and not str(each.type).endswith("!") and "null" not in each.description.lower()
        if not each.is_sent and each.at not in STANDS and (is_silent or (is_text and says_empty)):
            yield each.at


def scalars(schema: GraphQLSchema) -> Iterator[str]:
    """Yield scalars without a specification, and fields that have a scalar and are plain text."""
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLScalarType) and not is_specified_scalar_type(kind) and not kind.specified_by_url:
            yield name
    forms = {"TimeZone": r"zone$", "Locale": r"language$", "Digest": r"digests?$", "EmailAddress": r"e-?mail$"}
    for each in named_in(schema):
        for scalar, form in forms.items():
            is_named = re.search(form, each.name, re.IGNORECASE) is not None
            if (is_named and each.of in {"String", "ID"}) or (each.of == scalar and not is_named):
                yield each.at


def scopes(schema: GraphQLSchema) -> Iterator[str]:
    """Yield scopes that are no values of `Scope`."""
    for each in named_in(schema):
        if each.name in {"scope", "scopes"} and each.of != "Scope":
            yield each.at


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]


def _capitals(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"


RULES: dict[str, Rule] = {
    "Nouns": nouns,
    "Roots": roots,
    "Acts": acts,
    "Dates": dates,
    "Booleans": booleans,
    "Ids": ids,
    "Connections": connections,
    "Filters": filters,
    "Orders": orders,
    "Inputs": inputs,
    "Payloads": payloads,
    "Errors": errors,
    "Null": null,
    "Scalars": scalars,
    "Scopes": scopes,
}
"""The rules by the heading of the section that says them."""
