"""The number of SQL statements of an operation does not depend on the number of rows."""

from server.storage.database import Database
from tests.factories.api import OPERATIONS, Api
from tests.factories.filled import filled, identifier, statements
from tests.factories.templates import Databases
from tests.factories.world import World

OF_ONE = {
    "ActivityDetail": {"id": identifier("activities", 0)},
    "BodyDetail": {"id": identifier("bodies", 0)},
    "ProvisionDetail": {"id": identifier("provision_texts", 0)},
    "ProvisionList": {"id": identifier("text_versions", 0)},
    "ConflictDetail": {"ids": [identifier("text_conflicts", 0)]},
    "ComparisonOfVersions": {
        "baseId": identifier("text_versions", 0),
        "textVersionId": identifier("text_versions", 0),
        "changedOnly": False,
    },
    "ConsolidationDetail": {"id": identifier("consolidations", 0)},
    "AudienceOfObject": {"objectId": identifier("text_versions", 0)},
    "PaperDetail": {"id": identifier("papers", 0)},
    "PartyDetail": {"id": identifier("parties", 0)},
    "PersonDetail": {"id": identifier("persons", 0)},
    "ProposalDetail": {"id": identifier("amendment_proposals", 0)},
    "DefinedTerms": {"textVersionId": identifier("text_versions", 0)},
    "ReferencesOfProvision": {"id": identifier("provision_texts", 0)},
    "RenumberingOfVersion": {"textVersionId": identifier("text_versions", 0)},
    "PreviewSettlement": {"conflictId": identifier("text_conflicts", 0), "outcome": {"words": "Words"}},
    "PreviewWording": {"provisionId": identifier("provision_texts", 0), "wording": "Words"},
    "PreviewWorkPlan": {"input": {"markdown": "1. Boats wait."}},
    "ReadDocument": {"input": {"markdown": "1. Boats wait."}},
    "RedlineOfVersion": {"textVersionId": identifier("text_versions", 0), "isChanged": None},
    "RightsOfPerson": {"personId": identifier("persons", 0)},
    "SectionOfText": {"provisionId": identifier("provision_texts", 0)},
    "RoundDetail": {"id": identifier("rounds", 0)},
    "SittingDetail": {"id": identifier("sittings", 0)},
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
