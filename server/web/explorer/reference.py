"""The schema as documentation: every type with its fields, arguments, values and descriptions, for the explorer."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
)

Entry = dict[str, Any]


@cache
def reference_of(schema: GraphQLSchema) -> Mapping[str, Any]:
    """Return the names of the root types, and every type by name but for those of introspection."""
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    types = {name: _describe(type_) for name, type_ in sorted(schema.type_map.items()) if not name.startswith("__")}
    return {"roots": {kind: type_.name for kind, type_ in roots.items() if type_}, "types": types}


def _describe(type_: GraphQLNamedType) -> Entry:
    entry: Entry = {"description": type_.description or ""}
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        entry["kind"] = "type" if isinstance(type_, GraphQLObjectType) else "interface"
        entry["fields"] = {name: _describe_field(field) for name, field in type_.fields.items()}
    elif isinstance(type_, GraphQLInputObjectType):
        entry["kind"] = "input"
        entry["fields"] = {name: _describe_member(field) for name, field in type_.fields.items()}
    elif isinstance(type_, GraphQLUnionType):
        entry["kind"] = "union"
        entry["members"] = [member.name for member in type_.types]
    elif isinstance(type_, GraphQLEnumType):
        entry["kind"] = "enum"
        entry["values"] = {name: value.description or "" for name, value in type_.values.items()}
    else:
        entry["kind"] = "scalar"
    return entry


def _describe_field(field: Any) -> Entry:
    arguments = {name: _describe_member(argument) for name, argument in field.args.items()}
    return _describe_member(field) | ({"args": arguments} if arguments else {})


def _describe_member(member: Any) -> Entry:
    return {"type": str(member.type), "description": member.description or ""}
