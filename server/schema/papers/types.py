"""Papers: numbered meeting documents with lettered versions."""

from datetime import datetime

import strawberry

from server.domain.papers import queries
from server.domain.papers.rules import PaperNumber, PrintedFacts, reference_of
from server.models import papers as tables
from server.schema.bodies.types import Sitting
from server.schema.reads.kinds import Filter, Node, column, computed, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.texts.types import TextVersion


@noun(tables.Paper, queries.visible_papers)
class Paper(Node):
    """One lettered version of a numbered meeting document. Series and serial without the letter are the document."""

    reference: str = computed(
        "The number as it is printed, such as 'PC0618Ea'.",
        lambda actor, facts, now: reference_of(PaperNumber(*facts)),
        PrintedFacts,
    )
    series: str = column("Series: two capital letters, such as PC.")
    serial: int = column("Number within the series, continuous across sittings.")
    letter: str = column("Letter of the version, from a.")
    language: str = column("Letter of the language: A, E, F, R or S.")
    title: str = column("Title.")
    sitting: Sitting | None = to_one("The sitting it was issued for, if one is named.", implied=True)
    text_version: TextVersion | None = to_one("The issued version of a text that it carries, if any.", implied=True)
    issued_at: datetime = column("When it was issued here.")


@strawberry.input(description="Which papers to list.")
class PaperFilter:
    """Filter of `papers`."""

    series: str | None = strawberry.field(default=strawberry.UNSET, description="Only of this series.")
    serial: int | None = strawberry.field(
        default=strawberry.UNSET, description="Only with this serial; with the series, the versions of one document."
    )
    sitting_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those issued for this sitting."
    )


@strawberry.type
class PaperQueries:
    """Root fields about papers."""

    paper: Paper | None = one("A lettered version of a paper by its id.", "Paper")
    papers: Connection[Paper] = many(
        "Papers by series, serial and letter.",
        order=("series", "serial", "letter", "id"),
        filter_type=PaperFilter,
        filters={"series": Filter("series"), "serial": Filter("serial"), "sittingId": Filter("sitting_id")},
    )
