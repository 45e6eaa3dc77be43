"""Write a SELECT as text for the driver: once, so that a read costs the driver's work and no more.

SQLAlchemy compiles the statement; at execution nothing of it is left. Constants of the statement are literals in the
text, so that a generic plan knows them. A parameter that is a list of values (`expanding`) is one array, so that the
text does not depend on how many values there are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import ARRAY, BindParameter, Dialect, Enum, Float, Numeric, Select, String
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.compiler import OPERATORS, SQLCompiler
from sqlalchemy.types import NullType, TypeEngine

from server.kernel.instants import Instant

Converter = Callable[[Any], Any]


class DriverStatement:
    """The text of one SELECT for one driver, with what turns values into arguments and columns into values.

    `judged` are the numbers of the columns that a rule looks at: only these are converted to enumerations. All others
    leave as the text that the database keeps.
    """

    __slots__ = ("_binders", "_converters", "encoded", "text")

    def __init__(self, select: Select[Any], dialect: str, judged: AbstractSet[int] = frozenset()) -> None:
        compiled: Any = select.compile(dialect=_DIALECTS[dialect])
        self.text: str = compiled.string
        self.encoded = self.text.encode()
        """The text as one and the same object, of which psycopg need not find out the bytes and the hash anew."""
        binders: dict[str, Converter] = {**compiled._bind_processors, **compiled.list_binders}
        self._binders = tuple((name, binders.get(name)) for name in compiled.positiontup)
        self._converters = tuple(_find_converters(select, _DIALECTS[dialect], judged))

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the arguments of one execution, in the order of the text."""
        return [values[name] if bind is None else bind(values[name]) for name, bind in self._binders]

    def convert(self, rows: list[Any]) -> Sequence[Any]:
        """Return the rows that the driver fetched, with the values that the columns have in Python."""
        if not self._converters:
            return rows
        converted = [list(row) for row in rows]
        for number, convert in self._converters:
            for row in converted:
                if row[number] is not None:
                    row[number] = convert(row[number])
        return converted


def _find_converters(select: Select[Any], dialect: Dialect, judged: AbstractSet[int]) -> list[tuple[int, Converter]]:
    """Return the number of each column that is converted, and its conversion."""
    converters: list[tuple[int, Converter]] = []
    for number, column in enumerate(select.selected_columns):
        kind = column.type
        if isinstance(kind, Enum):
            members: Mapping[str, Any] = getattr(kind.enum_class, "__members__", {})
            if number in judged or any(name != member.value for name, member in members.items()):
                converters.append((number, members.__getitem__))
        elif isinstance(kind, Instant | Float | Numeric) and dialect.name == "postgresql":
            continue  # psycopg gives instants in UTC, and numbers as they are declared
        elif convert := kind.dialect_impl(dialect).result_processor(dialect, None):
            converters.append((number, convert))
    return converters


class KeptStatement:
    """A SELECT with its text for each driver, which is written at first use and kept."""

    __slots__ = ("_judged", "_select", "_texts")

    def __init__(self, select: Select[Any], judged: AbstractSet[int] = frozenset()) -> None:
        self._select = select
        self._judged = judged
        self._texts: dict[str, DriverStatement] = {}

    def text_for(self, dialect: str) -> DriverStatement:
        """Return the statement for the driver of a database."""
        text = self._texts.get(dialect)
        if text is None:
            text = self._texts[dialect] = DriverStatement(self._select, dialect, self._judged)
        return text


class _Writing(SQLCompiler):
    """What the compilers of both dialects do in another way than SQLAlchemy's: constants and lists."""

    list_binders: dict[str, Converter]
    """Functions that turn a list of values into one argument, by the name of the parameter."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        self.list_binders = {}
        super().__init__(*args, **kw)  # which compiles

    def visit_bindparam(self, bindparam: BindParameter[Any], *args: Any, **kw: Any) -> str:
        """Write a constant as a literal, and anything else as a parameter."""
        if not bindparam.required and bindparam.callable is None:
            kw["literal_binds"] = True
        return super().visit_bindparam(bindparam, *args, **kw)  # type: ignore[no-untyped-call,no-any-return]

    def visit_in_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        """Write IN; a list that comes at execution is one array."""
        return self._write_in(binary, operator, negated=False, **kw)

    def visit_not_in_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        """Write NOT IN in the same way."""
        return f"({self._write_in(binary, operator, negated=True, **kw)})"

    def _write_in(self, binary: Any, operator: Any, *, negated: bool, **kw: Any) -> str:
        values = binary.right
        if not isinstance(values, BindParameter) or not values.expanding or not values.required:
            return self._generate_generic_binary(binary, OPERATORS[operator], **kw)
        bind = values.type.dialect_impl(self.dialect).bind_processor(self.dialect)
        self.list_binders[values.key] = self._bind_list(bind)
        return self._write_list(self.process(binary.left, **kw), values, negated=negated)

    def _write_parameter(self, name: str, kind: TypeEngine[Any]) -> str:
        return self.visit_bindparam(BindParameter(name, type_=kind, required=True))

    def _bind_list(self, bind: Converter | None) -> Converter:
        raise NotImplementedError

    def _write_list(self, left: str, values: BindParameter[Any], *, negated: bool) -> str:
        raise NotImplementedError


class _PostgresqlWriting(_Writing, PGCompiler_psycopg):
    """Writes `= ANY ($1::VARCHAR[])`."""

    def _bind_list(self, bind: Converter | None) -> Converter:
        return lambda values: [*values] if bind is None else [bind(value) for value in values]

    def _write_list(self, left: str, values: BindParameter[Any], *, negated: bool) -> str:
        is_text = isinstance(values.type, String | NullType)
        array = self._write_parameter(values.key, ARRAY(String() if is_text else values.type))
        return f"{left} <> ALL ({array})" if negated else f"{left} = ANY ({array})"


class _SqliteWriting(_Writing, SQLiteCompiler):
    """Writes `IN (SELECT value FROM json_each(?))`."""

    def _bind_list(self, bind: Converter | None) -> Converter:
        return lambda values: json.dumps([*values] if bind is None else [bind(value) for value in values])

    def _write_list(self, left: str, values: BindParameter[Any], *, negated: bool) -> str:
        array = self._write_parameter(values.key, String())
        return f"{left} {'NOT IN' if negated else 'IN'} (SELECT value FROM json_each({array}))"


class _Postgresql(PGDialect_psycopg):
    statement_compiler = _PostgresqlWriting
    supports_statement_cache = True


class _Sqlite(SQLiteDialect_pysqlite):
    statement_compiler = _SqliteWriting
    supports_statement_cache = True


_DIALECTS: dict[str, Dialect] = {
    "postgresql": _Postgresql(paramstyle="numeric_dollar"),  # type: ignore[no-untyped-call]
    "sqlite": _Sqlite(paramstyle="qmark"),
}
