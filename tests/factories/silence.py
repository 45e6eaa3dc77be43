"""Silence procedures of a world."""

from datetime import timedelta
from typing import Any

from server.domain.silence.actions import opening
from server.kernel.actor import Capacity
from tests.factories.world import NOW, World

EXPIRES = NOW + timedelta(days=14)
"""The last instant of a silence procedure that is opened without saying another."""
TEXT = "The Committee endorses the flow charts as they stand in Draft 1."


def silence(world: World, **changed: Any) -> dict[str, Any]:
    """Return what `open_silence` takes: the PTC decides on a text of its own, and everybody is heard."""
    good = {"body_id": world.bodies["ptc"], "title": "Flow charts", "text": TEXT, "subject_id": None}
    good |= {"expires_at": EXPIRES, "zone": "Europe/Brussels"}
    return good | {"audience": frozenset({Capacity.OBSERVER, Capacity.PRIVATE_SECTOR})} | changed


async def open_silence(world: World, **changed: Any) -> str:
    """Open a silence procedure as the Secretariat, and return its id."""
    return await world.do("secretariat", opening.open_silence, **silence(world, **changed))
