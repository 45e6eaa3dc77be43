"""The first page: what is asked of the person who came, what is under way, what waits for others, what was done."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.home.duties import gather
from server.web.desk.home.installation import open_steps
from server.web.desk.pages import Page
from server.web.desk.visits import Visit

CALLS = 20
"""Calls for inputs that the page shows."""


class OwnAffairs(NamedTuple):
    """Where the party of the visitor stands: the rounds that ask it, and what it waits for from others."""

    asked: list[Mapping[str, Any]]
    rounds: list[Mapping[str, Any]]
    draft_count: int
    proposals: list[Mapping[str, Any]]


class GroupOutlook(NamedTuple):
    """How the work of a group stands: its counts, and what misses its day."""

    tally: Mapping[str, Any]
    misses: list[Mapping[str, Any]]


async def show(visit: Visit) -> Response:
    """Return the page of what is asked of the visitor."""
    reads = _reads_of(visit)
    answers = dict(zip(reads, await visit.read_all(*reads.items()), strict=True))
    under_way = _under_way(answers["UnderWay"]) if "UnderWay" in answers else None
    is_new = under_way is not None and not (under_way["rounds"] and under_way["proposals"])
    overview = answers["PlanOverview"]["planOverview"] if "PlanOverview" in answers else None
    return visit.render(
        "home/home.html",
        duties=gather(answers["TaskList"]["viewer"]["tasks"], visit.times.now),
        own=_affairs_of(answers) if "RoundsOfParty" in answers else None,
        calls=_asking_calls(answers, visit.capacity) if "CallList" in answers else [],
        answered=_answered_calls(answers) if "AnswerSheetList" in answers else set(),
        signature_count=_count_signatures(answers),
        led=answers["LedBodies"]["viewer"]["leads"] if "LedBodies" in answers else [],
        outlooks=outlooks_of(overview),
        misses=overview["misses"] if overview and visit.is_secretariat else None,
        under_way=under_way,
        steps=open_steps(await visit.read("InstallationSteps")) if is_new else [],
        latest=answers["LatestActs"]["journalEntries"]["nodes"] if "LatestActs" in answers else [],
    )


def _reads_of(visit: Visit) -> dict[str, Mapping[str, Any]]:
    """Return the operations that the page reads for the visitor, by name with their variables."""
    reads: dict[str, Mapping[str, Any]] = {"TaskList": {}}
    if not visit.speaks:
        return reads
    own = [visit.speaks["party"]["id"]]
    if visit.is_secretariat:
        reads |= {"UnderWay": {}, "LatestActs": {}, "PlanOverview": {"first": 1}}
    else:
        reads |= {"RoundsOfParty": {"partyId": own}, "WaitingForOthers": {"partyId": own}}
        reads |= {"LatestActs": {"partyId": own}}
        running = {"closesFrom": visit.times.now.isoformat()}
        reads |= {"CallList": {"filter": running, "orderBy": "CLOSES_AT_ASC", "first": CALLS}}
        reads |= {"AnswerSheetList": {"filter": {"partyId": own, "isCurrent": True}, "first": 100}}
    if visit.speaks["isFocalPoint"]:
        to_sign = {"partyId": own, "commentStatus": ["DRAFT"], "state": ["ASKED"]}
        reads |= {"CoSignatureList": {"filter": to_sign, "first": 1}}
    if visit.speaks["leads"]:
        reads |= {"LedBodies": {}, "PlanOverview": {"first": 100}}
    return reads


def _asking_calls(answers: Mapping[str, Any], capacity: str) -> list[Mapping[str, Any]]:
    """Return the calls that ask the visitor's party for inputs now, the one that closes first at the front."""
    calls = answers["CallList"]["calls"]["nodes"]
    return [each for each in calls if each["phase"] == "OPEN" and capacity in each["audience"]]


def _answered_calls(answers: Mapping[str, Any]) -> set[str]:
    """Return the ids of the calls that the visitor's party has answered."""
    return {str(each["call"]["id"]) for each in answers["AnswerSheetList"]["answerSheets"]["nodes"]}


def outlooks_of(overview: Mapping[str, Any] | None) -> dict[str, GroupOutlook]:
    """Return how each group stands with what its plan misses, by the id of the group."""
    if overview is None:
        return {}
    misses: dict[str, list[Mapping[str, Any]]] = {}
    for miss in overview["misses"]["nodes"]:
        misses.setdefault(miss["group"]["id"], []).append(miss)
    groups = overview["groups"]["nodes"]
    return {each["group"]["id"]: GroupOutlook(each["tally"], misses.get(each["group"]["id"], [])) for each in groups}


def _count_signatures(answers: Mapping[str, Any]) -> int:
    """Return how many drafts of other parties wait for the signature of the visitor's party."""
    return int(answers["CoSignatureList"]["coSignatures"]["totalCount"]) if "CoSignatureList" in answers else 0


def _affairs_of(answers: Mapping[str, Any]) -> OwnAffairs:
    """Return where the party of the visitor stands, with the rounds in which its comments wait for an answer."""
    asking = answers["RoundsOfParty"]["viewer"]["asked"]["nodes"]
    past = answers["RoundsOfParty"]["rounds"]["nodes"]
    rounds = [each for each in (*asking, *past) if _is_waiting(each)]
    proposals = [each for each in answers["WaitingForOthers"]["proposals"]["nodes"] if _is_with_others(each)]
    return OwnAffairs(asking, rounds, _sum_drafts(asking), proposals)


def _is_waiting(round_: Mapping[str, Any]) -> bool:
    return bool(round_["phase"] != "CANCELLED" and round_["waiting"]["totalCount"])


def _sum_drafts(rounds: Iterable[Mapping[str, Any]]) -> int:
    return sum(each["drafts"]["totalCount"] for each in rounds)


def _is_with_others(proposal: Mapping[str, Any]) -> bool:
    """Return whether others have to act: a draft waits for them only while a co-sponsor has not confirmed."""
    return proposal["status"] not in ("DRAFT", "RETURNED") or any(
        not each["confirmedAt"] for each in proposal["coSponsors"]["nodes"]
    )


def _under_way(answer: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Return what an officer has under way, without versions that are issued or given up."""
    listed = {name: answer[name]["nodes"] for name in ("rounds", "consolidations", "proposals", "workPlans")}
    listed["consolidations"] = [each for each in listed["consolidations"] if each["target"]["status"] == "WORKING"]
    return listed


HOME_PAGES = (Page("/", show),)
