"""Plain values of provisions: cells, marks, the headings above them."""

from collections.abc import Iterable
from datetime import datetime

import strawberry

from server.documents import tables as paper_tables
from server.documents import words
from server.domain.texts.queries.reading import visible_provisions
from server.domain.texts.rules.lineages import DebtFacts, LineageFacts, needs_confirmation
from server.domain.texts.rules.provisions import MarkFacts, RowFacts
from server.kernel.actor import Actor
from server.models.edges import SameProvision
from server.schema.reads.kinds import Through, words_or_null
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import MarkKind, UnitKind
from server.wording.redline import Run, RunKind, exact_runs_between

vocabulary(MarkKind)
vocabulary(UnitKind)
vocabulary(RunKind)


@strawberry.type(
    description="A run of words in a preview or a comparison. KEEP and DELETE runs joined are the words before, KEEP "
    "and INSERT runs the words after."
)
class PreviewRun:
    """The GraphQL form of `server.wording.redline.Run`, without sources."""

    kind: RunKind = strawberry.field(description="Whether the words are kept, inserted or deleted.")
    text: str = strawberry.field(description="The words; never empty.")


def show_runs(runs: Iterable[Run]) -> list[PreviewRun]:
    """Return the GraphQL form of runs."""
    return [PreviewRun(kind=run.kind, text=run.text) for run in runs]


IN_VERSIONS = Through(SameProvision, visible_provisions, parent="one_id", target="other_id")
"""The same provision in every version."""


@strawberry.type(description="A cell of a row of a table.")
class Cell:
    """The GraphQL form of `server.documents.tables.Cell`."""

    number: int = strawberry.field(description="Number of its column, from 1.")
    text: str | None = words_or_null("Words of the cell; null if it is blank or covered by another cell.")
    start: int = strawberry.field(
        description="Where the cell begins in the text of the row, in Unicode code points from 0."
    )
    end: int = strawberry.field(
        description="Where it ends there, exclusive. A pipe in its words takes two code points in the row: '\\|'."
    )


@strawberry.type(description="Words that the paper sets off from the others.")
class Mark:
    """The GraphQL form of `server.documents.words.TextMark`."""

    start: int = strawberry.field(description="Where the words begin in the text, in Unicode code points from 0.")
    end: int = strawberry.field(description="Where they end, exclusive.")
    kind: MarkKind = strawberry.field(description="How they are set off.")


@strawberry.type(description="A heading that a provision stands under, as it reads in the same version.")
class HeadingAbove:
    """The GraphQL form of `server.domain.texts.queries.paths.HeadingAbove`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the heading.")
    kind: UnitKind = strawberry.field(description="Sort of heading.")
    printed_number: str | None = words_or_null("Its number as printed; null if it has none.")
    text: str = strawberry.field(description="Its words.")


def cells_in(_: Actor, facts: RowFacts, __: datetime) -> list[paper_tables.Cell]:
    """Return the cells of a row of a table, none for other provisions."""
    return paper_tables.cells_of(facts.text) if facts.kind is UnitKind.TABLE_ROW else []


def marks_in(_: Actor, facts: MarkFacts, __: datetime) -> list[words.TextMark]:
    """Return the marks of a provision."""
    return words.marks_of(facts.marks)


def waits_for_person(_: Actor, facts: LineageFacts, __: datetime) -> bool:
    """Return whether a line of lineage waits for a person."""
    return needs_confirmation(facts)


def runs_in(_: Actor, facts: DebtFacts, __: datetime) -> list[Run]:
    """Return what changed in the original since it was translated; empty where it does not stand in both."""
    before, now = facts
    if before is None or now is None:
        return []
    return list(exact_runs_between(before, now))
