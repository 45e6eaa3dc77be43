"""Numbers, states and acts in the words of a reader, in English."""


def say_number(number: int, one: str, many: str = "") -> str:
    """Return a number with the words that agree with it: "1 comment", "2 comments". By default `many` ends with "s"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def say_state(state: str) -> str:
    """Return a member of a vocabulary in small words, such as "disposition proposed"."""
    return state.replace("_", " ").lower()


def say_act(act: str) -> str:
    """Return the name of an act in words between quotation marks, such as “Record answers”."""
    return f"“{act.replace('_', ' ').capitalize()}”"


def with_article(noun: str) -> str:
    """Return a noun behind "a" or "an"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def end_sentence(words: str) -> str:
    """Return words with a full stop at their end, unless they have a mark of their own there."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def say_count(number: int, one: str, many: str) -> str:
    """Return `one` for a single thing, else `many` with the number in the place of "{}".

    `say_count(1, "One round is open.", "{} rounds are open.")` is "One round is open.".
    """
    return one if number == 1 else many.format(number)
