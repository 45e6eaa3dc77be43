"""When a letter is due, how an instant and a number are said, and which tokens a server believes."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.notices.rules.digests import Habits, PostingDecision, Unposted, decide, find_next_digest
from server.domain.notices.rules.letters import MOST, Item, LetterReader, write_letter_of
from server.domain.notices.rules.unsubscribing import read_token, sign_token
from server.domain.notices.rules.words import Due, Sentence, count_notices, count_others, say_due, say_when
from server.vocabulary.notices import DueKind
from server.vocabulary.parties import Language, Notices

PERSON = "PER_01jd3k00000000000000000000"
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "zone", "hour", "due"),
    [
        ("2026-06-01T12:00+00:00", "UTC", 7, "2026-06-02T07:00+00:00"),
        ("2026-06-01T06:59+00:00", "UTC", 7, "2026-06-01T07:00+00:00"),
        ("2026-06-01T07:00+00:00", "UTC", 7, "2026-06-02T07:00+00:00"),
        ("2026-06-01T12:00+00:00", "Asia/Tokyo", 7, "2026-06-01T22:00+00:00"),
        ("2026-03-28T12:00+00:00", "Europe/Brussels", 2, "2026-03-29T01:00+00:00"),  # clocks skip that hour
        ("2026-10-24T12:00+00:00", "Europe/Brussels", 2, "2026-10-25T00:00+00:00"),  # it comes twice: the first
        ("2026-06-01T12:00+00:00", "Nowhere/At-all", 7, "2026-06-02T07:00+00:00"),
    ],
)
def test_next_letter_is_at_the_hour_in_the_zone(since: str, zone: str, hour: int, due: str) -> None:
    assert find_next_digest(datetime.fromisoformat(since), zone, hour) == datetime.fromisoformat(due)


def test_letters_wait_for_their_hour_unless_something_is_pressing() -> None:
    daily, at_once = Habits(Notices.DAILY, "UTC", 7), Habits(Notices.AT_ONCE, "UTC", 7)

    assert decide(at_once, Unposted(NOON, 0), NOON) == PostingDecision(True)
    assert decide(daily, Unposted(NOON, 0), NOON).is_due is False
    assert decide(daily, Unposted(NOON, 1), NOON) == PostingDecision(True, only_pressing=True)
    assert decide(daily, Unposted(NOON, 1), NOON + timedelta(hours=19)) == PostingDecision(True)


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [(1, "1 notice", "1 avis"), (2, "2 notices", "2 avis"), (21, "21 notices", "21 avis")],
)
def test_notices_are_counted(count: int, english: str, french: str) -> None:
    assert (count_notices(count, Language.ENGLISH), count_notices(count, Language.FRENCH)) == (english, french)


def test_what_is_left_out_is_counted_with_the_right_plural() -> None:
    assert [count_others(number, Language.FRENCH) for number in (1, 2)] == [
        "Et 1 autre dans votre boîte.",
        "Et 2 autres dans votre boîte.",
    ]
    assert [count_others(number, Language.ENGLISH) for number in (1, 2)] == [
        "And 1 more in your inbox.",
        "And 2 more in your inbox.",
    ]


def test_instants_are_said_in_zone_and_language_of_the_reader() -> None:
    late = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)

    assert say_when(late, "Asia/Tokyo", Language.ENGLISH) == (
        "1 January 2027 at 05:00 (Asia/Tokyo; 31 December 2026 20:00 UTC)"
    )
    assert say_when(late, "Asia/Tokyo", Language.FRENCH) == (
        "1er janvier 2027 à 05 h 00 (Asia/Tokyo ; 31 décembre 2026 20 h 00 UTC)"
    )
    assert say_when(late, "UTC", Language.ENGLISH) == "31 December 2026 at 20:00 (UTC)"
    assert say_due(Due(DueKind.STARTS, None, late.date(), None), "UTC", Language.FRENCH) == "Début le 31 décembre 2026."
    assert say_due(Due(None, late, None, None), "UTC", Language.ENGLISH) == ""


def test_tokens_of_others_and_of_other_servers_are_not_believed() -> None:
    secret, other = "ab" * 32, "cd" * 32
    token = sign_token(secret, PERSON)

    assert read_token(secret, token) == PERSON
    assert read_token(other, token) is None
    for forged in ("", ".", PERSON, f"{PERSON}.", f"{PERSON}.é", token[:-1], token.replace("k", "m", 1)):
        assert read_token(secret, forged) is None


def test_letter_groups_by_object_escapes_and_counts_the_rest() -> None:
    words = Sentence("It is about “{title}”.", "Il s’agit de « {title} ».")
    items = [
        Item(f"RND_{n % 2}", f"<i>{n % 2}</i>", words, Due(None, None, None, None), f"https://x/{n}")
        for n in range(MOST + 3)
    ]
    items.sort(key=lambda item: item.object_id)

    letter = write_letter_of(items, LetterReader("Ann\r\nBcc: y", Language.ENGLISH, "UTC", "https://x/u"), "https://x")

    assert letter.subject == "43 notices: <i>0</i>, <i>1</i>"
    assert letter.text.startswith("Dear Ann Bcc: y,\n")
    assert letter.text.count("It is about") == MOST
    assert "And 3 more in your inbox." in letter.text
    assert "<i>" not in letter.html
    assert letter.html.count("<h2") == 2
