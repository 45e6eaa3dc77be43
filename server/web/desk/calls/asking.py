"""Open a call for inputs: the questions, who is asked, and until when."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.rounds.calling import BRUSSELS, usual_close
from server.web.desk.rounds.turnout import CAPACITIES
from server.web.desk.sent import Pairs, first_of
from server.web.desk.visits import Visit

ROWS, MOST_ROWS = 4, 50
"""Questions for which the form has room at first, and at most."""
_OF_QUESTION = re.compile(r"questions\.(\d{1,3})\.(\w+)")


async def show(visit: Visit) -> Response:
    """Return the form that opens a call. The parameter `questions` says for how many it has room."""
    known = await visit.read("BodyList", first=100)
    led = {body["id"] for body in visit.speaks["leads"]} if visit.speaks else set()
    bodies = [body for body in known["workingBodies"]["nodes"] if visit.is_secretariat or body["id"] in led]
    return visit.render(
        "calls/new.html",
        bodies=bodies,
        rows=range(_count_rows(visit)),
        audience=visit.sent.all("audience") if visit.sent else list(CAPACITIES),
        usual=usual_close(visit.times.now),
        zone=BRUSSELS,
    )


def _count_rows(visit: Visit) -> int:
    """Return the number of questions for which the form has room."""
    if visit.sent:
        return len({place for name, _ in visit.sent.pairs if (place := _place_of(name)) is not None}) or ROWS
    number = visit.query.get("questions", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 4
    return min(max(int(number), 1), MOST_ROWS) if is_number else ROWS


def _place_of(name: str) -> int | None:
    match = _OF_QUESTION.fullmatch(name)
    return int(match[1]) if match else None


async def fill(_visit: Visit, _act: str, pairs: Pairs) -> Pairs:
    """Return the fields as the act takes them: questions without words are left out, choices stand on lines."""
    filled: list[tuple[str, str]] = []
    for name, value in pairs:
        match = _OF_QUESTION.fullmatch(name)
        if match is None:
            filled.append((name, value))
        elif first_of(pairs, f"questions.{match[1]}.text").strip():
            lines = value.splitlines() if match[2] == "choices" else [value]
            filled += [(name, line) for line in lines if line.strip()]
    return filled if any(name.startswith("questions.") for name, _ in filled) else [*filled, ("questions", "")]


def _onward(_visit: Visit, _act: str, fact: Mapping[str, Any]) -> str:
    return f"/calls/{fact['call']['id']}"


ASKING_PAGE = Page("/calls/new", show, frozenset({"openCall"}), _onward, fill)
