"""The renumbering of a version: its input, and the preview of what it would do."""

from typing import Annotated, Any

import strawberry

from server.domain.consolidation.queries import renumberings
from server.schema.acts import key_field, version_field
from server.schema.context import Context
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.values import render_value
from server.schema.texts.types import TextVersion


@strawberry.input(description="A number that is set by hand. The numbers after it in the same series go on from there.")
class ProvisionNumberInput:
    """Part of `RenumberVersionInput`, and an argument of `renumbering`."""

    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    printed_number: str = strawberry.field(
        description="Number to be printed, such as '2 bis.', at most 40 characters; empty for none."
    )


@strawberry.input(description="A version that is being made, to be numbered without gaps.")
class RenumberVersionInput:
    """Input of `renumberVersion`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="Id of the version being made.")
    numbers: list[ProvisionNumberInput] = strawberry.field(
        default_factory=list, description="Numbers that are set by hand, each provision once."
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "text_version_id": self.text_version_id,
            "numbers": pair_numbers(self.numbers),
            "expected_revision": self.expected_revision,
        }


def pair_numbers(numbers: list[ProvisionNumberInput]) -> list[tuple[str, str]]:
    """Return the numbers as (permanent key, printed number)."""
    return [(each.provision_key, each.printed_number) for each in numbers]


@strawberry.type(description="A provision that gets another printed number.")
class NumberChange:
    """The GraphQL form of `server.domain.consolidation.rules.renumbering.NumberChange`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    before: str | None = words_or_null("Number as printed now; null if it has none.")
    after: str | None = words_or_null("Number after the renumbering; null if it gets none.")


@strawberry.type(description="A reference whose number changes with that of the provision that it points to.")
class ReferenceChange:
    """The GraphQL form of `server.domain.consolidation.rules.renumbering.ReferenceChange`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision in whose words it stands.")
    before: str = strawberry.field(description="Its words now.")
    after: str = strawberry.field(description="Its words after the renumbering.")
    target: strawberry.ID = strawberry.field(
        name="targetKey", description="Permanent key of the provision that it points to."
    )


@strawberry.type(description="A reference that leads nowhere after the renumbering, or not to what it pointed to.")
class DanglingReference:
    """The GraphQL form of `server.domain.consolidation.rules.renumbering.Dangling`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision in whose words it stands.")
    words: str = strawberry.field(description="Its words after the renumbering.")
    target: strawberry.ID | None = strawberry.field(
        name="targetKey",
        description="Permanent key of the provision that it pointed to; null if it led nowhere before.",
    )


@strawberry.type(description="What renumbering a version would do. Computed at each request; nothing is changed.")
class Renumbering:
    """The GraphQL form of `server.domain.consolidation.queries.renumberings.RenumberingPreview`."""

    text_version: TextVersion | None = edge("The version.", "version_id")
    numbers: list[NumberChange] = strawberry.field(description="Provisions that get another number, in reading order.")
    doubts: list[strawberry.ID] = strawberry.field(
        name="doubtfulKeys",
        description="Permanent keys of provisions whose numbers follow no scheme, and so stay as they are.",
    )
    references: list[ReferenceChange] = strawberry.field(
        description="References that would be written anew, in reading order."
    )
    dangling: list[DanglingReference] = strawberry.field(
        description="References that would lead nowhere afterwards, or not to what they pointed to."
    )


BY_HAND = Annotated[
    list[ProvisionNumberInput],
    strawberry.argument(description="Numbers that are set by hand; keys that the version does not have are left out."),
]


async def show_renumbering(
    info: strawberry.Info, version_id: str, numbers: list[ProvisionNumberInput]
) -> Renumbering | None:
    """Return what renumbering a version would do; None unless the caller sees the version."""
    context: Context = info.context
    async with context.database.studying() as session:
        preview = await renumberings.find_renumbering(
            session, context.actor, context.now, version_id, pair_numbers(numbers)
        )
    return await render_value(info, preview)  # type: ignore[no-any-return]
