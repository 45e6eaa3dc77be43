"""Who may issue papers, and that the right comes before the state of things. No database."""

from datetime import UTC, datetime

import pytest

from server.domain.papers import policy
from server.domain.papers.rules import IssueFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.refusals import RefusalCode
from server.vocabulary.texts import VersionStatus

NOW = datetime(2022, 3, 7, tzinfo=UTC)
ACTORS = {
    "nobody": ANONYMOUS,
    "secretariat": Actor(capacity=Capacity.SECRETARIAT),
    "member": Actor(capacity=Capacity.MEMBER, is_focal_point=True),
    "coordinator": Actor(capacity=Capacity.PRIVATE_SECTOR, is_focal_point=True, leads=frozenset({"BOD_1"})),
    "observer": Actor(capacity=Capacity.OBSERVER, is_focal_point=True),
    "private": Actor(capacity=Capacity.PRIVATE_SECTOR, is_focal_point=True),
}
POSSIBLE = {"new": IssueFacts(), "revised with a text": IssueFacts("a", VersionStatus.ISSUED)}
IMPOSSIBLE = {"after z": IssueFacts("z"), "working text": IssueFacts("", VersionStatus.WORKING)}
NOT_THEIRS = {"nobody": RefusalCode.UNAUTHENTICATED}


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("facts", [POSSIBLE, IMPOSSIBLE], ids=["possible", "impossible"])
def test_issue_paper_is_for_the_secretariat_whatever_the_state(who: str, facts: dict[str, IssueFacts]) -> None:
    verdicts = [policy.issue_paper.verdict(ACTORS[who], each, NOW) for each in facts.values()]

    if who == "secretariat":
        assert [verdict.code for verdict in verdicts] == [None if facts is POSSIBLE else RefusalCode.WRONG_STATE] * 2
        assert [verdict.is_allowed for verdict in verdicts] == [facts is POSSIBLE] * 2
    else:
        assert [verdict.code for verdict in verdicts] == [NOT_THEIRS.get(who, RefusalCode.FORBIDDEN)] * 2
