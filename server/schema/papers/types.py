"""Papers: numbered meeting documents with lettered versions."""

from datetime import datetime

import strawberry

from server.domain.papers import queries
from server.domain.papers.rules import PaperNumber, PrintedFacts, language_of, reference_of
from server.models import papers as tables
from server.schema.bodies.meetings import Sitting
from server.schema.lists.papers import PAPER_ORDERS, PaperFilter
from server.schema.reads.kinds import Node, column, computed, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import Locale
from server.schema.texts.types import TextVersion


@noun(tables.Paper, queries.visible_papers)
class Paper(Node):
    """One lettered version of a numbered meeting document.

    Series and serial are the number of the document, the letter is the version. Every delegate sees every paper.
    """

    reference: str = computed(
        "Number as printed: series, serial, language and letter, such as 'PC0618Ea'.",
        lambda actor, facts, now: reference_of(PaperNumber(*facts)),
        PrintedFacts,
    )
    series: str = column("Series of the paper: two capital letters, such as 'PC'.")
    serial: int = column("Number within the series, 1 to 9999; it goes on counting from one sitting to the next.")
    letter: str = column("Letter of the version, 'a' to 'z' without a gap.")
    language: Locale = computed(
        "Language of the paper: ar, en, fr, ru or es.",
        lambda actor, facts, now: language_of(facts.language),
        PrintedFacts,
    )
    title: str = column("Title, at most 300 characters.")
    sitting: Sitting | None = to_one("The sitting it was issued for; null if none is named.", implied=True)
    text_version: TextVersion | None = to_one(
        "The issued version of a text that it carries; null if it carries none.", implied=True
    )
    issued_at: datetime = column("Instant at which it was issued on this server.")


@strawberry.type
class PaperQueries:
    """Root fields about papers."""

    paper: Paper | None = one(
        "One lettered version of a paper by its id; null if it does not exist or the caller does not see it.", "Paper"
    )
    papers: Connection[Paper] = many(
        "Papers by series, serial and letter.",
        order=PAPER_ORDERS,
        filter_type=PaperFilter,
    )
