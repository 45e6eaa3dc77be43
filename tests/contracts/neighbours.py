"""The story of two proposals that meet, so that what their proponents ask each other has examples."""

from tests.contracts.recorder import Recorder
from tests.factories import proposals as make
from tests.neighbours.test_actions import two
from tests.neighbours.test_api import FIRM
from tests.neighbours.test_dossiers import earlier


async def tell_of_neighbours(api: Recorder) -> None:
    """Ask what meets a proposal, what was asked before, and the order; invite, agree, and decline another time."""
    own, other = await two(api.world)
    await earlier(api.world, "", FIRM, "Advance data as a duty, the first time")
    await api.ask("canada", "ProposalPrecedents", proposalId=own, first=3)
    await api.ask("canada", "ProvisionDossier", id=api.world.provisions[1])
    await api.ask("canada", "ProposalNeighbours", proposalId=own, first=3)
    await api.ask("canada", "TakingOrder", textVersionId=api.world.version, first=2)
    await api.ask("canada", "WhatIf", textVersionId=api.world.version, pendingIds=[own, other], first=2)
    await api.ask("canada", "WhatIf", textVersionId=api.world.version, pendingIds=[own, own])
    await api.ask(
        "canada", "WhatIfComparison", textVersionId=api.world.version, pendingIds=[own], otherPendingIds=[other]
    )
    sent = {"proposalId": own, "neighbourId": other, "kind": "CO_SPONSOR", "message": "Will you stand behind it?"}
    revision = (await make.work_of(api.world, own)).revision
    invited = await api.act("canada", "inviteNeighbour", **sent, expectedRevision=revision)
    await api.act("canada", "inviteNeighbour", **sent, expectedRevision=revision)
    on = invited["invitation"]["id"]
    await api.ask("japan", "NeighbourInvitationDetail", id=on)
    answer = {"neighbourInvitationId": on, "expectedRevision": 1}
    await api.act("japan", "declineNeighbourInvitation", **answer, reply="Let us make one of the two.")
    merging = {**sent, "kind": "MERGE", "message": "Gladly.", "expectedRevision": revision}
    invited = await api.act("canada", "inviteNeighbour", **merging)
    answer = {"neighbourInvitationId": invited["invitation"]["id"], "expectedRevision": 1}
    await api.act("japan", "acceptNeighbourInvitation", **answer)
    await api.act("japan", "acceptNeighbourInvitation", **answer | {"expectedRevision": 2})
    await api.ask("japan", "NeighbourInvitationList", filter={"proposalId": [own]}, first=2)
