"""Define what translations owe: provisions of which the original words changed. A view, computed at each reading."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, null, or_, select, union_all
from sqlalchemy.orm import Mapped

from server.models.base import Base, table_of
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.texts import UnitKind, VersionStatus

_VERSION, _NEWEST = table_of(TextVersion).alias("v"), table_of(TextVersion).alias("n")
_ORIGINAL, _TRANSLATION, _FOLLOWED = (table_of(ProvisionText).alias(name) for name in ("o", "t", "f"))
_SAME = _TRANSLATION.c.provision_id == _ORIGINAL.c.provision_id
_IS_TRANSLATION = _VERSION.c.follows_id.is_not(None)


def _measure() -> ColumnElement[str]:
    """Return the version of the original that a translation is measured by.

    While it is being made that is the version that it follows; once it is issued, the newest issued one.
    """
    of_original = (_NEWEST.c.instrument_id == _VERSION.c.instrument_id, _NEWEST.c.follows_id.is_(None))
    issued = select(_NEWEST.c.id).where(*of_original, _NEWEST.c.status == VersionStatus.ISSUED)
    # Said here, because inside EXISTS nothing is correlated by itself: every version of every text would be compared.
    newest = issued.order_by(_NEWEST.c.number.desc()).limit(1).correlate(_VERSION).scalar_subquery()
    return case((_VERSION.c.status == VersionStatus.ISSUED, newest), else_=_VERSION.c.follows_id)


def _before() -> ColumnElement[str]:
    """Return the words of the original that a translation renders."""
    known, source = table_of(ProvisionText).alias("k"), table_of(TextVersion).alias("s")
    rendered = (
        known.c.provision_id == _TRANSLATION.c.provision_id,
        known.c.digest == _TRANSLATION.c.original_digest,
        source.c.follows_id.is_(None),
    )
    words = select(known.c.text).join(source, source.c.id == known.c.text_version_id).where(*rendered)
    return words.limit(1).scalar_subquery()


def _list_columns(provision: Any, now: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of the view, for a provision with the words `now` in the original."""
    return (
        (_VERSION.c.id + provision.c.provision_id).label("id"),
        _VERSION.c.id.label("text_version_id"),
        provision.c.provision_id,
        provision.c.position,
        provision.c.kind,
        provision.c.printed_number,
        _before().label("original_before"),
        now.label("original_now"),
        _TRANSLATION.c.text.label("translation"),
    )


def _select_changed() -> Select[Any]:
    """Return the query for provisions of the original that are changed or new since they were translated."""
    stood = (_FOLLOWED.c.text_version_id == _VERSION.c.follows_id, _FOLLOWED.c.provision_id == _ORIGINAL.c.provision_id)
    is_new = and_(_TRANSLATION.c.id.is_(None), ~select(_FOLLOWED.c.id).where(*stood).exists())
    rendered = _TRANSLATION.c.original_digest
    is_changed = and_(_TRANSLATION.c.id.is_not(None), or_(rendered.is_(None), rendered != _ORIGINAL.c.digest))
    return (
        select(*_list_columns(_ORIGINAL, _ORIGINAL.c.text))
        .select_from(_VERSION)
        .join(_ORIGINAL, _ORIGINAL.c.text_version_id == _measure())
        .outerjoin(_TRANSLATION, and_(_TRANSLATION.c.text_version_id == _VERSION.c.id, _SAME))
        .where(_IS_TRANSLATION, or_(is_new, is_changed))
    )


def _select_deleted() -> Select[Any]:
    """Return the query for translations of provisions that do not stand in the original any more."""
    stands = select(_ORIGINAL.c.id).where(_ORIGINAL.c.text_version_id == _measure(), _SAME).exists()
    return (
        select(*_list_columns(_TRANSLATION, cast(null(), Text)))
        .select_from(_VERSION)
        .join(_TRANSLATION, _TRANSLATION.c.text_version_id == _VERSION.c.id)
        .where(_IS_TRANSLATION, _TRANSLATION.c.original_digest.is_not(None), ~stands)
    )


class TranslationDebt(Base):
    """A provision of a translation that does not render the present words of the original.

    `original_before` are the words that the translation renders, None for a new provision; `original_now` those that
    stand in the original, None where it was deleted; `translation` is None where there is none yet.
    """

    __table__ = union_all(_select_changed(), _select_deleted()).subquery("translation_debts")
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    text_version_id: Mapped[str]
    provision_id: Mapped[str]
    position: Mapped[int]
    kind: Mapped[UnitKind]
    printed_number: Mapped[str]
    original_before: Mapped[str | None]
    original_now: Mapped[str | None]
    translation: Mapped[str | None]
