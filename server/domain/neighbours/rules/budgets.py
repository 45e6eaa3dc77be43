"""How many characters are compared for one question, however long the words are that it is about. Pure."""

MOST_CHARACTERS = 2_000_000
"""Characters of provisions and wordings that are compared for one question, counted anew for each comparison."""


class CharacterBudget:
    """Characters that are still compared. The first comparison that is too long ends it: no later one is made."""

    def __init__(self, characters: int = MOST_CHARACTERS) -> None:
        self.left = characters
        self.is_spent = False

    def spend(self, characters: int) -> bool:
        """Take these characters off the budget and return whether they may be compared."""
        self.is_spent = self.is_spent or characters > self.left
        if not self.is_spent:
            self.left -= characters
        return not self.is_spent
