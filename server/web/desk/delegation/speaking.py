"""For whom the visitor writes and files, and what is offered to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from server.web.desk.visits import NothingHere, Visit


def own_party(visit: Visit) -> Mapping[str, Any]:
    """Return the party for which the visitor speaks. Raise NothingHere if it is none, or the Secretariat."""
    if visit.speaks is None or visit.is_secretariat:
        raise NothingHere
    party: Mapping[str, Any] = visit.speaks["party"]
    return party


def offer_of(thing: Mapping[str, Any], act: str) -> Mapping[str, Any] | None:
    """Return what an object says about one of its acts, None if it does not offer it."""
    offers: Sequence[Mapping[str, Any]] = thing["availableActs"]
    return next((offer for offer in offers if offer["act"] == act), None)


def filing_offer(drafts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return what is offered about filing: of a draft that can be filed, otherwise of the first one; None for none."""
    offers = [offer for draft in drafts if (offer := offer_of(draft, "CLEAR_COMMENT"))]
    return next((offer for offer in offers if offer["isAllowed"]), offers[0] if offers else None)
