"""What a move changes, as a sentence in English. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from server.domain.forecast.rules.outlooks import Miss, Shift, sittings_at_risk
from server.kernel.zones import say_day
from server.vocabulary.forecast import MissKind

MOST_NAMED = 3
"""Most misses that a sentence names; the count says how many more there are."""


def say_shift(subject: str, days: int, shift: Shift, titles: Mapping[str, str], sittings: Mapping[str, str]) -> str:
    """Return what a move changes, with the titles of steps and the names of sittings by their ids.

    "The round R3, 21 days later, moves 3 steps. It moves 'Paper for the PTC' 12 days past 8 March 2027, the document
    deadline of PTC, 26 April 2027. At risk: PTC, 26 April 2027; Council, 24 June 2027."
    """
    count = len(shift.moved)
    move = f"{say_days(abs(days))} {'later' if days >= 0 else 'earlier'}"
    sentences = [f"{subject}, {move}, moves {count} {'step' if count == 1 else 'steps'}."]
    direct = [miss for miss in shift.misses if miss.kind is not MissKind.FOLLOWS]
    lines = list(dict.fromkeys(_say_miss(miss, titles, sittings) for miss in direct))  # two milestones at one sitting
    sentences += lines[:MOST_NAMED]
    if len(lines) > MOST_NAMED:
        sentences.append(f"{len(lines) - MOST_NAMED} more miss their day.")
    risks = [sittings[sitting] for sitting in sittings_at_risk(shift.misses) if sitting in sittings]
    sentences.append(f"At risk: {'; '.join(risks)}." if risks else "No sitting is at risk by it.")
    return " ".join(sentences)


def say_days(days: int) -> str:
    """Return a number of days in words: "1 day", "21 days"."""
    return f"{days} day" if days == 1 else f"{days} days"


def _say_miss(miss: Miss, titles: Mapping[str, str], sittings: Mapping[str, str]) -> str:
    """Return how one step misses its day."""
    cause = titles.get(miss.cause_id) or titles.get(miss.step_id, "")
    return f"It moves '{cause}' {say_days(miss.days)} past {_say_due(miss, titles, sittings)}."


def _say_due(miss: Miss, titles: Mapping[str, str], sittings: Mapping[str, str]) -> str:
    """Return the day that a step misses, with what it is the day of."""
    day, sitting = say_day(miss.due_on), sittings.get(miss.sitting_id, "")
    if miss.kind is MissKind.PAPERS:
        return f"{day}, the document deadline of {sitting}" if sitting else f"{day}, the document deadline"
    if sitting.endswith(day):
        return sitting
    if miss.step_id == miss.cause_id or miss.step_id not in titles:
        return day
    return f"{day}, the day of '{titles[miss.step_id]}'{f' for {sitting}' if sitting else ''}"


def name_sitting(short_name: str, starts_on: date) -> str:
    """Return what a sitting is called in a sentence: "Council, 24 June 2027"."""
    return f"{short_name}, {say_day(starts_on)}"


def list_named(shift: Shift) -> Sequence[str]:
    """Return the ids of the steps that the sentence can name."""
    return [id_ for miss in shift.misses for id_ in (miss.step_id, miss.cause_id) if id_]
