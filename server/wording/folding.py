"""Names as they are compared, however a paper prints them."""


def fold_name(name: str) -> str:
    """Fold a printed name for comparison: fold its case, collapse white space, drop a leading "the"."""
    words = name.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
