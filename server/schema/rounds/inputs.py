"""Parts of the inputs that write comments."""

import strawberry

from server.domain.rounds.rules.checks import AddedProvision
from server.vocabulary.texts import UnitKind


@strawberry.input(description="A new provision that a comment asks for.")
class NewProvisionInput:
    """Part of the inputs that write comments."""

    kind: UnitKind = strawberry.field(description="What it is to be.")
    title: str | None = strawberry.field(default=None, description="Its title, if it is a heading; null otherwise.")
    words: str = strawberry.field(
        default="", description="Its words, or those of the paragraph that follows its title."
    )

    def added(self) -> AddedProvision:
        """Return the new provision as the action takes it."""
        return AddedProvision(self.kind, self.title, self.words)
