"""Reading what is asked for of one provision, now and before, and where it comes from, as far as the reader sees it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.outline import TextTree
from server.domain.neighbours.queries.meeting import Neighbour, Pending, meet_at, read_pending, read_tree, touches
from server.domain.neighbours.queries.ordering import measure_turns
from server.domain.neighbours.queries.precedents import Precedents, as_asked, compare_with_earlier, read_origins
from server.domain.neighbours.rules.budgets import CharacterBudget
from server.domain.neighbours.rules.ordering import TakenTurn
from server.domain.texts.queries.lineages import visible_lineages
from server.domain.texts.queries.reading import visible_provisions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import signed_in
from server.models.texts import Lineage, ProvisionText, TextVersion
from server.storage.rows import NAMED, WANTED
from server.vocabulary.texts import LineageKind

MOST_LINES = 100
"""Lines of lineage that are told of one provision, those of the newest versions."""
MOST_NUMBERS = 200
"""Versions in which one provision, or one that it comes from, is told, the newest."""


class ProvisionDossier(NamedTuple):
    """What is asked for of a provision of a version, now and before, and where it comes from.

    `number_ids` are its words and those of the provisions that it comes from in every version, by number. `turns` are
    the pending amendments about it as they are taken, `pairs` what those of different proposals are to each other.
    """

    text_id: str
    key: str
    version_id: str
    number_ids: list[str]
    lineage_ids: list[str]
    are_compared: bool
    turns: list[TakenTurn]
    pairs: list[Neighbour]
    precedents: Precedents


_PROVISION = (
    select(ProvisionText.provision_id, ProvisionText.text_version_id, TextVersion.language)
    .join(TextVersion, TextVersion.id == ProvisionText.text_version_id)
    .where(ProvisionText.id == WANTED, signed_in, visible_provisions(ProvisionText))
)
_LANGUAGE = bindparam("language", type_=String)
_NUMBERS = (
    select(ProvisionText.id)
    .join(TextVersion, TextVersion.id == ProvisionText.text_version_id)
    .where(ProvisionText.provision_id.in_(NAMED), TextVersion.language == _LANGUAGE, visible_provisions(ProvisionText))
    .order_by(TextVersion.number.desc(), ProvisionText.position.desc())
    .limit(MOST_NUMBERS)
)
_LINES = (
    select(Lineage.id)
    .join(TextVersion, TextVersion.id == Lineage.text_version_id)
    .where(
        or_(Lineage.provision_id.in_(NAMED), Lineage.into_id.in_(NAMED)),
        Lineage.kind.not_in([LineageKind.UNCHANGED, LineageKind.INSERTED]),
        TextVersion.follows_id.is_(None),
        visible_lineages(Lineage),
    )
    .order_by(TextVersion.number.desc(), Lineage.position)
    .limit(MOST_LINES)
)


async def find_dossier(session: AsyncSession, actor: Actor, now: datetime, text_id: str) -> ProvisionDossier | None:
    """Return the dossier of a provision of a version, None unless the actor is signed in and sees it.

    The number of statements does not depend on what there is; words are compared outside the event loop.
    """
    if prefix_of(text_id) != ProvisionText.prefix:
        return None
    row = (await session.execute(_PROVISION, actor.parameters(now) | {WANTED.key: text_id})).one_or_none()
    if row is None:
        return None
    key, version_id, language = row
    origins = await read_origins(session, actor, now, [key])
    of_all = actor.parameters(now) | {NAMED.key: sorted(origins[key])}
    lineage_ids = list(await session.scalars(_LINES, of_all))
    number_ids = list(await session.scalars(_NUMBERS, of_all | {_LANGUAGE.key: language}))[::-1]
    pending = await read_pending(session, actor, now, version_id)
    base = await read_tree(session, version_id)
    gathering = await asyncio.to_thread(gather, base, pending, key)
    words = {provision.key: provision.text for provision in base}
    own = [each for each in as_asked(gathering.about, words) if each.key == key]
    precedents = await compare_with_earlier(session, actor, now, own, origins)
    return ProvisionDossier(
        text_id=text_id,
        key=key,
        version_id=version_id,
        number_ids=number_ids,
        lineage_ids=lineage_ids,
        are_compared=gathering.are_compared,
        turns=gathering.turns,
        pairs=gathering.pairs,
        precedents=precedents,
    )


class PendingAbout(NamedTuple):
    """The pending amendments about one provision, as they are taken, and what they are to each other."""

    about: list[Pending]
    turns: list[TakenTurn]
    pairs: list[Neighbour]
    are_compared: bool


def gather(base: Sequence[BaseText], pending: Sequence[Pending], key: str) -> PendingAbout:
    """Return what pending amendments on a text ask for of one provision, compared within a budget each."""
    outline = TextTree(base)
    about = [each for each in pending if touches(outline, each, key)]
    turns = measure_turns(outline, about, CharacterBudget())
    is_complete, pairs = meet_at(base, outline, about)
    return PendingAbout(about, turns, pairs, is_complete and all(each.distance is not None for each in turns))
