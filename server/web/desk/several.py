"""Several acts by one form: each is sent by itself under a key of its own, so that one refusal leaves the others."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from server.transport.errors import RequestRefused
from server.transport.published import Data, Failed

MOST_AT_ONCE = 50
"""Things that one form acts on: a page of them."""


class Ticked(Protocol):
    """A thing that a form names."""

    @property
    def id(self) -> str:
        """Its id."""


T = TypeVar("T", bound=Ticked)


def unanswered(message: str) -> Data:
    """Return what stands in the place of a refusal where the server turned a request down, or could not answer.

    `message` is "" if it gave no reason.
    """
    return {"__typename": "Refusal", "kind": "", "code": "", "message": message, "issues": [], "unlocksAt": None}


async def send_each(things: Sequence[T], send: Callable[[T], Awaitable[Data]]) -> dict[str, Mapping[str, Any]]:
    """Send one act for each thing, in their order, and return the refusals by the id of the thing.

    If the server turns a request down, for instance because there were too many, the rest is not tried.
    """
    refusals: dict[str, Mapping[str, Any]] = {}
    for place, each in enumerate(things):
        try:
            fact = await send(each)
        except (RequestRefused, Failed) as failure:
            message = str(failure) if isinstance(failure, RequestRefused) else ""
            return refusals | {rest.id: unanswered(message) for rest in things[place:]}
        if fact["__typename"] == "Refusal":
            refusals[each.id] = fact
    return refusals
