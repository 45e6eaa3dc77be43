"""Generated changes of the structure that meet: every competition is told, and everything else stands in its place."""

from collections import Counter

import pytest

from tests.consolidation.generated import COMPETING, KINDS, judge, list_meetings


@pytest.mark.parametrize("number", [168, pytest.param(2_100, marks=(pytest.mark.rest, pytest.mark.long))])
def test_changes_of_the_structure_that_meet_compete_or_stand_in_their_places(number: int) -> None:
    assert Counter((meeting.kind, fault) for meeting in list_meetings(number) for fault in judge(meeting)) == {}


def test_meetings_of_the_structure_are_of_every_kind_and_the_same_each_time() -> None:
    meetings = list(list_meetings(2 * len(KINDS)))

    assert Counter(meeting.kind for meeting in meetings) == dict.fromkeys(KINDS, 2)
    assert {each.kind for each in meetings if each.competing} == set(COMPETING)
    assert list(list_meetings(2 * len(KINDS))) == meetings
