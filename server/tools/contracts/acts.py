"""Write the published operation of an act from the schema, where there is none yet.

Every act is sent in the same way: one input, and the fact with its object or the refusal. So a new act has its
operation by `make contracts`. To select other fields, edit the file: it is then left alone.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLObjectType, GraphQLSchema, GraphQLUnionType, get_named_type

from server.domain.rights.rules.areas import POLICIES
from server.kernel.refusals import graphql_name

OPERATION = """\
mutation {act}($input: {input}!) {{
  {act}(input: $input) {{
    ... on {fact} {{
      __typename
      {field} {{
        ...{fragment}
      }}
    }}
    ...RefusalFields
  }}
}}
"""


def add_operations(folder: Path, schema: GraphQLSchema, *, write: bool) -> list[str]:
    """Return the operations that acts of the schema lack in a contracts folder; with `write` add them.

    Raise ValueError for an act of which no fragment shows the object: somebody has to write that operation.
    """
    published = {path.stem for path in (folder / "operations").rglob("*.graphql")}
    added = []
    for act, area in _list_acts():
        if act in published or schema.mutation_type is None or act not in schema.mutation_type.fields:
            continue
        name = f"operations/{area}/{act}.graphql"
        text = _write_operation(folder, schema, act)
        added.append(name)
        if write:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return added


def _list_acts() -> Iterator[tuple[str, str]]:
    """Yield (mutation, folder of its concept) for every act."""
    for policy in POLICIES.values():
        area = policy.__name__.split(".")[-2]
        for act in policy.ACTS:
            yield graphql_name(act.name), area


def _write_operation(folder: Path, schema: GraphQLSchema, act: str) -> str:
    assert schema.mutation_type is not None
    mutation = schema.mutation_type.fields[act]
    result = get_named_type(mutation.type)
    assert isinstance(result, GraphQLUnionType)
    (fact,) = (member for member in result.types if member.name != "Refusal")
    objects = ((name, get_named_type(each.type)) for name, each in fact.fields.items())
    field, noun = next((name, type_) for name, type_ in objects if isinstance(type_, GraphQLObjectType))
    fragment = _find_fragment(folder, {f"{field[0].upper()}{field[1:]}Fields", f"{noun.name}Fields"}, noun)
    if fragment is None:
        raise ValueError(f"{act}: write its operation, because there is no fragment that shows {noun.name}")
    sent = get_named_type(mutation.args["input"].type).name
    return OPERATION.format(act=act, input=sent, fact=fact.name, field=field, fragment=fragment)


def _find_fragment(folder: Path, names: set[str], noun: GraphQLObjectType) -> str | None:
    """Return the fragment that shows an object: by one of these names, or else the only one on its type."""
    fragments = folder / "fragments"
    named = sorted(name for name in names if (fragments / f"{name}.graphql").exists())
    on_type = re.compile(rf"^fragment \w+ on {noun.name} ", re.MULTILINE)
    candidates = [path.stem for path in fragments.glob("*.graphql") if on_type.match(path.read_text(encoding="utf-8"))]
    return named[0] if named else candidates[0] if len(candidates) == 1 else None
