"""Random operations, valid on a schema: every kind of selection, with arguments that exist in a world."""

from collections.abc import Callable
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

from server.schema.reads import kinds

Scalars = dict[str, Callable[[Random], str]]


class Operations:
    """Writes random operations.

    `ids` are identifiers to ask for. `literals` make GraphQL literals of arguments by the name of the argument, and
    decide which filters are used at all.
    """

    def __init__(self, schema: GraphQLSchema, random: Random, ids: list[str], literals: Scalars) -> None:
        self._schema = schema
        self._random = random
        self._ids = ids
        self._literals = literals
        self._fragments: list[str] = []
        self._aliases = 0

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Draw one operation: its text and its variables."""
        query = self._schema.query_type
        assert query is not None
        roots = [name for name, field in query.fields.items() if self._is_declared(name, field)]
        chosen = self._random.sample(roots, self._random.randint(1, min(3, len(roots))))
        body = " ".join(self._field(query.fields[name], name, 0) for name in chosen)
        variables = {"yes": self._random.random() < 0.7, "no": self._random.random() < 0.3, "few": 2}
        text = (
            f"query($yes: Boolean! = false, $no: Boolean = false, $few: Int) {{ {body} "
            f"...Used }} fragment Used on {query.name} {{ __typename @include(if: $yes) @skip(if: $no) "
            f"{self._using(query)} }} " + " ".join(self._fragments)
        )
        return text, variables

    def _using(self, query: GraphQLObjectType) -> str:
        name = next(n for n, f in query.fields.items() if {"first", "last"} <= set(f.args) and self._is_declared(n, f))
        return f"used: {name}(first: $few) {{ __typename }}"

    @staticmethod
    def _is_declared(name: str, field: GraphQLField) -> bool:
        declared = field.extensions.get(kinds.DEFINITION)
        if declared is None:
            return False
        if kinds.READ in declared.metadata or name in ("node", "nodes"):
            return True
        origin = get_named_type(field.type).extensions.get(kinds.DEFINITION) or declared
        return set(field.args) == {"id"} and kinds.NOUN in vars(getattr(origin, "origin", object))

    def _field(self, field: GraphQLField, name: str, depth: int) -> str:
        alias = ""
        arguments = self._arguments(field)
        if arguments or self._random.random() < 0.2:
            self._aliases += 1
            alias = f"a{self._aliases}: "
        target: Any = get_named_type(field.type)
        body = self._selection(target, depth + 1) if is_composite_type(target) else ""
        return f"{alias}{name}{arguments}{self._directive()} {body}"

    def _directive(self) -> str:
        chance = self._random.random()
        return "" if chance > 0.15 else " @include(if: $yes)" if chance > 0.07 else " @skip(if: $no)"

    def _selection(self, target: Any, depth: int) -> str:
        if isinstance(target, GraphQLInterfaceType | GraphQLUnionType):
            possible = self._schema.get_possible_types(target)
            concrete = self._random.sample(possible, min(3, len(possible)))
            own = "id" if isinstance(target, GraphQLInterfaceType) else ""
            return (
                f"{{ __typename {own} "
                + " ".join(f"... on {t.name} {self._selection(t, depth)}" for t in concrete)
                + "}"
            )
        leaves = [n for n, f in target.fields.items() if not is_composite_type(get_named_type(f.type))]
        inner = [n for n, f in target.fields.items() if n not in leaves]
        names = self._random.sample(leaves, self._random.randint(min(1, len(leaves)), len(leaves)))
        if depth < 6 and inner:
            names += self._random.choices(inner, k=self._random.randint(1, 2 if depth < 4 else 1))
        parts = [self._field(target.fields[name], name, depth) for name in names]
        if self._random.random() < 0.3:
            parts.append("__typename")
        if self._random.random() < 0.3 and "id" in target.fields:
            parts.append("... on Node { id __typename }")
        parts = [self._wrapped(part, target) for part in parts]
        return "{ __typename " + " ".join(parts) + " }"

    def _wrapped(self, part: str, target: GraphQLObjectType) -> str:
        chance = self._random.random()
        if chance < 0.06:
            return f"... {{ {part} }}"
        if chance < 0.12:
            return f"... on {target.name}{self._directive()} {{ {part} }}"
        if chance < 0.2:
            name = f"F{len(self._fragments)}"
            self._fragments.append(f"fragment {name} on {target.name} {{ {part} }}")
            return f"...{name}{self._directive()}"
        return part

    def _arguments(self, field: GraphQLField) -> str:
        written = []
        if {"first", "last"} <= set(field.args):
            size = self._random.choice(["1", "2", "3", "$few", "null"])
            written.append(f"{self._random.choice(['first', 'last'])}: {size}")
        for name, argument in field.args.items():
            if name in ("first", "last", "after", "before"):
                continue
            if isinstance(argument.type, GraphQLNonNull) or self._random.random() < 0.5:
                written.append(f"{name}: {self._literal(name, argument.type)}")
        return f"({', '.join(written)})" if written else ""

    def _literal(self, name: str, kind: Any) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self._literal(name, kind.of_type)
        if isinstance(kind, GraphQLList):
            return "[" + ", ".join(self._literal(name, kind.of_type) for _ in range(self._random.randint(0, 4))) + "]"
        if isinstance(kind, GraphQLInputObjectType):
            known = [n for n in kind.fields if n in self._literals or self._is_known(kind.fields[n].type)]
            chosen = self._random.sample(known, min(len(known), self._random.randint(0, 2)))
            written = [f"{n}: {self._maybe(n, kind.fields[n].type)}" for n in chosen]
            if name != "or" and "or" in kind.fields and self._random.random() < 0.4:
                alternatives = (self._literal("or", kind) for _ in range(self._random.randint(1, 3)))
                written.append(f"or: [{', '.join(alternatives)}]")
            return "{" + ", ".join(written) + "}"
        if isinstance(kind, GraphQLEnumType):
            return self._random.choice([*kind.values])
        for key in (name, kind.name):
            if key in self._literals:
                return self._literals[key](self._random)
        if kind.name == "Boolean":
            return self._random.choice(["true", "false"])
        return f'"{self._random.choice(self._ids)}"'

    def _maybe(self, name: str, kind: Any) -> str:
        return "null" if self._random.random() < 0.15 else self._literal(name, kind)

    @staticmethod
    def _is_known(kind: Any) -> bool:
        named = get_named_type(kind)
        return isinstance(named, GraphQLEnumType) or named.name in ("Boolean", "ID", "DateTime", "Date")
