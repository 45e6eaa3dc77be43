"""The lists at which a query can begin, and the statements of their pages as a database's driver gets them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from graphql import get_named_type, parse
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from server.kernel.actor import Actor
from server.schema.reads import statements
from server.schema.reads.cursors import encode_cursor, read_value
from server.schema.reads.kinds import DEFINITION, READ, ToMany
from server.schema.reads.pages import page_of
from server.schema.reads.plan import Compiler, ConnectionPlan
from server.schema.reads.selection import Selection
from server.schema.root import schema
from server.storage.database import READING, Database
from tests.factories.filled import identifier
from tests.factories.many import filled_with

PAGE, DEEP = 50, 90
"""Items of a page, and how far from the end the deep cursor stands."""
SHOWN = {
    "Query.comments": "id number text author { person { name } } party { shortName } provision { printedNumber } "
    "disposition { verdict reason }",
    "Query.journalEntries": "id actedAt act party { shortName }",
}
"""What is selected of the items; their ids elsewhere."""
OF_ROUND = {"roundId": identifier("rounds", 0)}
WITHIN = {"Query.comments": OF_ROUND}
"""The filter under which a list is measured, besides the whole of it."""
FILTERS: dict[str, list[dict[str, Any]]] = {
    "Query.comments": [
        OF_ROUND | {"partyId": identifier("parties", 1)},
        OF_ROUND | {"provisionId": identifier("provision_texts", 7)},
        OF_ROUND | {"status": "DISPOSED", "type": "GENERAL"},
    ],
    "Query.journalEntries": [{"act": "SUBMIT_COMMENT"}],
}
"""Filters under which pages of a list are measured."""
BY_OFFICER = {"Query.persons", "Query.invitations", "Query.clientApplications"}
"""Lists that are asked for by the Secretariat; the others by a delegate. Somebody who sees a small share of a list has
to look through it for a page."""


class Root(NamedTuple):
    """A list at which a query begins: its name, its read and its connection type."""

    name: str
    read: ToMany
    type: Any


def root_lists() -> Iterator[Root]:
    """Yield every list of the application that belongs to no parent."""
    for of in ("Query", "Viewer"):
        for name, field in schema._schema.type_map[of].fields.items():  # type: ignore[union-attr]
            read = field.extensions[DEFINITION].metadata.get(READ)
            if isinstance(read, ToMany) and read.on is None:
                yield Root(f"{of}.{name}", read, get_named_type(field.type))


def plan_of(root: Root) -> ConnectionPlan:
    """Compile a list with what is shown of it."""
    operation: Any = parse(f"{{ list {{ nodes {{ {SHOWN.get(root.name, 'id')} }} }} }}").definitions[0]
    nodes = [*operation.selection_set.selections]
    return Compiler(Selection(schema._schema, {}, None)).compile_page(root.name, root.read, root.type, nodes)


class Asked(NamedTuple):
    """One statement as a driver gets it."""

    text: str
    parameters: Any


async def filled_listing(url: str, comments: int, *, acts: int) -> "Listing":
    """Fill an empty database with lists of a length, and connect to it as persons of it ask."""
    database = Database(url)
    world = await filled_with(database, comments, acts=acts)
    delegate, officer = await world.actor("member"), await world.actor("secretariat")
    await database.close()
    return Listing(url, delegate, officer, world.clock.now)


class Listing:
    """A database with lists of one length, and a connection to it as a reader of the server has one."""

    def __init__(self, url: str, delegate: Actor, officer: Actor, now: datetime) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        options = {} if self.is_sqlite else {"options": READING, "prepare_threshold": 0}
        driver = "sqlite" if self.is_sqlite else "postgresql+psycopg"
        self._engine = create_engine(parsed.set(drivername=driver), connect_args=options, poolclass=NullPool)
        self._connection = self._engine.connect()
        self._delegate, self._officer = delegate.parameters(now), officer.parameters(now)
        self._asked: list[Asked] = []
        event.listen(self._connection, "before_cursor_execute", self._note)

    @property
    def driver(self) -> Any:
        """The connection of the driver itself."""
        return self._connection.connection.driver_connection

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def pages(self) -> Iterator[tuple[str, str, Asked]]:
        """Yield the name of every list, each kind of page of it, and the statement of that page."""
        for root in root_lists():
            plan = plan_of(root)
            yield root.name, "first", self._page(plan, {}).asked
            yield root.name, "deep", self._page(plan, self._find_deep(plan, {})).asked
            if root.name in WITHIN:
                within = {"filter": WITHIN[root.name]}
                yield root.name, "first within", self._page(plan, within).asked
                yield root.name, "deep within", self._page(plan, self._find_deep(plan, within)).asked
            for member in root.read.orders.paths if root.read.orders else ():
                ordered = {"orderBy": member} | ({"filter": WITHIN[root.name]} if root.name in WITHIN else {})
                if member is not root.read.orders.default:
                    yield root.name, f"by {member.name}", self._page(plan, self._find_deep(plan, ordered)).asked
            for number, filter_ in enumerate(FILTERS.get(root.name, ()), start=1):
                yield root.name, f"filtered {number}", self._page(plan, {"filter": filter_}).asked

    def _note(self, _connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        self._asked.append(Asked(text, parameters))

    def _page(self, plan: ConnectionPlan, arguments: dict[str, Any]) -> "_Page":
        page = page_of(arguments, plan.name, plan.read.filters)
        statement = statements.select_pages(plan, page, nested=False)
        values = self._officer if plan.name in BY_OFFICER else self._delegate
        values = values | {f"f_{name}": value for name, value in page.filters.items()} | {"page_limit": page.limit + 1}
        for number, (key, value) in enumerate(zip(statement.keys, page.cursor or (), strict=False)):
            values[f"k{number}"] = read_value(value, key.expression.type)
        rows = self._connection.execute(statement.select, values).all()
        return _Page(self._asked.pop(), rows, page.fingerprint, [key.number for key in statement.keys])

    def _find_deep(self, plan: ConnectionPlan, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of the page behind a cursor that stands near the end of the list."""
        page = self._page(plan, arguments | {"last": DEEP})
        if len(page.rows) <= PAGE:
            return arguments
        values = [page.rows[-1][number] for number in page.keys]
        return arguments | {"after": encode_cursor(page.fingerprint, values)}


class _Page(NamedTuple):
    """The statement of a page, its rows, the fingerprint of its cursors and the numbers of its keys."""

    asked: Asked
    rows: Sequence[Any]
    fingerprint: str
    keys: list[int]
