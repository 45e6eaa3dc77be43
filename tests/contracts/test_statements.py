"""The number of SQL statements of an operation does not depend on the number of rows."""

from server.storage.database import Database
from tests.factories.api import OPERATIONS, Api
from tests.factories.filled import filled, identifier, statements
from tests.factories.templates import Databases
from tests.factories.world import World

OF_ONE = {
    "AgendaItemDetail": {"id": identifier("agenda_items", 0)},
    "AgendaOfSitting": {"id": identifier("sittings", 0)},
    "ReportOfSitting": {"id": identifier("sittings", 0)},
    "ReportParagraphDetail": {"id": identifier("report_paragraphs", 0)},
    "ReservationDetail": {"id": identifier("reservations", 0)},
    "SilenceDetail": {"id": identifier("silence_procedures", 0)},
    "PromiseDetail": {"id": identifier("promises", 0)},
    "NominationDetail": {"id": identifier("nominations", 0)},
    "GroupReportDetail": {"id": identifier("group_reports", 0)},
    "ContributionDetail": {"id": identifier("contributions", 0)},
    "WorkOfGroup": {"id": identifier("bodies", 0)},
    "PapersOfGroup": {"id": identifier("bodies", 0)},
    "WatchOfObject": {"id": identifier("rounds", 0)},
    "ActivityDetail": {"id": identifier("activities", 0)},
    "AnswersToCall": {"id": identifier("calls", 0)},
    "AnswerSheetDetail": {"id": identifier("answer_sheets", 0)},
    "BodyAtWork": {"id": identifier("bodies", 0), "partyId": [identifier("parties", 0)]},
    "BodyDetail": {"id": identifier("bodies", 0)},
    "BodyDirectory": {"partyId": [identifier("parties", 0)]},
    "EvidencePack": {"subjectId": identifier("rounds", 0)},
    "FilingsOfRound": {"id": identifier("rounds", 0), "capacity": ["MEMBER"]},
    "MembersOfBody": {"id": identifier("bodies", 0)},
    "RoundLife": {"id": identifier("rounds", 0)},
    "RoundTurnout": {"id": identifier("rounds", 0)},
    "SilentInRound": {"id": identifier("rounds", 0), "capacity": ["MEMBER"]},
    "SittingAgenda": {"id": identifier("sittings", 0)},
    "WorkItemDetail": {"id": identifier("work_items", 0)},
    "BackPlan": {"input": {"sittingId": identifier("sittings", 0)}},
    "CriticalPath": {"planId": identifier("work_plans", 0), "sittingId": identifier("sittings", 0)},
    "PlanSlips": {"id": identifier("work_plans", 0)},
    "PreviewShift": {"input": {"subjectId": identifier("sittings", 0), "days": 21}},
    "StepChoices": {"planId": identifier("work_plans", 0), "from": "2018-09-01"},
    "WorkPlanProgress": {
        "id": identifier("work_plans", 0),
        "partyId": [identifier("parties", 0)],
        "lateFrom": "2018-09-01",
    },
    "ProvisionDetail": {"id": identifier("provision_texts", 0)},
    "ProvisionList": {"id": identifier("text_versions", 0)},
    "AlikeComments": {"roundId": identifier("rounds", 0), "text": "The duty must be clear."},
    "CallDetail": {"id": identifier("calls", 0)},
    "CallResults": {"callId": identifier("calls", 0)},
    "CommentDetail": {"id": identifier("comments", 0)},
    "CommentGroups": {"roundId": identifier("rounds", 0)},
    "CommentThread": {"id": identifier("comments", 0)},
    "CommentsToFile": {
        "ids": [identifier("comments", 0)],
        "roundId": identifier("rounds", 0),
        "partyId": [identifier("parties", 0)],
    },
    "ConflictDetail": {"ids": [identifier("text_conflicts", 0)]},
    "ComparisonOfVersions": {
        "baseId": identifier("text_versions", 0),
        "textVersionId": identifier("text_versions", 0),
        "changedOnly": False,
    },
    "ConsolidationQueue": {"consolidationId": identifier("consolidations", 0)},
    "ProvisionInMaking": {
        "consolidationId": identifier("consolidations", 0),
        "textVersionId": identifier("text_versions", 0),
        "provisionKey": identifier("provisions", 0),
    },
    "ConsolidationDetail": {"id": identifier("consolidations", 0)},
    "ApplicationDetail": {"id": identifier("applications", 0)},
    "AudienceOfObject": {"objectId": identifier("text_versions", 0)},
    "ObjectInWords": {"objectId": identifier("comments", 0)},
    "PaperDetail": {"id": identifier("papers", 0)},
    "PartyDetail": {"id": identifier("parties", 0)},
    "PersonDetail": {"id": identifier("persons", 0)},
    "ProposalHandling": {"bodyKind": ["COUNCIL"], "comingFrom": "2018-01-01"},
    "ProposalDetail": {"id": identifier("amendment_proposals", 0)},
    "ClearanceOfParty": {"id": identifier("parties", 0)},
    "DraftDetail": {"id": identifier("comments", 0)},
    "NotesOfRound": {"roundId": identifier("rounds", 0)},
    "WhoHasAnswered": {"id": identifier("rounds", 0), "roundId": [identifier("rounds", 0)]},
    "DelegationBoard": {"roundId": identifier("rounds", 0), "partyId": [identifier("parties", 0)]},
    "DefinedTerms": {"textVersionId": identifier("text_versions", 0)},
    "EditionDetail": {"id": identifier("editions", 0)},
    "ProvisionDossier": {"id": identifier("provision_texts", 0)},
    "VersionsOfText": {"id": identifier("text_versions", 0)},
    "ReferencesOfProvision": {"id": identifier("provision_texts", 0)},
    "RenumberingOfVersion": {"textVersionId": identifier("text_versions", 0)},
    "AmendmentInstructions": {"proposalId": identifier("amendment_proposals", 0)},
    "PreviewInstructions": {
        "textVersionId": identifier("text_versions", 0),
        "instructions": "In paragraph 1, replace “Words” by “Other words”.",
    },
    "PreviewMechanism": {
        "input": {
            "title": "Mechanism",
            "evidence": "Council 131",
            "startsOn": "2018-07-01",
            "cycleKinds": ["AD_HOC"],
            "approvalPath": ["TECHNICAL_COMMITTEE", "COUNCIL"],
        }
    },
    "PreviewParticipants": {
        "input": {"sheet": "Party,Name,E-mail\nJapan,Hanako YAMADA,hanako@japan.example\n", "enrolment": "INVITE"}
    },
    "PreviewSettlement": {"conflictId": identifier("text_conflicts", 0), "outcome": {"words": "Words"}},
    "PreviewWording": {"provisionId": identifier("provision_texts", 0), "wording": "Words"},
    "PreviewWorkPlan": {"input": {"markdown": "1. Boats wait."}},
    "PointCounts": {"partyId": [identifier("parties", 0)]},
    "ReceiptList": {"ids": [identifier("comments", 0)]},
    "RoundsOfParty": {"partyId": [identifier("parties", 0)]},
    "WaitingForOthers": {"partyId": [identifier("parties", 0)]},
    "ReadDocument": {"input": {"markdown": "1. Boats wait."}},
    "RedlineOfVersion": {"textVersionId": identifier("text_versions", 0), "isChanged": None},
    "ReadingOfVersion": {"id": identifier("text_versions", 0)},
    "RightsOfPerson": {"personId": identifier("persons", 0)},
    "Search": {
        "words": "a",
        "numbers": [1],
        "series": ["PC"],
        "commentParty": "a",
        "commentNumbers": [1],
        "sittingBody": "",
        "sittingNumbers": [1],
        "citations": ["Japan R1-1"],
    },
    "SectionOfText": {"provisionId": identifier("provision_texts", 0)},
    **{
        name: {"roundId": identifier("rounds", 0)}
        for name in (
            *("CommentsInTriage", "ReusableAnswerList", "AnswerBatchList", "PlenaryList", "ReactionList"),
            *("RoundReport", "ReportedComments"),
        )
    },
    "CoverageMap": {"roundId": identifier("rounds", 0), "by": "CAPACITY"},
    "TriageOfComment": {"id": identifier("comments", 0)},
    "RoundAnswers": {"id": identifier("rounds", 0)},
    "ProposedAnswers": {"ids": [identifier("comments", 0)]},
    "CommentsToAnswer": {"roundId": identifier("rounds", 0)},
    "RoundDetail": {"id": identifier("rounds", 0)},
    "SittingDetail": {"id": identifier("sittings", 0)},
    "NeighbourInvitationDetail": {"id": identifier("neighbour_invitations", 0)},
    "ProposalPrecedents": {"proposalId": identifier("amendment_proposals", 0)},
    "ProposalNeighbours": {"proposalId": identifier("amendment_proposals", 0)},
    "TakingOrder": {"textVersionId": identifier("text_versions", 0)},
    "WhatIf": {"textVersionId": identifier("text_versions", 0), "pendingIds": [identifier("amendment_proposals", 0)]},
    "WhatIfComparison": {
        "textVersionId": identifier("text_versions", 0),
        "pendingIds": [identifier("amendment_proposals", 0)],
        "otherPendingIds": [identifier("amendment_proposals", 1)],
    },
    "TextToAmend": {"id": identifier("text_versions", 0)},
    "TableOfChanges": {"textVersionId": identifier("text_versions", 0)},
    "TextAsAt": {
        "instrumentId": identifier("instruments", 0),
        "at": "2030-01-01T00:00:00Z",
        "on": "2030-01-01",
    },
    "ProvisionHistory": {"provisionKey": identifier("provisions", 0)},
    "ProvisionBlame": {"provisionKey": identifier("provisions", 0), "textVersionId": identifier("text_versions", 0)},
    "TranslationDebtOfVersion": {"textVersionId": identifier("text_versions", 0)},
    "VersionLineage": {"textVersionId": identifier("text_versions", 0)},
    "VersionDetail": {"id": identifier("text_versions", 0)},
    "WorkPlanDetail": {"id": identifier("work_plans", 0)},
    "WorkPlanPaper": {"id": identifier("work_plans", 0)},
    "PlanName": {"id": identifier("work_plans", 0)},
    "PlanTopics": {"id": identifier("work_plans", 0)},
    "PlanKeeping": {"id": identifier("work_plans", 0), "ofPlan": [identifier("work_plans", 0)]},
    "PlanHandOver": {"id": identifier("work_plans", 0), "ofPlan": [identifier("work_plans", 0)]},
    "PlanningChoices": {"from": "2018-09-01"},
    "MilestoneDetail": {"id": identifier("milestones", 0)},
    "MilestoneChangeDetail": {"id": identifier("milestone_changes", 0)},
    "BaselineDetail": {"id": identifier("baselines", 0)},
}
"""Variables of the operations that ask for one object; the others take none."""
SIZES = (1, 3, 50)


ELSEWHERE = {"FilingReceipt", "JournalConsistency"}
"""Queries that prove something, for which the rows must fit each other: `tests/evidence/test_receipts.py`."""
QUERIES = [each.name for each in OPERATIONS if each.type == "query" and each.name not in ELSEWHERE]
"""Every other published query."""


async def counted(world: World) -> dict[str, int]:
    """Statements of every published query, without those that find out who asks."""
    found = {}
    async with Api(world) as api:
        for name in QUERIES:
            with statements(world.database) as seen:
                answer = await api.ask("secretariat", name, **OF_ONE.get(name, {}))
            assert any(answer.values()), f"{name} found nothing"
            found[name] = sum(not statement.startswith("SELECT signing_keys") for statement in seen)
    return found


async def test_queries_take_the_same_number_of_statements_for_1_3_and_50_rows(
    databases: Databases,
) -> None:
    counts = []
    for size in SIZES:
        database = Database(databases.empty(), pool=5)
        counts.append(await counted(await filled(database, size)))
        await database.close()

    assert counts[0] == counts[1] == counts[2]
