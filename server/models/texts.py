"""Define the tables of instruments, their versions, and provisions: addressable units with a permanent key."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, and_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from server.kernel.ids import LENGTH
from server.models.base import OPTIONAL, Base, Identified, Named, choice, lock, order_key, reference, to
from server.models.bodies import Decision
from server.models.parties import Delegate
from server.vocabulary.texts import LineageKind, ReferenceStatus, UnitKind, VersionStatus


class Instrument(Named, Identified, Base):
    """A text owned by the organization that has editions: the Framework, the Technical Specifications, an annex."""

    __tablename__ = "instruments"
    prefix = "INS"
    title: Mapped[str]
    short_title: Mapped[str] = mapped_column(String(60), unique=True)
    short_title_key: Mapped[str] = order_key("short_title")


class TextVersion(Identified, Base):
    """A numbered version of an instrument. Once it is issued, the database refuses to change it or its provisions.

    A translation is a version in another language with the same permanent keys; `follows_id` is the version of the
    original that it translates. Versions are numbered in each language.
    """

    __tablename__ = "text_versions"
    __table_args__ = (UniqueConstraint("instrument_id", "language", "number"),)
    prefix = "VER"
    instrument_id: Mapped[str] = reference("instruments")
    number: Mapped[int]
    label: Mapped[str]
    language: Mapped[str] = mapped_column(String(12), default="en")
    status: Mapped[VersionStatus] = choice(VersionStatus, default=VersionStatus.WORKING)
    base_id: Mapped[str | None] = reference("text_versions")
    follows_id: Mapped[str | None] = reference("text_versions")
    source_name: Mapped[str] = mapped_column(default="")
    source_digest: Mapped[str] = mapped_column(String(64), default="", index=True)
    created_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[str | None] = reference("delegates")
    revision: Mapped[int] = lock()
    instrument: Mapped[Instrument] = to("TextVersion.instrument_id")
    base: Mapped["TextVersion | None"] = to("TextVersion.base_id", remote="TextVersion.id")
    follows: Mapped["TextVersion | None"] = to("TextVersion.follows_id", remote="TextVersion.id")
    issued_by: Mapped[Delegate | None] = to("TextVersion.issued_by_id")
    edition: Mapped["Edition | None"] = relationship(
        foreign_keys="[Edition.text_version_id]", lazy="raise", viewonly=True, uselist=False
    )


class Provision(Identified, Base):
    """The permanent key of an addressable unit. Its number and words belong to versions: see `ProvisionText`."""

    __tablename__ = "provisions"
    prefix = "PRV"
    instrument_id: Mapped[str] = reference("instruments")


class ProvisionText(Identified, Base):
    """The words of one provision in one version.

    `position` counts from 1 in reading order. `digest` is the SHA-256 of the text in UTF-8, in hexadecimal. `parent_id`
    is the key of the provision in which it stands in this version. `marks` are `[start, end, kind]`, in code points.
    `original_digest` is that of the original words which a translation translates, None in an original.
    """

    __tablename__ = "provision_texts"
    __table_args__ = (
        UniqueConstraint("text_version_id", "position"),
        UniqueConstraint("text_version_id", "provision_id"),
    )
    prefix = "PVT"
    text_version_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("text_versions.id"))
    provision_id: Mapped[str] = reference("provisions")
    position: Mapped[int]
    kind: Mapped[UnitKind] = choice(UnitKind)
    level: Mapped[int]
    printed_number: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    parent_id: Mapped[str | None] = reference("provisions")
    marks: Mapped[list[Any]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), default=list, server_default="[]"
    )
    original_digest: Mapped[str | None] = mapped_column(String(64))
    text_version: Mapped[TextVersion] = to("ProvisionText.text_version_id")
    parent: Mapped["ProvisionText | None"] = relationship(
        primaryjoin=lambda: and_(
            foreign(ProvisionText.parent_id) == remote(ProvisionText.provision_id),
            ProvisionText.text_version_id == remote(ProvisionText.text_version_id),
        ),
        lazy="raise",
        viewonly=True,
        uselist=False,
    )


def _in_same_version(key: Any) -> Any:
    """Return the join from a provision of a reference to its words in the same version."""
    return and_(
        foreign(key) == remote(ProvisionText.provision_id),
        ProvisionReference.text_version_id == remote(ProvisionText.text_version_id),
    )


class ProvisionReference(Identified, Base):
    """A reference in the words of a provision of one version: derived from them, and written anew with them.

    `start` and `end` are code points in the text of the provision. `target_id` is the key that it leads to, or that a
    DANGLING one pointed to before; `instrument` names another text, as the words do.
    """

    __tablename__ = "provision_references"
    prefix = "REF"
    text_version_id: Mapped[str] = reference("text_versions")
    provision_id: Mapped[str] = reference("provisions")
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str]
    status: Mapped[ReferenceStatus] = choice(ReferenceStatus)
    target_id: Mapped[str | None] = reference("provisions")
    instrument: Mapped[str] = mapped_column(default="")
    text_version: Mapped[TextVersion] = to("ProvisionReference.text_version_id")
    provision_text: Mapped[ProvisionText] = relationship(
        primaryjoin=lambda: _in_same_version(ProvisionReference.provision_id),
        lazy="raise",
        viewonly=True,
        uselist=False,
    )
    target_text: Mapped[ProvisionText | None] = relationship(
        primaryjoin=lambda: _in_same_version(ProvisionReference.target_id), lazy="raise", viewonly=True, uselist=False
    )


class Lineage(Identified, Base):
    """Where a provision of an imported version comes from, or what became of one of `from_version`.

    `position` counts from 1: first the provisions of the version, then those that are gone. `provision_id` is the key
    of the provision in the version, for DELETED and MERGED_INTO its key in `from_version`. `from_id` is the key that it
    comes from there, None for INSERTED; `into_id` is set for MERGED_INTO. `score` is that of `wording.alignment`.
    """

    __tablename__ = "lineages"
    __table_args__ = (UniqueConstraint("text_version_id", "provision_id"),)
    prefix = "LIN"
    text_version_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("text_versions.id"))
    from_version_id: Mapped[str] = reference("text_versions")
    position: Mapped[int]
    kind: Mapped[LineageKind] = choice(LineageKind)
    provision_id: Mapped[str] = reference("provisions")
    from_id: Mapped[str | None] = reference("provisions")
    into_id: Mapped[str | None] = reference("provisions")
    score: Mapped[float]
    confirmed_by_id: Mapped[str | None] = reference("delegates")
    confirmed_at: Mapped[datetime | None]
    text_version: Mapped[TextVersion] = to("Lineage.text_version_id")
    confirmed_by: Mapped[Delegate | None] = to("Lineage.confirmed_by_id")
    provision: Mapped["ProvisionText | None"] = relationship(
        primaryjoin=lambda: and_(
            foreign(Lineage.provision_id) == remote(ProvisionText.provision_id),
            Lineage.text_version_id == remote(ProvisionText.text_version_id),
        ),
        lazy="raise",
        viewonly=True,
        uselist=False,
        info={OPTIONAL: True},
    )
    origin: Mapped["ProvisionText | None"] = relationship(
        primaryjoin=lambda: and_(
            foreign(Lineage.from_id) == remote(ProvisionText.provision_id),
            Lineage.from_version_id == remote(ProvisionText.text_version_id),
        ),
        lazy="raise",
        viewonly=True,
        uselist=False,
        info={OPTIONAL: True},
    )


class Edition(Identified, Base):
    """An adopted, dated, immutable state of an instrument, with the decision that adopted it."""

    __tablename__ = "editions"
    prefix = "EDN"
    instrument_id: Mapped[str] = reference("instruments")
    text_version_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("text_versions.id"), unique=True)
    label: Mapped[str]
    adopted_on: Mapped[date] = mapped_column(index=True)
    decision_id: Mapped[str] = reference("decisions")
    published_at: Mapped[datetime]
    instrument: Mapped[Instrument] = to("Edition.instrument_id")
    text_version: Mapped[TextVersion] = to("Edition.text_version_id")
    decision: Mapped[Decision] = to("Edition.decision_id")
