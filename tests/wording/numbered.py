"""Texts with a known numbering: trees of provisions that know their right numbers, and references to each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from server.wording.numerals import Style, print_numeral
from server.wording.outlines import OutlineEntry


class Row(NamedTuple):
    """How the provisions of one depth are numbered; `{n}` is the numeral, `{up}` the path of the parent.

    `through` counts the depths above within which the numbers run through, None if they begin anew in each parent.
    `referred` is how a text refers to one: `{n}` its number, `{of}` the reference to its parent.
    """

    kind: str
    level: int
    printed: str
    style: Style
    through: int | None
    referred: str


A, R, RU, L, C = Style.ARABIC, Style.ROMAN_LOWER, Style.ROMAN_UPPER, Style.LETTER_LOWER, Style.CHINESE
SCHEMES: Mapping[str, Sequence[Row]] = {
    "standards": (
        Row("HEADING", 1, "Principle {n}", RU, None, "Principle {n}"),
        Row("HEADING", 2, "Standard {n}", A, 0, "Standard {n}"),
        Row("PARAGRAPH", 0, "{n}.", A, None, "paragraph {n} of {of}"),
        Row("LIST_ITEM", 1, "({n})", L, None, "sub-paragraph ({n}) of {of}"),
        Row("LIST_ITEM", 2, "({n})", R, None, "point ({n}) of {of}"),
    ),
    "articles": (
        Row("HEADING", 1, "Article {n}", A, None, "Article {n}"),
        Row("PARAGRAPH", 0, "({n})", A, None, "{of}({n})"),
        Row("LIST_ITEM", 1, "{n})", L, None, "{of}({n})"),
    ),
    "running": (
        Row("HEADING", 1, "{n}.", RU, None, "Section {n}"),
        Row("PARAGRAPH", 0, "{n}.", A, 0, "paragraph {n}"),
        Row("LIST_ITEM", 1, "({n})", L, None, "paragraph {up} ({n})"),
    ),
    "paths": (
        Row("LIST_ITEM", 1, "{n}.", A, None, "paragraph {n}"),
        Row("LIST_ITEM", 2, "{up}.{n}", A, None, "paragraph {up}.{n}"),
        Row("LIST_ITEM", 3, "{up}.{n}", A, None, "paragraph {up}.{n}"),
    ),
    "annexes": (
        Row("HEADING", 1, "Annexe {n}", RU, None, "l’annexe {n}"),
        Row("HEADING", 2, "Partie {n}", Style.LETTER_UPPER, None, "la partie {n} de {of}"),
        Row("PARAGRAPH", 0, "{n}.", A, 1, "le paragraphe {n} de {top}"),
    ),
    "chinese": (
        Row("HEADING", 1, "第{n}章", C, None, "第{n}章"),
        Row("HEADING", 2, "第{n}条", C, 0, "第{n}条"),
        Row("LIST_ITEM", 1, "（{n}）", C, None, "{of}（{n}）"),
    ),
    "french": (
        Row("HEADING", 1, "Article {n}", Style.FRENCH, None, "l’article {n}"),
        Row("PARAGRAPH", 0, "{n}.", A, None, "le paragraphe {n} de {of}"),
        Row("LIST_ITEM", 1, "{n})", L, None, "la lettre {n}) du paragraphe {up} de {top}"),
    ),
}


@dataclass(eq=False)
class Node:
    """A provision of a generated text; `parent` is None at the top."""

    depth: int
    parent: "Node | None"
    children: list["Node"] = field(default_factory=list)

    def line(self) -> list["Node"]:
        """Return the node and those that it stands in, the outermost last."""
        return [self, *(self.parent.line() if self.parent else [])]


def grow(random: Random, rows: Sequence[Row]) -> list[Node]:
    """Return the top of a tree with two to four nodes below each, two from the third depth on, now and then twelve."""

    def grow_below(parent: Node | None, depth: int) -> list[Node]:
        count = 12 if random.random() < 0.02 else random.randint(2, 4 if depth < 2 else 2)
        nodes = [Node(depth, parent) for _ in range(count)]
        for node in nodes:
            if depth + 1 < len(rows) and (depth == 0 or random.random() < 0.6):
                node.children = grow_below(node, depth + 1)
        return nodes

    return grow_below(None, 0)


def walk(top: Sequence[Node]) -> Iterator[Node]:
    """Yield the nodes in reading order."""
    for node in top:
        yield node
        yield from walk(node.children)


def number(top: Sequence[Node], rows: Sequence[Row]) -> dict[Node, tuple[str, str]]:
    """Return for each node its numeral and its printed number, as they run without a gap."""
    counts: dict[object, int] = {}
    numbers: dict[Node, tuple[str, str]] = {}
    for node in walk(top):
        row = rows[node.depth]
        line = node.line()[1:][::-1]
        scope = node.parent if row.through is None else tuple(line[: row.through])
        counts[node.depth, scope] = counts.get((node.depth, scope), 0) + 1
        numeral = print_numeral(row.style, counts[node.depth, scope])
        up = numbers[node.parent][0] if node.parent else ""
        path = f"{up}.{numeral}" if "{up}" in row.printed else numeral
        numbers[node] = path, row.printed.format(n=numeral, up=up)
    return numbers


def refer(node: Node, rows: Sequence[Row], numbers: Mapping[Node, tuple[str, str]]) -> str:
    """Return how a text refers to a node."""
    parent = node.parent
    return rows[node.depth].referred.format(
        n=numbers[node][0].rpartition(".")[2],
        up=numbers[parent][0] if parent else "",
        of=refer(parent, rows, numbers) if parent else "",
        top=refer(node.line()[-1], rows, numbers) if parent else "",
    )


def entries_of(top: Sequence[Node], rows: Sequence[Row], printed: Mapping[Node, str]) -> tuple[OutlineEntry, ...]:
    """Return the nodes as entries."""
    places = {node: place for place, node in enumerate(walk(top))}
    return tuple(
        OutlineEntry(places[node.parent] if node.parent else None, rows[node.depth].kind, printed[node])
        for node in places
    )
