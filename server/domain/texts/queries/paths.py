"""Reading the headings that provisions stand under."""

from typing import Any, NamedTuple

from sqlalchemy import Integer, Text, TypeDecorator, case, cast, exists, func, literal, select, type_coerce
from sqlalchemy.orm import aliased

from server.documents.nesting import HEADINGS
from server.domain.texts.queries.reading import visible_provisions
from server.kernel.predicates import parents
from server.models.texts import ProvisionText
from server.vocabulary.texts import UnitKind


class HeadingAbove(NamedTuple):
    """A heading that a provision stands under."""

    key: str
    kind: UnitKind
    printed_number: str
    text: str


class _HeadingList(TypeDecorator[list[HeadingAbove]]):
    """Headings as one text: their fields with `_FIELD` between them, each heading with `_END` behind it."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Any) -> list[HeadingAbove]:
        """Return the headings in the text."""
        headings = [heading.split(_FIELD) for heading in (value or "").split(_END)[:-1]]
        return [HeadingAbove(key, UnitKind(kind), number, text) for key, kind, number, text in headings]


_DEEPEST_NESTING = 50
"""Steps up the tree after which the walk ends, so that no row that was written by hand makes it go round for ever."""
_FIELD, _END = "\x1f", "\x1e"


def paths_per_provision() -> Any:
    """Return the query for (provision text, headings above it from the outermost), by `parents`.

    One statement walks up the tree for all provisions at once. The version is seen whole or not at all.
    """
    provision, above = aliased(ProvisionText), aliased(ProvisionText)
    begin = select(
        provision.id.label("start"),
        provision.parent_id.label("above"),
        provision.text_version_id.label("version"),
        literal("", Text).label("headings"),
        literal(0, Integer).label("steps"),
    ).where(provision.id.in_(parents), visible_provisions(provision))
    walk = begin.cte("walk", recursive=True)
    fields = (above.provision_id, cast(above.kind, Text), _plain(above.printed_number), _plain(above.text))
    heading = fields[0] + _FIELD + fields[1] + _FIELD + fields[2] + _FIELD + fields[3] + _END + walk.c.headings
    step = select(
        walk.c.start,
        above.parent_id,
        walk.c.version,
        case((above.kind.in_(HEADINGS), heading), else_=walk.c.headings),
        walk.c.steps + 1,
    ).where(
        above.text_version_id == walk.c.version, above.provision_id == walk.c.above, walk.c.steps < _DEEPEST_NESTING
    )
    walk = walk.union_all(step)
    higher = aliased(ProvisionText)
    goes_on = exists().where(higher.text_version_id == walk.c.version, higher.provision_id == walk.c.above)
    return select(walk.c.start, type_coerce(walk.c.headings, _HeadingList())).where(~goes_on)


def _plain(column: Any) -> Any:
    """Return a text column without the signs that part the fields of a path."""
    return func.replace(func.replace(column, _FIELD, " "), _END, " ")
