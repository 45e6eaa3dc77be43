"""Reading silence procedures, under the visibility predicate of their noun."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import (
    Within,
    actor_capacity,
    is_secretariat,
    joined_bodies,
    led_bodies,
    present,
    sight,
    signed_in,
)
from server.models.silence import SilenceProcedure
from server.storage.rows import WANTED, get_row
from server.vocabulary.silence import SilencePhase, SilenceStatus


def visible_procedures(procedure: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a silence procedure.

    Members see each, for any of them can break it; observers and the private sector those that address them, and those
    of groups in which they take part; those who lead the body and the Secretariat see it too.
    """
    addressed = or_(
        actor_capacity == Capacity.MEMBER,
        and_(actor_capacity == Capacity.OBSERVER, procedure.open_to_observers),
        and_(actor_capacity == Capacity.PRIVATE_SECTOR, procedure.open_to_private_sector),
    )
    return and_(
        signed_in,
        or_(
            sight("the Secretariat", is_secretariat),
            sight("Members, and parties of a capacity that it addresses", addressed),
            sight("those who lead its body", procedure.body_id.in_(led_bodies)),
            sight("parties that take part in its body", procedure.body_id.in_(joined_bodies)),
        ),
    )


visible_parts = Within("procedure_id", SilenceProcedure, visible_procedures)
"""The condition that the caller sees an objection, a statement or an extension: everybody who sees the procedure."""


def in_phase(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for silence procedures in a phase that matches: `rules.phase_of` in SQL."""
    status, expires_at = column_at("status"), column_at("expires_at")
    phase_now = case(
        (status == SilenceStatus.RECORDED, SilencePhase.ADOPTED.value),
        (status != SilenceStatus.OPENED, cast(status, String)),
        (expires_at <= present, SilencePhase.ADOPTED.value),
        else_=SilencePhase.OPEN.value,
    )
    return matches(type_coerce(phase_now, String()))  # type: ignore[no-any-return]


_PROCEDURE = (
    select(SilenceProcedure)
    .where(SilenceProcedure.id == WANTED, visible_procedures(SilenceProcedure))
    .with_for_update()
)


async def hold_procedure(session: AsyncSession, actor: Actor, now: datetime, procedure_id: str) -> SilenceProcedure:
    """Return the silence procedure, locked for change, or refuse that there is none for this actor.

    Two objections, or an objection and an extension, come one after the other.
    """
    return await get_row(session, actor, now, _PROCEDURE, procedure_id, "silence procedure")
