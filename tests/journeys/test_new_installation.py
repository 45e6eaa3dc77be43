"""A new installation is walked as the README says it: its commands as written, then its operations in their order."""

import asyncio
import re
import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from server import cli
from server.kernel.clock import utc_now
from server.models.parties import Delegate, Party, Person
from server.storage.database import Database
from tests.factories.api import Api
from tests.factories.forms import faults_of_entries
from tests.factories.world import ManualClock, World

ROOT = Path(__file__).parents[2]
PARTICIPANTS = """Party,Name,E-mail,Focal point
Japan,Ms. Hanako YAMADA,japan@example.org,yes
Canada,Jean TREMBLAY,canada@example.org,yes
UPU,Ada OBI,upu@example.org,no
"""
PEOPLE = {"officer": "officer", "japan": "japan", "canada": "canada"}
PATH = ["TECHNICAL_COMMITTEE", "COUNCIL"]


def section() -> str:
    """Return the section of the README."""
    _, _, rest = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Begin from nothing")
    return rest.partition("\n## ")[0]


def commands() -> list[list[str]]:
    """Return the commands of the section, as they are written."""
    start = ".venv/bin/intersession "
    return [shlex.split(line.removeprefix(start)) for line in section().splitlines() if line.startswith(start)]


def operations() -> list[str]:
    """Return the acts of the section in the order in which it names them."""
    return re.findall(r"`([a-z]+[A-Z]\w+)`", section())


class Walk:
    """A walk through a new installation: what each act needs, from what the acts before it made."""

    def __init__(self, api: Api, parties: dict[str, str], version: dict[str, Any]) -> None:
        self.api = api
        self.parties = parties
        self.version = version
        self.bodies: dict[str, str] = {}
        self.made: dict[str, Any] = {}
        self.today = api.world.clock.now.date()

    async def take(self, operation: str) -> None:
        """Do one act, or the several that the step means."""
        name = re.sub("([A-Z])", r"_\1", operation).lower()
        for who, sent in await getattr(self, f"_{name}")():
            fact = await self.api.act(who, operation, **sent)
            assert fact["__typename"] != "Refusal", (operation, fact)
            self.made |= {name: value for name, value in fact.items() if name != "__typename"}
            if "body" in fact:
                self.bodies[fact["body"]["shortName"]] = fact["body"]["id"]

    async def _establish_body(self) -> Any:
        mandate = {"terms": "Write the note.", "startsOn": str(self.today), "endsOn": str(self.today + timedelta(365))}
        rows = (
            ("COUNCIL", "Council", None, {}),
            ("TECHNICAL_COMMITTEE", "PTC", "Council", {}),
            ("WORKING_GROUP", "WGDN", "PTC", mandate),
        )
        for kind, short_name, parent, rest in rows:
            sent = {"kind": kind, "name": f"The {short_name}", "shortName": short_name, **rest}
            sent |= {"parentId": self.bodies[parent]} if parent else {}
            fact = await self.api.act("officer", "establishBody", **sent)
            assert fact["__typename"] == "BodyEstablished", fact
            self.bodies[short_name] = fact["body"]["id"]
        return []

    async def _appoint_function(self) -> Any:
        held = {"bodyId": self.bodies["WGDN"], "partyId": self.parties["Canada"], "kind": "COORDINATOR"}
        return [("officer", held | {"startsOn": str(self.today)})]

    async def _issue_version(self) -> Any:
        return [("officer", {"textVersionId": self.version["id"], "expectedRevision": self.version["revision"]})]

    async def _open_round(self) -> Any:
        closes = (self.api.world.clock.now + timedelta(days=14)).isoformat()
        sent = {"textVersionId": self.version["id"], "bodyId": self.bodies["WGDN"], "title": "First comments"}
        sent |= {"closesAt": closes, "zone": "Europe/Brussels", "audience": ["MEMBER", "OBSERVER"]}
        return [("canada", sent)]

    async def _record_mechanism(self) -> Any:
        rules = {"title": "Mechanism", "evidence": "Council 141/142", "startsOn": str(date(2023, 6, 23))}
        return [("officer", rules | {"approvalPath": PATH, "cycleKinds": ["PERIODIC"]})]

    async def _open_cycle(self) -> Any:
        sent = {"mechanismId": self.made["mechanism"]["id"], "kind": "PERIODIC", "title": "First review"}
        return [("officer", sent | {"opensOn": str(self.today)})]

    async def _draft_proposal(self) -> Any:
        detail = await self.api.ask("japan", "VersionDetail", id=self.version["id"], first=10)
        paragraph = next(each for each in detail["textVersion"]["provisions"]["nodes"] if each["printedNumber"] == "1.")
        amendment = {"kind": "MODIFY", "provisionKey": paragraph["key"], "wording": "Customs shall exchange data."}
        sent = {"cycleId": self.made["cycle"]["id"], "textVersionId": self.version["id"], "title": "A duty"}
        return [("japan", sent | {"rationale": "Certainty.", "amendments": [amendment]})]

    async def _submit_proposal(self) -> Any:
        proposal = self.made["proposal"]
        return [("japan", {"proposalId": proposal["id"], "expectedRevision": proposal["revision"]})]

    async def _register_proposal(self) -> Any:
        proposal = self.made["proposal"]
        return [("officer", {"proposalId": proposal["id"], "expectedRevision": proposal["revision"]})]


def run(command: list[str]) -> int | str | None:
    """Run a command as the console does, and return its status."""
    sys.argv = ["intersession", *command]
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code
    return 0


@asynccontextmanager
async def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> AsyncIterator[Walk]:
    """Give a walk through an installation that was made by the commands of the section; no act is done yet."""
    monkeypatch.setenv("INTERSESSION_DATABASE", url)
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.chdir(folder)
    (folder / "participants.csv").write_text(PARTICIPANTS, encoding="utf-8")
    (folder / "draft.md").write_text("# Data\n\n1. Customs should exchange data.\n", encoding="utf-8")
    assert len(commands()) == 5
    for command in commands():
        assert await asyncio.to_thread(run, command) in (0, None), command
    database = Database(url)
    try:
        async with database.studying() as session:
            persons = dict((await session.execute(select(Person.email, Person.id))).all())
            parties = dict((await session.execute(select(Party.short_name, Party.id))).all())
            assert len((await session.scalars(select(Delegate))).all()) == 4
        people = {key: persons[f"{name}@example.org"] for key, name in PEOPLE.items()}
        world = World(database, ManualClock(utc_now()), parties, people)
        async with Api(world) as api:
            (imported,) = (await api.ask("officer", "InstrumentList", first=1))["instruments"]["nodes"]
            yield Walk(api, parties, imported["versions"]["nodes"][0])
    finally:
        await database.close()


async def test_new_installation_is_walked_from_nothing_to_an_open_round_and_a_registered_proposal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with installed(tmp_path, monkeypatch, f"sqlite:///{tmp_path / 'work.db'}") as walk:
        for operation in operations():
            await walk.take(operation)

        opened = (await walk.api.ask("canada", "RoundList", first=1))["rounds"]["nodes"][0]
        proposal = walk.made["proposal"]
        assert (opened["phase"], proposal["status"], proposal["number"]) == ("OPEN", "REGISTERED", 1)
        assert await faults_of_entries(walk.api.world.database) == []
    verified = await asyncio.to_thread(run, ["verify-journal"])
    assert verified in (0, None), capsys.readouterr()


class AnsweredWalk:
    """The rest of the way, to a reported round: what is filed, and then what the tasks of the people say."""

    def __init__(self, walk: Walk) -> None:
        self.api = walk.api
        self.walk = walk
        self.round_id = walk.made["round"]["id"]

    async def act(self, who: str, operation: str, **sent: Any) -> Any:
        """Do an act, and return its fact. Fail if it is refused."""
        fact = await self.api.act(who, operation, **sent)
        assert fact["__typename"] != "Refusal", (operation, fact)
        return fact

    async def do(self, who: str, operation: str, **said: Any) -> Any:
        """Do the task of a person for an act: its prepared input, with what only the person says."""
        tag = re.sub("([A-Z])", r"_\1", operation).upper()
        listed = (await self.api.ask(who, "TaskList"))["viewer"]["tasks"]
        prepared = next(task["preparedInput"] for task in listed if task["act"] == tag)
        return await self.act(who, operation, **prepared, **said)

    async def file(self) -> None:
        """File one comment with a wording and one without as Japan, and declare to have none as Canada."""
        detail = await self.api.ask("japan", "VersionDetail", id=self.walk.version["id"], first=10)
        paragraph = next(each for each in detail["textVersion"]["provisions"]["nodes"] if each["printedNumber"] == "1.")
        on = {"roundId": self.round_id, "provisionId": paragraph["id"]}
        worded = {"type": "SUBSTANTIVE", "text": "Make it a duty.", "reason": "Certainty."}
        wording = {"proposedWording": "shall exchange", "quotation": {"exact": "should exchange"}}
        await self.act("japan", "submitComment", **on, **worded, **wording)
        await self.act("japan", "submitComment", **on, type="QUESTION", text="Which data?")
        await self.act("canada", "declareNoComment", roundId=self.round_id)

    async def answer(self) -> None:
        """Answer, complete, make and issue the next version, and send out the report, by the tasks of each."""
        waiting = await self.api.ask("canada", "CommentsToAnswer", roundId=self.round_id)
        nodes = waiting["round"]["comments"]["nodes"]
        answers = [
            {"commentId": each["id"], "expectedRevision": each["revision"]}
            | ({"verdict": "ACCEPTED"} if each["runs"] else {"verdict": "NOTED", "reason": "That of the annex."})
            for each in nodes
        ]
        await self.act("canada", "proposeAnswers", roundId=self.round_id, answers=answers)
        await self.do("officer", "recordAnswers")
        await self.do("canada", "completeRound")
        await self.act("officer", "consolidate", textVersionId=self.walk.version["id"], label="Draft 2")
        await self.do("officer", "issueVersion")
        await self.do("canada", "reportRound")


@pytest.mark.rest
async def test_new_installation_is_walked_from_nothing_to_a_reported_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    """Print the acts: `pytest -k reported_round tests/journeys/test_new_installation.py`."""
    async with installed(tmp_path, monkeypatch, database_url) as walk:
        for operation in operations():
            await walk.take(operation)
        rest = AnsweredWalk(walk)
        await rest.file()
        walk.api.world.clock.move(days=15)
        await rest.answer()
        acts = [operation for operation, sent, _ in walk.api.sent if "input" in sent]
        read = (await walk.api.ask("canada", "RoundList", first=1))["rounds"]["nodes"][0]
        assert read["phase"] == "REPORTED"
        assert await faults_of_entries(walk.api.world.database) == []
    last = (["report", rest.round_id, "--output", "report.md"], ["verify-journal"])
    for command in last:
        assert await asyncio.to_thread(run, command) in (0, None), capsys.readouterr()
    report = (tmp_path / "report.md").read_text(encoding="utf-8")

    assert "| accepted | 1 |" in report
    assert "| Canada | member | americas and caribbean | 0 | declared none | 0 |" in report
    with capsys.disabled():
        figures = f"{len(acts)} acts, {len(commands()) + len(last)} commands"
        sys.stdout.write(f"\n{figures}: {', '.join(acts)}\n")
