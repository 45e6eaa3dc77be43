"""Records `frontend-contracts/examples/` from the stories: what a client sends and what it gets, refusals included.

Identifiers, digests, secrets and cursors differ from run to run; they are replaced by numbered ones, so that the files
change only when the API does.
"""

import asyncio
import json
import logging
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from server.storage.database import Database
from server.storage.migrations import migrate
from server.web.logs import configure_logs
from server.web.settings import LogFormat
from tests.contracts.forecasts import tell_of_forecasts
from tests.contracts.groups import tell_of_groups
from tests.contracts.neighbours import tell_of_neighbours
from tests.contracts.recorder import Recorder
from tests.contracts.tellings import TELLINGS
from tests.factories.api import CONTRACTS
from tests.factories.evidence import ask_for_head, sign
from tests.factories.forms import faults_of_entries
from tests.factories.workplan import paper
from tests.factories.world import make_world
from tests.journeys.people import People
from tests.journeys.story import Story

IDENTIFIER = re.compile(r"\b([A-Z]{3})_[0-9a-hjkmnp-tv-z]{26}\b")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
CURSOR = re.compile(r'("(?:startCursor|endCursor|cursor|after|before)": )"[^"]+"')
SIGNATURE = re.compile(r'("signature": )"ey[^"]+"')
KEY = re.compile(r'("kid": )"[^"]+"')
SECRET = re.compile(r'("secret": )"[^"]+"')
Exchange: TypeAlias = tuple[str, dict[str, Any], dict[str, Any]]
"""What was sent and answered: (operation, variables, answer)."""
Telling: TypeAlias = Callable[[Recorder], Awaitable[None]]
PER_CASE = 1
"""Examples kept of one operation and one kind of answer: the first one."""


class Numbering:
    """Replaces what differs from run to run by numbered values, the same value always by the same number."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._counts: dict[str, int] = defaultdict(int)

    def of(self, text: str) -> str:
        """Return the text with every identifier, digest and cursor numbered."""
        text = IDENTIFIER.sub(lambda found: self._numbered(found.group(0), f"{found.group(1)}_", 26), text)
        text = DIGEST.sub(lambda found: self._numbered(found.group(0), "", 64), text)
        text = SIGNATURE.sub(r'\1"header.statement.signature"', KEY.sub(r'\1"fingerprint"', text))
        text = SECRET.sub(r'\1"shown once"', text)
        return CURSOR.sub(r'\1"cursor"', text)

    def _numbered(self, value: str, prefix: str, width: int) -> str:
        if value not in self._known:
            self._counts[prefix] += 1
            self._known[value] = f"{prefix}{self._counts[prefix]:0{width}d}"
        return self._known[value]


async def tell_of_people(api: Recorder) -> None:
    """Tell the story of people and programs."""
    story = People(api)
    await story.a_delegate_is_invited()
    await story.the_seat_is_handed_over()
    await story.a_party_speaks_for_another()
    await story.programs_act()
    await story.a_function_begins_and_ends()
    await story.a_person_is_suspended()
    await story.the_secretariat_asks_why()
    await story.people_say_how_they_want_it()
    await story.a_name_is_corrected()


async def tell_all(api: Recorder) -> None:
    """Tell the whole story, and ask for the lists that a client begins with."""
    story = Story(api)
    for chapter in (story.a_text_comes_in, story.the_plan_comes_in, story.a_round_opens):
        await chapter()
    await story.delegates_comment()
    await api.ask("japan", "CommentList", filter={"roundId": story.round["id"]}, first=10)
    await api.ask("japan", "RoundDetail", id=story.round["id"])
    await story.too_late_is_too_late()
    await story.answers()
    await _ask_for_answers(story)
    await _ask_for_evidence(story)
    await story.consolidation()
    await story.the_plan_lives()
    await story.a_proposal_is_made()
    await story.the_bodies_decide()
    await _ask_for_times(story)
    await _ask_for_lists(story)
    await _ask_for_drafting(story)
    await _ask_at_the_desk(story)
    await _ask_at_the_workbench(story)
    await _preview(story)
    numbered = {"series": "PC", "serial": 618, "title": "Draft 1 for comments", "textVersionId": story.version["id"]}
    await api.act("secretariat", "issuePaper", **numbered)
    searched = {"numbers": [1], "series": [], "commentParty": "Japan", "commentNumbers": [1], "first": 2}
    searched |= {"sittingBody": "", "sittingNumbers": [1], "citations": ["Japan R1-1"]}
    await api.ask("japan", "Search", words="data", **searched)
    await api.ask("secretariat", "TextChoices", first=3)
    for operation in ("InstrumentList", "RoundList", "ProposalList", "PartyList", "PaperList", "JournalList"):
        await api.ask("secretariat", operation, first=3)


STORIES: Mapping[str, Telling] = {
    "story": tell_all,
    "people": tell_of_people,
    **TELLINGS,
    "groups": tell_of_groups,
    "forecasts": tell_of_forecasts,
    "neighbours": tell_of_neighbours,
}


async def _ask_for_answers(story: Story) -> None:
    """Ask for a round and its comments as those see them who answer."""
    round_id = story.round["id"]
    await story.api.ask("canada", "RoundAnswers", id=round_id)
    shown = await story.api.ask("canada", "CommentsToAnswer", roundId=round_id, filter={"capacity": ["MEMBER"]})
    await story.api.ask("canada", "ProposedAnswers", ids=[shown["round"]["comments"]["nodes"][0]["id"]])


async def _ask_for_drafting(story: Story) -> None:
    """Ask for what a proposal is written and handled with."""
    ask = story.api.ask
    await ask("japan", "ProposalRegister")
    sent = {"named": {"key": [story.provisions["5."]["key"]]}, "sought": {"text": "parcel"}}
    await ask("japan", "TextToAmend", id=story.version["id"], **sent)
    await ask("secretariat", "ProposalHandling", bodyKind=["TECHNICAL_COMMITTEE"], comingFrom="2018-01-01")


async def _ask_for_evidence(story: Story) -> None:
    """Sign heads as the server does, and ask for them, for a receipt and for the proof between two."""
    world = story.api.world
    await sign(world)
    await ask_for_head(world)
    heads = (await story.api.ask("secretariat", "JournalHeads", first=3))["journalHeads"]["nodes"]
    own = {"partyId": world.parties["japan"]}
    comment = (await story.api.ask("japan", "CommentList", filter=own, first=1))["comments"]["nodes"][0]
    await story.api.ask("japan", "FilingReceipt", subjectId=comment["id"])
    rounds = (await story.api.ask("secretariat", "RoundList", first=3))["rounds"]["nodes"]
    for who in ("secretariat", "japan"):
        await story.api.ask(who, "EvidencePack", subjectId=rounds[0]["id"])
    await story.api.ask("japan", "JournalConsistency", firstId=heads[0]["id"], secondId=heads[1]["id"])


async def _ask_for_times(story: Story) -> None:
    """Ask how one provision came to stand, and for the text as at an instant."""
    key = story.provisions["5."]["key"]
    await story.api.ask("japan", "ProvisionHistory", provisionKey=key)
    await story.api.ask("japan", "ProvisionBlame", provisionKey=key, textVersionId=story.second["id"])
    sent = {"instrumentId": story.version["instrument"]["id"], "at": "2019-01-01T00:00:00Z", "on": "2020-06-27"}
    await story.api.ask("japan", "TextAsAt", **sent)
    await story.api.ask("japan", "TableOfChanges", textVersionId=story.second["id"])


async def _ask_for_lists(story: Story) -> None:
    """Ask for lists in an order and under a filter, and for what an object leads back to."""
    ask, version = story.api.ask, {"id": story.version["id"]}
    decided = {"hasDisposition": True, "status": ["DISPOSED", "DISPOSITION_PROPOSED"]}
    await ask("japan", "OutcomeList", filter=decided, orderBy="SUBMITTED_AT_DESC", first=2)
    await ask("japan", "ProvisionList", **version, filter={"hasParent": False}, first=2)
    await ask("japan", "ProvisionDetail", id=story.provisions["5."]["id"])
    await ask("japan", "BodyDetail", id=story.api.world.bodies["group"])
    await ask("japan", "DelegateList", filter={"partyId": story.api.world.parties["japan"]}, first=3)
    await ask("japan", "DecisionList", orderBy="RECORDED_AT_DESC", first=2)
    for operation in ("EditionList", "FunctionList", "SittingList", "ConsolidationList", "MechanismList"):
        await ask("japan", operation, first=2)
    await ask("secretariat", "JournalList", orderBy="ACTED_AT_DESC", filter={"act": ["SUBMIT_COMMENT"]}, first=2)


async def _ask_at_the_desk(story: Story) -> None:
    """Ask what the pages of a delegation, of a coordinator and of an officer show."""
    ask, own = story.api.ask, {"partyId": [story.api.world.parties["japan"]]}
    comments = (await ask("japan", "PointList", filter=own | {"isSubmitted": True}, first=2))["comments"]["nodes"]
    on = {"roundId": comments[0]["round"]["id"], "ids": [comment["id"] for comment in comments]}
    await ask("japan", "CommentDetail", id=comments[0]["id"])
    await ask("japan", "CommentsToFile", **own, **on)
    await ask("japan", "DelegationBoard", **own, roundId=on["roundId"])
    await ask("japan", "ReceiptList", ids=on["ids"])
    for operation in ("PointCounts", "RoundsOfParty", "WaitingForOthers"):
        await ask("japan", operation, **own)
    await ask("japan", "LatestActs", **own, first=2)
    await ask("canada", "LedBodies")
    await ask("secretariat", "UnderWay")
    await ask("japan", "Desk")


async def _ask_at_the_workbench(story: Story) -> None:
    """Ask what the pages of a consolidation, of a text, of a provision and of an edition show."""
    ask, provision = story.api.ask, story.provisions["5."]
    await ask("secretariat", "ConsolidationCandidates")
    (made,) = (await ask("secretariat", "ConsolidationList", first=1))["consolidations"]["nodes"]
    await ask("secretariat", "ConsolidationQueue", consolidationId=made["id"])
    within = {"consolidationId": made["id"], "textVersionId": story.second["id"], "provisionKey": provision["key"]}
    await ask("secretariat", "ProvisionInMaking", **within)
    await ask("japan", "ReadingOfVersion", id=story.version["id"], parts={"positionUntil": 2})
    await ask("japan", "VersionsOfText", id=story.version["id"])
    await ask("japan", "ProvisionDossier", id=provision["id"])
    (edition,) = (await ask("japan", "EditionList", first=1))["editions"]["nodes"]
    await ask("japan", "EditionDetail", id=edition["id"])


async def _preview(story: Story) -> None:
    """Ask what a wording and a paper would change, without writing anything."""
    provision = story.provisions["5."]
    sent = {"provisionId": provision["id"], "wording": provision["text"].replace("should", "shall")}
    await story.api.ask("japan", "PreviewWording", **sent)
    await story.api.ask("japan", "PreviewWording", **sent | {"quotation": {"exact": "no such words"}})
    instructions = "In paragraph 5, replace “should” by “shall”; delete paragraph 99."
    for words in (instructions, ""):
        await story.api.ask("japan", "PreviewInstructions", textVersionId=story.version["id"], instructions=words)
    for change in (("UPU", "UPU"), ("UPU", "Atland")):
        sent = {"markdown": paper().replace(*change), "decidedOn": "2018-06-21"}
        await story.api.ask("secretariat", "PreviewWorkPlan", input=sent)


def examples_of(sent: list[Exchange]) -> dict[str, str]:
    """Return the example files by name: `OPERATION/CASE.request.json` and `.response.json`."""
    numbering = Numbering()
    found: dict[str, str] = {}
    kept: dict[str, int] = defaultdict(int)
    for operation, variables, answer in sent:
        if all(value is None for value in answer["data"].values()):
            continue  # what somebody does not see shows nothing
        request = numbering.of(_json({"operationName": operation, "variables": variables}))
        response = numbering.of(_json(answer))
        case = case_of(answer)
        kept[f"{operation}/{case}"] += 1
        if kept[f"{operation}/{case}"] <= PER_CASE:
            found[f"{operation}/{case}.request.json"] = request
            found[f"{operation}/{case}.response.json"] = response
    return found


def case_of(answer: dict[str, Any]) -> str:
    """Return the case that an answer shows: "done", "answer" for a query, or the code of a refusal."""
    first = next(iter(answer["data"].values()))
    if isinstance(first, dict) and first.get("__typename") == "Refusal":
        return f"refused-{first['code'].lower().replace('_', '-')}"
    return "done" if isinstance(first, dict) and "__typename" in first else "answer"


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


async def record_in(folder: Path) -> dict[str, str]:
    """Return the examples, each story told on a new SQLite database in `folder`."""
    empty = folder / "empty.db"
    await asyncio.to_thread(migrate, f"sqlite:///{empty}")
    sent: list[Exchange] = []
    refused: set[str] = set()
    for name, tell in STORIES.items():
        shutil.copy(empty, folder / f"{name}.db")
        database = Database(f"sqlite:///{folder / name}.db")
        async with Recorder(await make_world(database), refused) as api:
            await tell(api)
            sent += api.sent
        if faults := await faults_of_entries(database):
            raise AssertionError(f"{name}: {faults}")
        await database.close()
    return examples_of(sent)


def main() -> None:
    """Write the examples anew and remove those that are gone."""
    configure_logs(LogFormat.TEXT, least=logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        examples = asyncio.run(record_in(Path(folder)))
    target = CONTRACTS / "examples"
    for name, text in examples.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    for path in target.rglob("*.json"):
        if str(path.relative_to(target)) not in examples:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


if __name__ == "__main__":
    main()
