"""The change that a comment asks for, as runs of its provision. No database."""

import pytest

from server.domain.rounds.rules.outcomes import AskedFacts, asked_runs_of

WORDS = "Posts sort mail in 3 days."


def runs(wording: str | None, quoted: str = "", before: str | None = WORDS) -> list[tuple[str, str]]:
    """Return the runs of a comment that quotes words and proposes others."""
    start = WORDS.index(quoted) if quoted else None
    end = None if start is None else start + len(quoted)
    return [(run.kind.value, run.text) for run in asked_runs_of(AskedFacts(wording, before, start, end))]


@pytest.mark.parametrize(
    ("wording", "quoted", "expected"),
    [
        ("2 days", "3 days", [("KEEP", "Posts sort mail in "), ("DELETE", "3"), ("INSERT", "2"), ("KEEP", " days.")]),
        ("Posts sort mail.", "", [("KEEP", "Posts sort mail"), ("DELETE", " in 3 days"), ("KEEP", ".")]),
        ("", "Posts sort mail in 3 days.", [("DELETE", WORDS)]),
    ],
    ids=["quoted words", "the whole provision", "deletion"],
)
def test_runs_show_the_change_in_the_words_of_the_provision(
    wording: str, quoted: str, expected: list[tuple[str, str]]
) -> None:
    assert runs(wording, quoted) == expected


def test_a_comment_without_words_or_without_a_provision_has_no_runs() -> None:
    assert runs(None) == []
    assert runs(None, "3 days") == []
    assert runs("2 days", before=None) == []
