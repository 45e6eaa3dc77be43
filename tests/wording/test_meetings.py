"""Generated wordings that meet: every competition is told, everything else stands exactly, nothing woven is unread."""

from collections import Counter

import pytest

from tests.wording.meetings import COMPETING, KINDS, LETTING, judge, list_meetings

MOST_FALSE = 0.02
"""Share of changes that could stand together and are asked about all the same."""


@pytest.mark.parametrize("number", [440, pytest.param(9_900, marks=(pytest.mark.rest, pytest.mark.long))])
def test_wordings_that_meet_compete_or_stand_as_was_asked_for(number: int) -> None:
    faults = Counter((meeting.kind, fault) for meeting in list_meetings(number) for fault in judge(meeting))

    false = {kind: faults.pop((kind, "a false conflict"), 0) for kind in LETTING}
    assert faults == {}
    assert sum(false.values()) <= MOST_FALSE * number * len(LETTING) / len(KINDS)


def test_meetings_are_of_every_kind_and_language_and_the_same_each_time() -> None:
    meetings = list(list_meetings(110))

    assert Counter(meeting.kind for meeting in meetings) == dict.fromkeys(KINDS, 10)
    assert {(each.kind, each.language) for each in meetings} == {
        (kind, language) for kind in KINDS for language in ("English", "French", "Spanish", "Arabic", "Chinese")
    }
    assert {each.kind for each in meetings if each.competing} == set(COMPETING)
    assert list(list_meetings(110)) == meetings
