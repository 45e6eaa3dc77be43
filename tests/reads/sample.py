"""A schema of its own over the tables of rounds: every kind of read in one place, and the awkward cases."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, NamedTuple

import strawberry
from sqlalchemy import and_, func, or_, select, true
from strawberry.schema.config import StrawberryConfig

from server.domain.rounds import queries
from server.domain.threads import queries as threads
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import is_secretariat, parents, signed_in
from server.models import bodies, parties, rounds
from server.schema.reads.filters import before, conditions, equal, has, holds, one_of, since, until
from server.schema.reads.groups import Group, groups
from server.schema.reads.kinds import Node, Noun, Through, batch, column, computed, connection, noun, to_any
from server.schema.reads.kinds import to_one as to_one_
from server.schema.reads.orders import ALPHABETICAL, EARLIEST, LOWEST, Order, declare_orders
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, node_of, nodes_of, one
from server.schema.scalars import SCALARS
from server.vocabulary.rounds import CommentStatus, CommentType, DispositionVerdict

SAMPLE: dict[str, Noun] = {}
"""The nouns of this schema; those of the application stay as they are."""

for vocabulary in (Capacity, CommentType, CommentStatus, DispositionVerdict):
    strawberry.enum(vocabulary)


@strawberry.enum
class Size(Enum):
    """An enumeration whose values are not its names."""

    SMALL = "s"
    LARGE = "l"


@strawberry.type
class Word:
    """A value in a value."""

    text: str
    size: Size


@strawberry.type
class Outline:
    """A value with lists, null and other values."""

    first: Word | None
    words: list[Word]
    sizes: list[Size]
    grid: list[list[int]]
    seen_at: datetime
    seen_by: str


class RemarkFacts(NamedTuple):
    """What an outline is made of; the verdict is a fact even where the answer is hidden."""

    text: str
    drafted_at: datetime
    verdict: Annotated[DispositionVerdict | None, "work.disposition.verdict"]


def outline_of(actor: Actor, facts: RemarkFacts, now: datetime) -> Outline | None:
    """Return the first words of a remark, None for one without a verdict."""
    if facts.verdict is None:
        return None
    words = [Word(text=word, size=Size.SMALL if len(word) < 5 else Size.LARGE) for word in facts.text.split()[:3]]
    return Outline(
        first=words[0] if words else None,
        words=words,
        sizes=[word.size for word in words],
        grid=[[1, 2], [], [len(words)]],
        seen_at=now,
        seen_by=actor.name,
    )


def supporter_of() -> Any:
    """Select (comment, the first by name of the parties that support it)."""
    names = func.min(parties.Party.short_name)
    return (
        select(rounds.Support.comment_id, names)
        .join(parties.Party, parties.Party.id == rounds.Support.party_id)
        .where(rounds.Support.comment_id.in_(parents), signed_in, rounds.Support.party_id != "")
        .group_by(rounds.Support.comment_id)
    )


def visible_answers(answer: Any) -> Any:
    """Let the Secretariat see every answer, and others the recorded ones."""
    return or_(is_secretariat, answer.stage == "RECORDED")


def everyone(_: Any) -> Any:
    """Let everybody see every row."""
    return true()


def visible_backings(backing: Any) -> Any:
    """Let others than the Secretariat see no backing by Japan."""
    japan = select(parties.Party.id).where(parties.Party.id == backing.party_id, parties.Party.short_name == "Japan")
    return and_(queries.visible_marks(backing), or_(is_secretariat, ~japan.exists()))


BACKED = Through(rounds.Support, visible_backings, parent="party_id", target="comment_id")


@noun(parties.Party, everyone, among=SAMPLE)
class Speaker(Node):
    """A party."""

    short_name: str = column("")
    capacity: Capacity = column("")
    remarks: Connection["Remark"] = connection("", on="party_id", order=("-submitted_at", "number", "-id"))
    backed: Connection["Remark"] = connection("", through=BACKED, order=("-submitted_at", "id"))


@noun(rounds.Disposition, visible_answers, among=SAMPLE)
class Answer(Node):
    """A disposition."""

    verdict: DispositionVerdict = column("")
    stage: str = column("")
    by: str = column("", "decided_by.person.name")


@noun(rounds.Support, visible_backings, among=SAMPLE)
class Backing(Node):
    """A mark of support."""

    speaker: Speaker = to_one_("", "party", implied=True)
    supported_at: datetime = column("")


def resembles(column_at: Any, matches: Any) -> Any:
    """Compare only the end of the text, as no ready form of a filter does."""
    return matches(func.substr(column_at("text"), -3))


@conditions("remarks")
class RemarkFilter:
    """Filter of remarks."""

    types: list[CommentType] | None = one_of("", "type")
    verdict: list[DispositionVerdict] | None = one_of("", "work.disposition.verdict")
    speaker: list[str] | None = one_of("", "party.short_name")
    ending: list[str] | None = one_of("", condition=resembles)
    words: str | None = holds("", "text")
    sent_from: datetime | None = since("", "submitted_at")
    sent_until: datetime | None = until("", "submitted_at")
    sent_before: datetime | None = before("", "submitted_at")
    number: list[int] | None = one_of("", "number")
    number_from: int | None = since("", "number")
    has_number: bool | None = has("", "number")
    has_verdict: bool | None = has("", "work.disposition.verdict")
    covers_section: bool | None = equal("", "covers_section")


@noun(rounds.Comment, queries.visible_comments, among=SAMPLE)
class Remark(Node):
    """A comment."""

    number: int | None = column("")
    type: CommentType = column("")
    status: CommentStatus = column("", "work.status")
    submitted_at: datetime | None = column("")
    speaker: Speaker = to_one_("", "party", implied=True)
    answer: Answer | None = to_one_("", "work.disposition")
    verdict: DispositionVerdict | None = column("Hidden with the answer.", "work.disposition.verdict")
    outline: Outline | None = computed("", outline_of, RemarkFacts)
    supporter: str | None = batch("", supporter_of, None)
    support_count: int = batch("", threads.marks_per_comment(rounds.Support), 0)
    backings: Connection[Backing] = connection("", on="comment_id", order=("-supported_at", "party.short_name", "id"))
    gathering: "Gathering" = to_one_("", "round", implied=True)


@noun(rounds.Round, queries.visible_rounds, among=SAMPLE)
class Gathering(Node):
    """A round."""

    title: str = column("")
    remarks: Connection[Remark] = connection(
        "", on="round_id", order=("party.short_name", "-number", "id"), filter_type=RemarkFilter
    )


@noun(bodies.Decision, everyone, among=SAMPLE)
class Ruling(Node):
    """A decision."""

    text: str = column("")
    about: Annotated[Remark | Gathering | Speaker, strawberry.union("Subject")] | None = to_any("", "subject_id")


REMARK_ORDERS = declare_orders(
    "RemarkOrder",
    "remarks",
    {
        "SPEAKER": Order("speaker", ALPHABETICAL, ("-party.short_name", "number", "id")),
        "SUBMISSION": Order("instant", EARLIEST, ("submitted_at", "-number", "id")),
        "STATUS": Order("status", LOWEST, ("-work.status", "type", "-id")),
        "VERDICT": Order("verdict", LOWEST, ("work.disposition.verdict", "work.disposition.decided_at", "-id")),
        "PLACE": Order("place", LOWEST, ("-party.short_name", "provision_text.position", "id")),
    },
)
"""Orders of remarks, ascending and descending, over nulls, enumerations and hidden rows."""


@strawberry.enum
class RemarkGroup(Enum):
    """What remarks are grouped by."""

    BY_TYPE = "type"
    BY_VERDICT = "verdict"
    BY_SPEAKER = "speaker"


@strawberry.type
class Query:
    """The root."""

    remark_groups: list[Group] = groups(
        "",
        "Remark",
        by_type=RemarkGroup,
        by={
            RemarkGroup.BY_TYPE: "type",
            RemarkGroup.BY_VERDICT: "work.disposition.verdict",
            RemarkGroup.BY_SPEAKER: "party.short_name",
        },
        filter_type=RemarkFilter,
        total="number",
    )

    gathering: Gathering | None = one("", "Gathering")
    remark: Remark | None = one("", "Remark")
    gatherings: Connection[Gathering] = many("", order=("-closes_at", "id"))
    rulings: Connection[Ruling] = many("", order=("text", "id"))
    speakers: Connection[Speaker] = many("", order=("capacity", "-short_name"))
    remarks: Connection[Remark] = many(
        "",
        order=REMARK_ORDERS,
        filter_type=RemarkFilter,
    )

    @strawberry.field
    async def node(self, info: strawberry.Info, id: strawberry.ID) -> Node | None:  # noqa: A002
        """Return one object."""
        return await node_of(info, id)  # type: ignore[no-any-return]

    @strawberry.field
    async def nodes(self, info: strawberry.Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """Return many objects."""
        return await nodes_of(info, ids)  # type: ignore[no-any-return]


schema = strawberry.Schema(
    Query,
    types=[noun.type for noun in SAMPLE.values()],
    config=StrawberryConfig(scalar_map=SCALARS),
)._schema
