"""Finding a provision by its number or by words in it."""

from typing import Any


def find_condition(words: str) -> dict[str, Any]:
    """Return the filter for provisions with a printed number, in any of its forms, or with words in them."""
    words = words.strip()[:200]
    if not words:
        return {}
    number = words.strip("().")
    forms = [words, number, f"{number}.", f"({number})", f"{number})"]
    return {"or": [{"printedNumber": list(dict.fromkeys(forms))}, {"text": words}]}
