"""Reading texts, each under the visibility predicate of its noun."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Integer,
    Text,
    TypeDecorator,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.documents.nesting import HEADINGS
from server.domain.texts.rules import TRUSTED
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import is_leading, is_secretariat, parents, sight, signed_in
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, not_found
from server.models.texts import Edition, Instrument, Lineage, ProvisionText, TextVersion
from server.vocabulary.texts import UnitKind, VersionStatus


def visible_instruments(instrument: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an instrument: every delegate does."""
    return signed_in


def visible_versions(version: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a version.

    Issued versions are seen by every delegate, working ones by the Secretariat and by those who lead a body.
    """
    return and_(
        signed_in,
        or_(
            sight("every delegate, now that it is issued", version.status == VersionStatus.ISSUED),
            sight("the Secretariat", is_secretariat),
            sight("those who lead a body", is_leading),
        ),
    )


def visible_provisions(provision: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees the words of a provision: they see the version."""
    return provision.text_version_id.in_(select(TextVersion.id).where(visible_versions(TextVersion)))  # type: ignore[no-any-return]


def visible_lineages(lineage: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees where a provision comes from: they see the version."""
    return lineage.text_version_id.in_(select(TextVersion.id).where(visible_versions(TextVersion)))  # type: ignore[no-any-return]


def is_unconfirmed(column_at: Callable[[str], Any], waits: BindParameter[bool]) -> ColumnElement[bool]:
    """Return the filter for lines of lineage that wait for a person, or do not: `rules.needs_confirmation` in SQL."""
    waits.type = Boolean()  # the filter comes from GraphQL without a type
    return and_(column_at("score") < TRUSTED, column_at("confirmed_at").is_(None)) == waits


def visible_editions(edition: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an edition: every delegate does."""
    return signed_in


async def get_version(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, *, lock: bool = False
) -> TextVersion:
    """Return the version with its instrument and edition, or refuse that there is none for this actor.

    `lock` takes the version for change.
    """
    statement = (
        select(TextVersion)
        .where(TextVersion.id == version_id, visible_versions(TextVersion))
        .options(joinedload(TextVersion.instrument), joinedload(TextVersion.edition))
    )
    if lock:
        statement = statement.with_for_update(of=TextVersion)
    version = await session.scalar(statement, actor.parameters(now))
    if version is None:
        raise not_found("version")
    return version


async def are_comparable(session: AsyncSession, actor: Actor, now: datetime, one_id: str, other_id: str) -> bool:
    """Return whether the actor sees both versions and they are of one instrument."""
    statement = select(TextVersion.id, TextVersion.instrument_id).where(
        TextVersion.id.in_([one_id, other_id]), visible_versions(TextVersion)
    )
    rows = (await session.execute(statement, actor.parameters(now))).all()
    return {row.id for row in rows} == {one_id, other_id} and len({row.instrument_id for row in rows}) == 1


async def get_provision(session: AsyncSession, actor: Actor, now: datetime, provision_text_id: str) -> ProvisionText:
    """Return one provision of one version, or refuse that there is none for this actor."""
    statement = select(ProvisionText).where(ProvisionText.id == provision_text_id, visible_provisions(ProvisionText))
    provision = await session.scalar(statement, actor.parameters(now))
    if provision is None:
        raise not_found("provision")
    return provision


async def provisions_of(session: AsyncSession, version_id: str) -> Sequence[ProvisionText]:
    """Return all provisions of a version in reading order.

    The caller has already checked that the actor sees the version.
    """
    statement = select(ProvisionText).where(ProvisionText.text_version_id == version_id)
    return (await session.scalars(statement.order_by(ProvisionText.position))).all()


async def lineage_of(session: AsyncSession, version_id: str) -> Sequence[Lineage]:
    """Return every line of the lineage of a version, in order. The caller has checked that the actor sees it."""
    statement = select(Lineage).where(Lineage.text_version_id == version_id)
    return (await session.scalars(statement.order_by(Lineage.position))).all()


async def unconfirmed_lineage(session: AsyncSession, version_id: str) -> Sequence[Lineage]:
    """Return the lines of the lineage of a version that wait for a person, in order."""
    waiting = (Lineage.score < TRUSTED, Lineage.confirmed_at.is_(None))
    statement = select(Lineage).where(Lineage.text_version_id == version_id, *waiting)
    return (await session.scalars(statement.order_by(Lineage.position))).all()


async def find_version_at(
    session: AsyncSession, actor: Actor, now: datetime, instrument_id: str, instant: datetime
) -> str | None:
    """Return the id of the version of an instrument that was issued last at or before an instant.

    None where none was issued by then, or none that the actor sees.
    """
    if prefix_of(instrument_id) != Instrument.prefix:
        return None
    issued = (TextVersion.status == VersionStatus.ISSUED, TextVersion.issued_at <= instant)
    statement = (
        select(TextVersion.id)
        .where(TextVersion.instrument_id == instrument_id, *issued, visible_versions(TextVersion))
        .order_by(TextVersion.issued_at.desc(), TextVersion.number.desc())
    )
    return await session.scalar(statement.limit(1), actor.parameters(now))


async def find_edition_at(
    session: AsyncSession, actor: Actor, now: datetime, instrument_id: str, day: date
) -> str | None:
    """Return the id of the edition of an instrument in force on a day: the one adopted last on or before it.

    None where none was adopted by then, or none that the actor sees. Of two adopted on one day, the one published later
    is in force.
    """
    if prefix_of(instrument_id) != Instrument.prefix:
        return None
    statement = (
        select(Edition.id)
        .where(Edition.instrument_id == instrument_id, Edition.adopted_on <= day, visible_editions(Edition))
        .order_by(Edition.adopted_on.desc(), Edition.published_at.desc(), Edition.id.desc())
    )
    return await session.scalar(statement.limit(1), actor.parameters(now))


async def find_instrument(session: AsyncSession, short_title: str) -> Instrument | None:
    """Return the instrument with this short title, None where there is none."""
    return await session.scalar(select(Instrument).where(Instrument.short_title == short_title))


async def lock_instrument(session: AsyncSession, instrument_id: str) -> None:
    """Lock an instrument, so that one act at a time makes versions of it.

    A second act waits and then sees the version of the first.
    """
    await session.execute(select(Instrument.id).where(Instrument.id == instrument_id).with_for_update())


async def is_superseded(session: AsyncSession, version: TextVersion) -> bool:
    """Return whether a later version of the same instrument is issued."""
    later = (TextVersion.instrument_id == version.instrument_id, TextVersion.number > version.number)
    issued = select(TextVersion.id).where(*later, TextVersion.status == VersionStatus.ISSUED)
    return await session.scalar(issued.limit(1)) is not None


async def ensure_latest(session: AsyncSession, version_id: str) -> None:
    """Raise a refusal if a later version of the text is issued: work on this one would be lost."""
    if await is_superseded(session, await session.get_one(TextVersion, version_id)):
        message = "A later version of this text is issued; work goes on on that one."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)


async def find_import(session: AsyncSession, instrument_id: str, source_digest: str) -> TextVersion | None:
    """Return the version that was read from exactly this document and was not abandoned, None where there is none."""
    same = (TextVersion.instrument_id == instrument_id, TextVersion.source_digest == source_digest)
    return await session.scalar(select(TextVersion).where(*same, TextVersion.status != VersionStatus.ABANDONED))


async def latest_issued(session: AsyncSession, instrument_id: str) -> TextVersion | None:
    """Return the issued version of an instrument with the highest number, None where none is issued."""
    statement = select(TextVersion).where(
        TextVersion.instrument_id == instrument_id, TextVersion.status == VersionStatus.ISSUED
    )
    return await session.scalar(statement.order_by(TextVersion.number.desc()).limit(1))


async def find_working(session: AsyncSession, instrument_id: str) -> TextVersion | None:
    """Return the version of an instrument that is being made, None where there is none."""
    statement = select(TextVersion).where(
        TextVersion.instrument_id == instrument_id, TextVersion.status == VersionStatus.WORKING
    )
    return await session.scalar(statement.limit(1))


async def latest_version(session: AsyncSession, instrument_id: str) -> TextVersion | None:
    """Return the version of an instrument with the highest number, in any status, None where there is none."""
    statement = select(TextVersion).where(TextVersion.instrument_id == instrument_id)
    return await session.scalar(statement.order_by(TextVersion.number.desc()).limit(1))


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
