"""Generated texts: after dropping, adding and renumbering the numbers are right, and references keep their targets."""

from random import Random

import pytest

from server.wording.hunks import apply_hunks
from server.wording.numbering import number_addition, renumber
from server.wording.outlines import outline
from server.wording.references import find_references
from server.wording.schemes import Scheme, learn_scheme
from server.wording.targets import Places, resolve, rewrite_references
from tests.wording.numbered import SCHEMES, Node, entries_of, grow, number, refer, walk


def drop_some(random: Random, top: list[Node]) -> None:
    """Take one to three provisions out, but never the last one of a parent."""
    for _ in range(random.randint(1, 3)):
        node = random.choice(list(walk(top)))
        siblings = node.parent.children if node.parent else top
        if len(siblings) > 1:
            siblings.remove(node)


def add_some(random: Random, name: str, top: list[Node], printed: dict[Node, str], scheme: Scheme) -> None:
    """Add one to three provisions beside others, each with the number it is addition."""
    rows = SCHEMES[name]
    for _ in range(random.randint(1, 3)):
        beside = random.choice(list(walk(top)))
        siblings = beside.parent.children if beside.parent else top
        place = random.randint(0, len(siblings))
        order = list(walk(top))
        entries = entries_of(top, rows, printed)
        before = list(walk([siblings[place - 1]]))[-1] if place else None
        after = order.index(before) if before else order.index(siblings[0]) - 1
        parent = order.index(beside.parent) if beside.parent else None
        node = Node(beside.depth, beside.parent)
        addition = number_addition(entries, after if after >= 0 else None, parent, rows[node.depth].kind, scheme)
        assert addition, (name, entries, after, parent)
        siblings.insert(place, node)
        printed[node] = addition


def check_text(name: str, seed: int) -> None:
    random = Random(f"{name} {seed}")
    rows = SCHEMES[name]
    top = grow(random, rows)
    nodes = list(walk(top))
    numbers = number(top, rows)
    printed = {node: numbers[node][1] for node in nodes}
    base = entries_of(top, rows, printed)
    scheme = learn_scheme(base)
    targets = [random.choice(nodes) for _ in range(8)]
    homes = [random.randrange(len(nodes)) for _ in targets]
    texts = [f"See {refer(target, rows, numbers)}, as agreed." for target in targets]
    places = Places(base)

    assert outline((rows[node.depth].kind, rows[node.depth].level, printed[node]) for node in nodes) == base
    assert renumber(base) == ()
    for text, home, target in zip(texts, homes, targets, strict=True):
        assert node_of(text, places, home, nodes) is target, (text, home, base)

    drop_some(random, top)
    add_some(random, name, top, printed, scheme)
    later = list(walk(top))
    edited = entries_of(top, rows, printed)
    truth = {node: right[1] for node, right in number(top, rows).items()}
    after = {line.position: line.after for line in renumber(edited, scheme)}
    assert {node: after.get(place, printed[node]) for place, node in enumerate(later)} == truth

    new_numbers = {
        index: truth[node] for index, node in enumerate(nodes) if node in truth and truth[node] != printed[node]
    }
    new_places = Places(entries_of(top, rows, truth))
    for text, home, target in zip(texts, homes, targets, strict=True):
        hunks = rewrite_references(text, home, places, new_numbers)
        if target in truth and nodes[home] in truth:
            new_home = later.index(nodes[home])
            assert node_of(apply_hunks(text, hunks), new_places, new_home, later) is target, (text, hunks)


def node_of(text: str, places: Places, home: int, nodes: list[Node]) -> Node | str:
    """Return the node that the innermost reference of a text leads to."""
    references = find_references(text)
    containers = {reference.within for reference in references}
    inner = [place for place in range(len(references)) if place not in containers]
    target = resolve(references, places, home)[inner[0]] if len(inner) == 1 else None
    return nodes[target] if isinstance(target, int) else f"{target} {references}"


@pytest.mark.parametrize("name", SCHEMES)
def test_renumber_after_dropping_and_adding_gives_the_truth_and_references_follow(name: str) -> None:
    for seed in range(24):
        check_text(name, seed)


@pytest.mark.rest
@pytest.mark.long
@pytest.mark.parametrize("name", SCHEMES)
def test_renumber_in_many_generated_texts_gives_the_truth_and_references_follow(name: str) -> None:
    for seed in range(24, 1000):
        check_text(name, seed)
