"""A client that remembers what it sent and got, and has every act refused once."""

from collections import defaultdict
from typing import Any

from tests.factories.api import OPERATIONS, Api
from tests.factories.world import World
from tests.live.connections import Socket

BODIES = {operation.name: operation.body for operation in OPERATIONS}
STRANGER = "japan-assistant"
"""Who tries first what somebody else may do: a delegate who is no focal point and leads nothing."""
OTHERS: dict[str, str | None] = {
    "answerCall": "secretariat",
    "writeNote": "secretariat",
    "confirmReading": "japan",
    "draftComment": "secretariat",
    "draftProposal": "secretariat",
    "joinBody": "secretariat",
    "makePromise": "secretariat",
    "contribute": "secretariat",
    "objectToCorrection": "secretariat",
    "opposeComment": "secretariat",
    "supportComment": "secretariat",
    "tolerateComment": "secretariat",
    "watchObject": "gea",
    "openCalendarFeed": None,
}
"""Who tries instead, where the stranger may do the act too."""


class Recorder(Api):
    """Sends the documents of the manifests, as clients do.

    The first time that an act is done, somebody tries it who may not, or it is sent again with the revision that it
    has just made stale. So there is an example of a refusal for every act.
    """

    def __init__(self, world: World, refused: set[str]) -> None:
        super().__init__(world)
        self._refused = refused
        self._sent_of: dict[str, int] = defaultdict(int)

    async def ask(self, person: str | None, operation: str, *, acting_as: str = "", **variables: Any) -> Any:
        """Send a published query, and return `data`. Fail on any error."""
        return await self._send(person, operation, variables, acting_as)

    async def act(
        self, person: str | None, operation: str, key: str | None = None, *, acting_as: str = "", **sent: Any
    ) -> Any:
        """Send a published mutation, and return its fact or refusal. The first time it is also refused."""
        is_new = operation not in self._refused
        self._refused.add(operation)
        if is_new and "expectedRevision" not in sent:
            await self._try(OTHERS.get(operation, STRANGER), operation, sent)
        result = await self._act(person, operation, sent, acting_as, key)
        if is_new and "expectedRevision" in sent:
            await self._try(person, operation, sent, acting_as)
        return result

    async def hear(self, person: str, operation: str, act: str, **sent: Any) -> None:
        """Follow a published subscription while an act is done, and remember the first answer."""
        async with Socket(self.app) as socket:
            await socket.init(authorization=f"Bearer {await self.token(person)}")
            socket.subscribe("1", BODIES[operation])
            await self.act(person, act, **sent)
            self.app.state.server.newsroom.wake()
            self.sent.append((operation, {}, await socket.next("1")))

    async def _try(self, person: str | None, operation: str, sent: dict[str, Any], acting_as: str = "") -> None:
        refusal = await self._act(person, operation, sent, acting_as)
        assert refusal["__typename"] == "Refusal", f"{operation} by {person} is done: name another in OTHERS"

    async def _act(
        self, person: str | None, operation: str, sent: dict[str, Any], acting_as: str, key: str | None = None
    ) -> Any:
        self._sent_of[operation] += 1
        key = key or f"{operation}-{self._sent_of[operation]}"
        (result,) = (
            await self._send(person, operation, {"input": {"idempotencyKey": key, **sent}}, acting_as)
        ).values()
        return result

    async def _send(self, person: str | None, operation: str, variables: dict[str, Any], acting_as: str) -> Any:
        answer = await self.send(person, BODIES[operation], variables, acting_as=acting_as)
        self.sent.append((operation, variables, answer))
        assert "errors" not in answer, (operation, variables, answer["errors"])
        return answer["data"]
