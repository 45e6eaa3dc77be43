"""The declared reads a second time, slow and simple: plain graphql-core, and recursion over rows held in memory.

It shares with the engine the declarations, the visibility predicates, the queries of batches and the form of cursors;
it does not share plans, joins, windows, keyset conditions, statements or generated code.
"""

from asyncio import Lock
from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import Enum
from typing import Any

from graphql import ExecutionResult, GraphQLObjectType, GraphQLSchema, execute, get_named_type, parse
from sqlalchemy import bindparam, inspect, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import RelationshipDirection, aliased

from server.kernel.actor import Actor
from server.kernel.facts import paths_of
from server.kernel.instants import Instant
from server.schema.reads import cursors, kinds, pages
from server.schema.reads.groups import sort_groups
from server.schema.reads.matching import Filter, Match
from tests.factories.world import World

MATCHES: dict[Match, Callable[[Any, Any], bool]] = {
    Match.EQUAL: lambda found, value: bool(found == value),
    Match.ONE_OF: lambda found, value: found in (value if isinstance(value, list) else [value]),
    Match.FROM: lambda found, value: bool(found >= value),
    Match.UNTIL: lambda found, value: bool(found <= value),
    Match.BEFORE: lambda found, value: bool(found < value),
    Match.CONTAINS: lambda found, value: value.lower() in found.lower(),
}
LEAST = {bool: False, int: 0, str: "", datetime: cursors.LEAST[Instant], date: date(1000, 1, 1)}


def passed(noun: kinds.Noun, stored: Any) -> Any:
    """Return a row as the executor passes it on: an instance of the noun's type, by which its GraphQL type is found."""
    made = object.__new__(noun.type)
    made.__dict__["stored"] = stored
    return made


class Naive:
    """One caller's view of a world that does not change meanwhile.

    Fields are resolved concurrently and a session serves one at a time: `turn` is the lock of the session.
    """

    def __init__(self, schema: GraphQLSchema, world: World, actor: Actor, session: AsyncSession, turn: Lock) -> None:
        self._schema = schema
        self._world = world
        self._actor = actor
        self._now = world.clock.now
        self._session = session
        self._turn = turn
        self._rows: dict[type, dict[str, Any]] = {}
        self._seen: dict[type, set[str]] = {}
        self._batched: dict[Any, Any] = {}

    async def answer(self, text: str, variables: dict[str, Any]) -> ExecutionResult:
        """Execute an operation, and return its result."""
        result = execute(self._schema, parse(text), variable_values=variables, middleware=[self])
        return result if isinstance(result, ExecutionResult) else await result

    async def resolve(self, given: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
        """Resolve every field instead of the schema's own resolvers."""
        if info.field_name == "__typename":
            return given(source, info)
        definition = info.parent_type.fields[info.field_name]
        target = get_named_type(info.return_type)
        declared = definition.extensions[kinds.DEFINITION]
        read = declared.metadata.get(kinds.READ)
        if hasattr(source, "stored"):
            return await self._read(source.stored, kinds.read_of(definition), info, target, arguments)
        if isinstance(read, kinds.ToMany):
            return await self._page(read, info, target, arguments, None)
        if isinstance(read, kinds.Groups):
            return await self._groups(read, self._schema.type_map[read.noun], arguments)
        if info.parent_type is self._schema.query_type:
            if info.field_name == "nodes":
                return [await self._node(id_, None) for id_ in arguments["ids"]]
            return await self._node(arguments["id"], target)
        return source[info.field_name] if isinstance(source, dict) else getattr(source, declared.python_name)

    async def _read(self, row: Any, read: Any, info: Any, target: Any, arguments: dict[str, Any]) -> Any:
        if isinstance(read, kinds.Column):
            return await self._value(row, read.path, info.parent_type)
        if isinstance(read, kinds.Computed):
            facts = [await self._value(row, path, None) for path in paths_of(read.facts)]
            return read.of(self._actor, read.facts(*facts), self._now)
        if isinstance(read, kinds.ToOne):
            found = await self._follow(row, read.path)
            hidden = found is not None and not read.implied and not await self._sees(kinds.noun_of(target), found)
            return None if found is None or hidden else passed(kinds.noun_of(target), found)
        if isinstance(read, kinds.ToAny):
            possible = {each.name for each in self._schema.get_possible_types(target)}
            return await self._node(await self._value(row, read.path, None), None, possible)
        if isinstance(read, kinds.Batch):
            key = (read.query, row.id)
            if key not in self._batched:
                parameters = {**self._actor.parameters(self._now), "parents": [row.id]}
                found = (await self._executed(read.query(), parameters)).all()
                self._batched[key] = found[0][1] if found else read.default
            return self._batched[key]
        return await self._page(read, info, target, arguments, row)

    async def _node(self, id_: str, target: Any, possible: Collection[str] | None = None) -> Any:
        for noun in self._nouns():
            if possible is not None and noun.type.__name__ not in possible:
                continue
            if target is None or target.name in (noun.type.__name__, "Node"):
                row = (await self._all(noun.model)).get(id_)
                if row is not None and await self._sees(noun, row):
                    return passed(noun, row)
        return None

    def _nouns(self) -> list[kinds.Noun]:
        types = [each for each in self._schema.type_map.values() if isinstance(each, GraphQLObjectType)]
        declared = [each for each in types if kinds.DEFINITION in each.extensions]
        return [
            kinds.noun_of(each) for each in declared if kinds.NOUN in vars(each.extensions[kinds.DEFINITION].origin)
        ]

    async def _page(
        self, read: kinds.ToMany, info: Any, page_type: Any, arguments: dict[str, Any], parent: Any
    ) -> dict[str, Any]:
        of: Any = get_named_type(page_type.fields["nodes"].type)
        page = pages.page_of(arguments, f"{info.parent_type.name}.{info.field_name}", read.filters)
        order = read.paths(page.order_by)
        kept = []
        for row in (await self._all(kinds.noun_of(of).model)).values():
            if parent is None or await self._belongs(row, read, parent):
                matches = await self._matches(row, read.filters, page.filters, of) and await self._is_of(read, row)
                if matches and await self._sees(kinds.noun_of(of), row):
                    kept.append((await self._keys(row, order, of), row))
        for number in reversed(range(len(order))):
            kept.sort(key=lambda each, n=number: each[0][n], reverse=order[number].startswith("-"))  # type: ignore[misc]
        return self._shown(kinds.noun_of(of), kept, page, order)

    async def _groups(self, read: kinds.Groups, of: Any, arguments: dict[str, Any]) -> list[Any]:
        noun, filters = kinds.noun_of(of), pages.read_filters(arguments.get("filter") or {}, read.filters)
        counted: dict[Any, list[Any]] = {}
        for row in (await self._all(noun.model)).values():
            if await self._matches(row, read.filters, filters, of) and await self._sees(noun, row):
                value = await self._group_of(row, read.by[arguments["by"]], of)
                counted.setdefault(value, []).append(await self._value(row, read.total, of) if read.total else None)
        rows = []
        for value, numbers in counted.items():
            known = [number for number in numbers if number is not None]
            rows.append((value, len(numbers), sum(known) if known else None))
        return sort_groups(rows)

    async def _group_of(self, row: Any, by: Any, of: Any) -> Any:
        """Return the value by which a row is counted: at a path, or of an expression that the database works out."""
        if isinstance(by, str):
            return await self._value(row, by, of)
        model: Any = type(row)
        statement = select(await self._built(by, row, of)).where(model.id == row.id)
        return (await self._executed(statement, self._actor.parameters(self._now))).scalar_one()

    async def _belongs(self, row: Any, read: kinds.ToMany, parent: Any) -> bool:
        if read.through is None:
            return bool(await self._value(row, read.on or "", None) == parent.id)
        links = (await self._all(read.through.model)).values()
        led = [link for link in links if getattr(link, read.through.target) == row.id]
        here = [link.id for link in led if getattr(link, read.through.parent) == parent.id]
        model: Any = read.through.model
        seen = select(model.id).where(model.id.in_(here), read.through.visible(model))
        return bool((await self._executed(seen, self._actor.parameters(self._now))).all())

    def _shown(self, noun: kinds.Noun, kept: list[Any], page: pages.Page, order: tuple[str, ...]) -> dict[str, Any]:
        total, began = len(kept), page.cursor is not None
        if page.cursor is not None:
            kept = self._beyond(kept, page, order)
        more = len(kept) > page.limit
        kept = kept[-page.limit :] if page.backwards else kept[: page.limit]
        edges = [
            {"cursor": cursors.encode_cursor(page.fingerprint, keys), "node": passed(noun, row)} for keys, row in kept
        ]
        info = {
            "hasNextPage": began if page.backwards else more,
            "hasPreviousPage": more if page.backwards else began,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        }
        return {"edges": edges, "nodes": [e["node"] for e in edges], "pageInfo": info, "totalCount": total}

    @staticmethod
    def _beyond(kept: list[Any], page: pages.Page, order: tuple[str, ...]) -> list[Any]:
        """Return the rows after (or before) the place of the cursor, compared key by key."""
        made = [
            type(least)(value) if isinstance(least, str) else value
            for least, value in zip(kept[0][0] if kept else (), page.cursor or (), strict=False)
        ]
        found = []
        for keys, row in kept:
            for key, value, path in zip(keys, made, order, strict=True):
                at = datetime.fromisoformat(value) if isinstance(key, datetime) else value
                if key != at:
                    if (key > at) != path.startswith("-") != page.backwards:
                        found.append((keys, row))
                    break
        return found

    async def _keys(self, row: Any, order: tuple[str, ...], of: GraphQLObjectType) -> list[Any]:
        keys = []
        for path in order:
            value = await self._value(row, path.removeprefix("-"), of)
            if value is None:
                value = LEAST[await self._kind(kinds.noun_of(of).model, path.removeprefix("-"))]
            keys.append(value.value if isinstance(value, Enum) else value)
        return keys

    async def _kind(self, model: Any, path: str) -> type:
        *steps, name = path.split(".")
        for step in steps:
            model = inspect(model).relationships[step].mapper.class_
        kind = inspect(model).columns[name].type
        if isinstance(kind, Instant):
            return datetime
        return str if issubclass(kind.python_type, Enum) else kind.python_type

    async def _matches(self, row: Any, declared: Any, filters: dict[str, Any], of: GraphQLObjectType) -> bool:
        """Return whether a row matches the filters: all outside of `or`, and all of one alternative in it."""
        groups: dict[str, list[bool]] = {"": []}
        for name, value in filters.items():
            group, _, own_name = name.rpartition(pages.ALTERNATIVE)
            groups.setdefault(group, []).append(await self._is_met(row, declared[own_name], value, of))
        return all(groups.pop("")) and (not groups or any(all(met) for met in groups.values()))

    async def _is_of(self, read: kinds.ToMany, row: Any) -> bool:
        """Return whether a row meets the condition of the list itself, which is asked of the database."""
        if read.where is None:
            return True
        model: Any = type(row)
        statement = select(model.id).where(model.id == row.id, read.where(lambda path: getattr(model, path)))
        return (await self._executed(statement, self._actor.parameters(self._now))).first() is not None

    async def _is_met(self, row: Any, wanted: Filter, value: Any, of: GraphQLObjectType) -> bool:
        """Return whether a row meets one filter. A condition is asked of the database, one row at a time."""
        if wanted.condition is None:
            found = await self._value(row, wanted.path, of)
            if wanted.match is Match.PRESENT:
                return (found is not None) is value
            return found is not None and MATCHES[wanted.match](found, value)
        model: Any = type(row)
        values = value if isinstance(value, list) else [value]

        def build(column_at: Any) -> Any:
            assert wanted.condition is not None
            return wanted.condition(column_at, lambda column: column.in_(bindparam("asked", expanding=True)))

        asked = await self._built(build, row, of)
        parameters = self._actor.parameters(self._now) | {"asked": values}
        statement = select(model.id).where(model.id == row.id, asked)
        return (await self._executed(statement, parameters)).first() is not None

    async def _built(self, build: Any, row: Any, of: GraphQLObjectType | None) -> Any:
        """Return an expression with the values of a row at the paths beyond other rows."""
        model: Any = type(row)
        values: dict[str, Any] = {}

        def note(path: str) -> Any:
            values[path] = None
            return getattr(model, path) if "." not in path else null()

        build(note)
        for path in values:
            values[path] = getattr(model, path) if "." not in path else literal(await self._value(row, path, of))
        return build(values.__getitem__)

    async def _value(self, row: Any, path: str, of: GraphQLObjectType | None) -> Any:
        """Return the attribute at a dotted path.

        With `of`, null beyond a declared to-one that the caller does not see.
        """
        *steps, name = path.split(".")
        done: list[str] = []
        root = row
        for step in steps:
            row = await self._follow(row, step)
            done.append(step)
            if row is not None and of is not None and await self._hides(root, of, ".".join(done), row):
                return None
        return None if row is None else getattr(row, name)

    async def _hides(self, root: Any, of: GraphQLObjectType, path: str, row: Any) -> bool:
        for definition in of.fields.values():
            read = kinds.read_of(definition)
            if isinstance(read, kinds.ToOne) and read.path == path and not read.implied:
                return not await self._sees(kinds.noun_of(get_named_type(definition.type)), row)
        return False

    async def _follow(self, row: Any, path: str) -> Any:
        for step in path.split("."):
            if row is None:
                return None
            relation = inspect(type(row)).relationships[step]
            others = await self._all(relation.mapper.class_)
            if relation.viewonly:
                # Not at the end of one foreign key: the database says which rows it joins.
                ends = await self._ends_of(type(row), step)
                row = others.get(ends.get(row.id, ""))
                continue
            ((local, remote),) = relation.local_remote_pairs
            value = getattr(row, local.key)
            if relation.direction is RelationshipDirection.MANYTOONE:
                row = others.get(value)
            else:
                row = next((other for other in others.values() if getattr(other, remote.key) == value), None)
        return row

    async def _ends_of(self, model: Any, step: str) -> dict[str, str]:
        if (model, step) not in self._batched:
            target = inspect(model).relationships[step].mapper.class_
            end = aliased(target)
            pairs = await self._executed(select(model.id, end.id).join(getattr(model, step).of_type(end)), {})
            self._batched[model, step] = dict(pairs.all())
        ends: dict[str, str] = self._batched[model, step]
        return ends

    async def _sees(self, noun: kinds.Noun, row: Any) -> bool:
        if noun.type not in self._seen:
            statement = select(noun.model.id).where(noun.visible(noun.model))
            found = await self._executed(statement, self._actor.parameters(self._now))
            self._seen[noun.type] = set(found.scalars())
        return row.id in self._seen[noun.type]

    async def _executed(self, statement: Any, parameters: dict[str, Any]) -> Any:
        async with self._turn:
            return await self._session.execute(statement, parameters)

    async def _all(self, model: Any) -> dict[str, Any]:
        if model not in self._rows:
            key = inspect(model).primary_key[0].key
            # A view may depend on who asks.
            stored = (await self._executed(select(model), self._actor.parameters(self._now))).scalars().all()
            self._rows[model] = {getattr(row, key): row for row in stored}
        return self._rows[model]
