"""Reading texts, each under the visibility predicate of its noun."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
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
from server.domain.texts.rules import (
    DefinedTerm,
    LocatedReference,
    NumberedProvision,
    keys_inside,
    list_own_names,
    list_own_terms,
)
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import is_leading, is_secretariat, parents, sight, signed_in
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, not_found
from server.models.texts import Edition, Instrument, ProvisionReference, ProvisionText, TextVersion
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


def visible_references(reference: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a reference: they see the version in whose words it stands."""
    return reference.text_version_id.in_(select(TextVersion.id).where(visible_versions(TextVersion)))  # type: ignore[no-any-return]


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


async def find_provision(session: AsyncSession, version_id: str, key: str) -> ProvisionText | None:
    """Return the provision with a permanent key in a version, None where it does not stand.

    The caller has already checked that the actor sees the version.
    """
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == key)
    return await session.scalar(select(ProvisionText).where(*place))


async def provisions_of(session: AsyncSession, version_id: str) -> Sequence[ProvisionText]:
    """Return all provisions of a version in reading order.

    The caller has already checked that the actor sees the version.
    """
    statement = select(ProvisionText).where(ProvisionText.text_version_id == version_id)
    return (await session.scalars(statement.order_by(ProvisionText.position))).all()


class Section(NamedTuple):
    """A provision with everything inside it: the ids of their words in reading order, and all words."""

    provision_ids: list[str]
    text: str


async def find_section(session: AsyncSession, actor: Actor, now: datetime, provision_text_id: str) -> Section | None:
    """Return a provision of a version with everything inside it, None unless the actor sees the version."""
    of_version = aliased(ProvisionText)
    statement = (
        select(of_version)
        .join(ProvisionText, ProvisionText.text_version_id == of_version.text_version_id)
        .where(ProvisionText.id == provision_text_id, visible_provisions(ProvisionText))
        .order_by(of_version.position)
    )
    rows = {row.provision_id: row for row in await session.scalars(statement, actor.parameters(now))}
    root = next((row.provision_id for row in rows.values() if row.id == provision_text_id), None)
    if root is None:
        return None
    section = [rows[key] for key in keys_inside(root, ((row.provision_id, row.parent_id) for row in rows.values()))]
    lines = (f"{row.printed_number} {row.text}".strip() for row in section)
    return Section([row.id for row in section], "\n".join(line for line in lines if line))


async def references_of(
    session: AsyncSession, version_id: str, keys: Collection[str] | None = None
) -> dict[str, list[LocatedReference]]:
    """Return the references in a version by key of the provision, all or those of `keys`, in text order."""
    columns = [
        getattr(ProvisionReference, name) for name in ("start", "end", "words", "status", "target_id", "instrument")
    ]
    statement = select(ProvisionReference.provision_id, *columns).where(
        ProvisionReference.text_version_id == version_id
    )
    if keys is not None:
        statement = statement.where(ProvisionReference.provision_id.in_(keys))
    references: dict[str, list[LocatedReference]] = {}
    for key, *values in await session.execute(
        statement.order_by(ProvisionReference.provision_id, ProvisionReference.start)
    ):
        references.setdefault(key, []).append(LocatedReference(*values))
    return references


async def own_names_of(session: AsyncSession, version_id: str) -> frozenset[str]:
    """Return the names under which the text of a version speaks of itself."""
    titles = select(Instrument.title, Instrument.short_title).join(
        TextVersion, TextVersion.instrument_id == Instrument.id
    )
    title, short_title = (await session.execute(titles.where(TextVersion.id == version_id))).one()
    return list_own_names(title, short_title)


async def numbered_of(session: AsyncSession, version_id: str) -> list[NumberedProvision]:
    """Return the provisions of a version in reading order, as numbering and references see them."""
    columns = [
        getattr(ProvisionText, name)
        for name in ("provision_id", "kind", "level", "printed_number", "text", "parent_id")
    ]
    statement = select(*columns).where(ProvisionText.text_version_id == version_id).order_by(ProvisionText.position)
    return [NumberedProvision(*row) for row in await session.execute(statement)]


async def find_terms(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> list[DefinedTerm] | None:
    """Return the terms that a version defines, with their uses; None unless the actor sees the version."""
    if prefix_of(version_id) != TextVersion.prefix:
        return None
    visible = select(TextVersion.id).where(TextVersion.id == version_id, visible_versions(TextVersion))
    if await session.scalar(visible, actor.parameters(now)) is None:
        return None
    return await asyncio.to_thread(list_own_terms, await numbered_of(session, version_id))


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


async def latest_issued(session: AsyncSession, version_id: str) -> str:
    """Return the id of the latest issued version of the instrument that a version is of."""
    instrument = select(TextVersion.instrument_id).where(TextVersion.id == version_id).scalar_subquery()
    issued = (TextVersion.instrument_id == instrument, TextVersion.status == VersionStatus.ISSUED)
    latest = select(TextVersion.id).where(*issued).order_by(TextVersion.number.desc()).limit(1)
    return await session.scalar(latest) or version_id


async def ensure_latest(session: AsyncSession, version_id: str) -> None:
    """Raise a refusal if a later version of the text is issued: work on this one would be lost."""
    if await is_superseded(session, await session.get_one(TextVersion, version_id)):
        message = "A later version of this text is issued; work goes on on that one."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)


async def find_import(session: AsyncSession, instrument_id: str, source_digest: str) -> TextVersion | None:
    """Return the version that was read from exactly this document and was not abandoned, None where there is none."""
    same = (TextVersion.instrument_id == instrument_id, TextVersion.source_digest == source_digest)
    return await session.scalar(select(TextVersion).where(*same, TextVersion.status != VersionStatus.ABANDONED))


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
