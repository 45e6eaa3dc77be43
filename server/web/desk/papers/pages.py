"""Numbered papers and their lettered versions."""

import re

from starlette.responses import Response

from server.domain.papers.rules import LANGUAGES
from server.web.desk.filters import chosen, filled, one_of
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

PRINTED = re.compile(r"\s*([A-Za-z]{2})\s*([0-9]{1,4})(?:[A-Za-z][0-9]?[A-Za-z]?)?\s*")
"""The number of a paper as people type it, of whatever language and letter."""
TAGS = tuple(LANGUAGES.values())


def number_of(typed: str) -> tuple[str, int] | None:
    """Return the series and the serial of a typed number such as "PC0618Ea" or "pc 618", None if it is none."""
    match = PRINTED.fullmatch(typed)
    return (match[1].upper(), int(match[2])) if match else None


async def show_papers(visit: Visit) -> Response:
    """Return the list of papers, the latest number first, with the form that issues one."""
    filters = chosen(visit, ("q", "language", "after", "series", "serial", "title", "version"))
    filters["language"] = one_of(filters["language"], TAGS)
    number = number_of(filters["q"])
    by_words = {"series": number[0], "serial": number[1]} if number else {"text": filters["q"]}
    listed, begin, sittings, texts = await visit.read_all(
        (
            "PaperList",
            {
                "filter": filled(by_words | {"language": filters["language"]}),
                "orderBy": "NUMBER_DESC",
                "after": filters["after"] or None,
            },
        ),
        ("ActsToBegin", {}),
        ("SittingList", {"orderBy": "STARTS_ON_DESC", "first": 30}),
        ("TextChoices", {"first": 50}),
    )
    return visit.render(
        "papers/papers.html",
        papers=listed["papers"],
        acts=begin["viewer"]["availableActs"],
        sittings=sittings["sittings"]["nodes"],
        instruments=texts["instruments"]["nodes"],
        filters=filters,
        tags=TAGS,
    )


async def show_paper(visit: Visit) -> Response:
    """Return one lettered version of a paper, with its other versions."""
    paper = found((await visit.read("PaperDetail", id=visit.parameter("id")))["paper"])
    others, begin = await visit.read_all(
        ("PaperList", {"filter": {"series": paper["series"], "serial": paper["serial"]}}), ("ActsToBegin", {})
    )
    return visit.render(
        "papers/paper.html",
        paper=paper,
        versions=others["papers"]["nodes"],
        acts=begin["viewer"]["availableActs"],
    )


PAPER_PAGES = (
    Page(
        "/papers",
        show_papers,
        acts=frozenset({"issuePaper"}),
        onward=lambda _, __, fact: f"/papers/{fact['paper']['id']}",
    ),
    Page("/papers/{id}", show_paper),
)
