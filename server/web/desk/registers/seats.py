"""In which state a seat or an invitation is, as a code that templates put into words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from server.web.look.times import instant_of


def state_of_seat(seat: Mapping[str, Any], now: datetime) -> str:
    """Return "ended", "to come" or "present" for an accreditation or a mandate: its days are days in UTC."""
    today = str(now.astimezone(UTC).date())
    if seat["endedAt"] or (seat["endsOn"] and str(seat["endsOn"]) < today):
        return "ended"
    return "to come" if str(seat["startsOn"]) > today else "present"


def state_of_invitation(invitation: Mapping[str, Any], now: datetime) -> str:
    """Return "accepted", "withdrawn", "expired" or "open"."""
    if invitation["acceptedAt"]:
        return "accepted"
    if invitation["withdrawnAt"]:
        return "withdrawn"
    return "expired" if instant_of(invitation["expiresAt"]) <= now else "open"
