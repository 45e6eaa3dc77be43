"""The story of people and programs, told through the API and the pages.

They are invited and accredited, hand seats over, speak for others and are suspended. A journey test checks the story on
both databases; examples of `frontend-contracts/` are recorded from it.
"""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from server.models.outbox import Letter
from server.models.parties import Person
from tests.factories.api import Api
from tests.factories.world import NOW

TODAY = NOW.date().isoformat()
LATER = (NOW.date() + timedelta(days=300)).isoformat()
SECRET = re.compile(r"/invitation\?secret=([\w-]{43})")
PASSWORD = "eight louder islands"


class People:
    """Each chapter does one step and remembers what the next ones need."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.world = api.world
        self.account: dict[str, Any] = {}
        self.function: dict[str, Any] = {}

    async def a_delegate_is_invited(self) -> Any:
        """Invite as the focal point of GEA: for the own party, and in vain for another. The invited person accepts."""
        invited = {"name": "Nora Newcomer", "email": "nora@example.org", "startsOn": TODAY}
        refused = await self.api.act("gea", "inviteDelegate", partyId=self.world.parties["japan"], **invited)
        await self.api.act("gea", "inviteDelegate", partyId=self.world.parties["gea"], **invited)
        await self.api.ask("gea", "InvitationList", first=10)
        await self._take_up("nora@example.org", "nora")
        return refused, await self.api.ask("nora", "Viewer")

    async def the_seat_is_handed_over(self) -> Any:
        """Hand Nora's seat over to Noel. From then on her sign-in is worth nothing for the party."""
        delegate = (await self.api.ask("nora", "Home"))["viewer"]["delegate"]
        sent = {"delegateId": delegate["id"], "name": "Noel Newer", "email": "noel@example.org", "startsOn": TODAY}
        await self.api.act("gea", "handOverSeat", **sent, reason="A new post.", expectedRevision=1)
        await self._take_up("noel@example.org", "noel")
        return await self.api.ask("nora", "Viewer"), await self.api.ask("noel", "Viewer")

    async def a_party_speaks_for_another(self) -> Any:
        """Give Japan a mandate of Canada. The focal point of Japan can then choose to speak for Canada."""
        parties = {"partyId": self.world.parties["canada"], "byPartyId": self.world.parties["japan"]}
        days = {"startsOn": TODAY, "endsOn": LATER}
        granted = await self.api.act(
            "canada", "grantRepresentation", **parties, **days, evidence="Letter of 3 September"
        )
        standing = granted["representation"]["id"]
        await self.api.ask("japan", "RepresentationList", first=10)
        return await self.api.ask("japan", "Viewer", acting_as=standing)

    async def programs_act(self) -> Any:
        """Register an editor as the Secretariat; open and close a service account of Japan."""
        editor = {"name": "Editor", "purpose": "Writing comments beside the text.", "kind": "NATIVE"}
        await self.api.act(
            "secretariat", "registerApplication", **editor, redirectUris=["http://127.0.0.1/answer"], scopes=["COMMENT"]
        )
        sent = {"partyId": self.world.parties["japan"], "name": "Tracker", "purpose": "Watches deadlines."}
        opened = await self.api.act("japan", "openServiceAccount", **sent, scopes=["READ"], endsOn=LATER)
        self.account = opened["application"]
        await self.api.ask("japan", "ApplicationList", first=10)
        closed = {"applicationId": self.account["id"], "reason": "Not needed.", "expectedRevision": 1}
        return opened, await self.api.act("japan", "closeServiceAccount", **closed)

    async def a_function_begins_and_ends(self) -> Any:
        """Appoint UPU co-chair of the group, and end the function again."""
        seat = {"bodyId": self.world.bodies["group"], "partyId": self.world.parties["upu"], "kind": "CO_CHAIR"}
        appointed = await self.api.act("secretariat", "appointFunction", **seat, startsOn=TODAY)
        self.function = appointed["function"]
        leads = await self.api.ask("upu", "Home")
        ended = {"functionId": self.function["id"], "reason": "The group agreed.", "expectedRevision": 1}
        await self.api.act("secretariat", "endFunction", **ended)
        return leads, await self.api.ask("upu", "Home")

    async def a_person_is_suspended(self) -> Any:
        """Suspend Noel, so that his token is worth nothing at once, and restore him."""
        token, sent = await self.api.token("noel"), {"personId": self.world.persons["noel"], "reason": "Lost laptop."}
        await self.api.act("secretariat", "suspendPerson", **sent, expectedRevision=1)
        answer = await self._asked_with(token)
        await self.api.ask("secretariat", "PersonDetail", id=self.world.persons["noel"])
        await self.api.act("secretariat", "restorePerson", **sent, expectedRevision=2)
        again = await self._asked_with(await self.api.token("noel"))
        return answer.status_code, again.status_code

    async def the_secretariat_asks_why(self) -> Any:
        """Ask as the Secretariat who sees the party's record, who may do what, and why."""
        audience = await self.api.ask("secretariat", "AudienceOfObject", objectId=self.function["id"], first=3)
        rights = await self.api.ask("secretariat", "RightsOfPerson", personId=self.world.persons["nora"])
        return audience["audience"], rights["rights"]

    async def people_say_how_they_want_it(self) -> Any:
        """Set Noel's language, zone and notices, and read his tasks."""
        sent = {"personId": self.world.persons["noel"], "language": "fr", "zone": "Europe/Paris", "notices": "NONE"}
        await self.api.ask("gea", "TaskList")
        return await self.api.act("noel", "correctProfile", **sent, expectedRevision=3)

    async def a_name_is_corrected(self) -> Any:
        """Correct the name of Noel, who may not correct his address himself, and his address as the Secretariat."""
        sent = {"personId": self.world.persons["noel"], "reason": "Misspelt in the note.", "expectedRevision": 4}
        await self.api.act("noel", "correctPerson", **sent, email="noel.baker@example.org")
        return await self.api.act("secretariat", "correctPerson", **sent, name="Noel Baker")

    async def _asked_with(self, token: str) -> Any:
        headers = {"authorization": f"Bearer {token}"}
        return await self.api._client.post("/graphql", json={"query": "{ answeredAt }"}, headers=headers)

    async def _take_up(self, email: str, key: str) -> None:
        """Follow the link in the letter to an address, and choose a password."""
        async with self.world.database.studying() as session:
            letter = await session.scalar(select(Letter.text).where(Letter.address == email))
        found = SECRET.search(letter or "")
        assert found
        sent = {"secret": found[1], "new-password": PASSWORD}
        accepted = await self.api._client.post("/invitation", data=sent, headers={"sec-fetch-site": "same-origin"})
        assert accepted.status_code == 303, accepted.text
        self.api._client.cookies.clear()
        async with self.world.database.studying() as session:
            self.world.persons[key] = str(await session.scalar(select(Person.id).where(Person.email == email)))
