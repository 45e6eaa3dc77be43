"""Why an act is not possible now: the words and the values of each reason."""

import re
from datetime import UTC, date, datetime

import pytest

from server.kernel.reasons import REASONS, Reason, ReasonCode
from server.kernel.zones import say_instant
from server.schema.vocabulary import docstrings_of

CLOSES = datetime(2026, 12, 9, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Brussels", "9 December 2026 at 17:00 (Europe/Brussels), 16:00 UTC"),
        ("Asia/Tokyo", "10 December 2026 at 01:00 (Asia/Tokyo), 9 December 2026 at 16:00 UTC"),
        ("UTC", "9 December 2026 at 16:00 UTC"),
        (None, "9 December 2026 at 16:00 UTC"),
        ("Mars/Olympus", "9 December 2026 at 16:00 UTC"),
    ],
)
def test_an_instant_is_said_where_it_was_announced_and_in_utc(zone: str | None, words: str) -> None:
    assert say_instant(CLOSES, zone) == words


def test_a_reason_says_its_values_and_gives_them_to_programs() -> None:
    closed = Reason(ReasonCode.SEALED_ROUND_CLOSED, CLOSES, "Europe/Brussels")
    ended = Reason(ReasonCode.CYCLE_CLOSED, day=date(2026, 3, 27))

    assert closed.words == (
        "The round closed on 9 December 2026 at 17:00 (Europe/Brussels), 16:00 UTC. "
        "It was sealed and is open to read now, so nobody can reopen it."
    )
    assert closed.parameters == {"instant": "2026-12-09T16:00:00+00:00", "zone": "Europe/Brussels"}
    assert (ended.words, ended.parameters) == ("The review cycle closed on 27 March 2026.", {"day": "2026-03-27"})


@pytest.mark.parametrize("code", ReasonCode)
def test_the_docstring_of_a_reason_names_the_parameters_in_its_words(code: ReasonCode) -> None:
    named = set(re.findall(r"`(\w+)`", docstrings_of(ReasonCode)[code]))

    assert named - {"zone"} == set(re.findall(r"{(\w+)}", REASONS[code]))
