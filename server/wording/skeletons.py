"""Find which provision of a translation stands for which provision of the original, by structure alone."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from server.wording.alignment import Kind, Pairing

_CERTAIN, _ALIKE, _SAME_KIND = 100.0, 75.0, 50.0  # scores of pairs: certain, of one shape, of one kind only
_FIRST = {"premier", "première", "premiere", "primero", "primera", "primeiro", "1er", "1ère", "1º", "1ª"}


class Bone(NamedTuple):
    """The shape of a provision: `cells` is the number of cells of a row of a table, 0 for anything else."""

    kind: str
    level: int
    number: str
    cells: int = 0


def pair_languages(original: Sequence[Bone], translation: Sequence[Bone]) -> tuple[Pairing, ...]:
    """Pair the provisions of an original and of its translation in their order, as `align` gives pairs.

    Pairs are certain (UNCHANGED, 100) if both texts have the same shape from end to end, and otherwise where one
    printed number stands once on each side. Others of one shape are REWORDED with 75, of one kind between such pairs
    with 50: a person should look. What has no partner is INSERTED or DELETED, with 0.
    """
    old, new = [_fold_bone(bone) for bone in original], [_fold_bone(bone) for bone in translation]
    if old == new:
        return tuple(Pairing(place, place, Kind.UNCHANGED, _CERTAIN) for place in range(len(new)))
    partners = _pair_in_order(old, new)
    single_old, single_new = _find_single(old), _find_single(new)
    lines = []
    for place in range(len(new)):
        if place not in partners:
            lines.append(Pairing(None, place, Kind.INSERTED, 0.0))
            continue
        source, score = partners[place]
        is_certain = score == _ALIKE and source in single_old and place in single_new
        kind, score = (Kind.UNCHANGED, _CERTAIN) if is_certain else (Kind.REWORDED, score)
        lines.append(Pairing(source, place, kind, score))
    paired = {source for source, _ in partners.values()}
    lines += [Pairing(source, None, Kind.DELETED, 0.0) for source in range(len(old)) if source not in paired]
    return tuple(lines)


def _fold_bone(bone: Bone) -> Bone:
    """Return a shape with the number that the languages share: "Norme 3" and "Standard 3" are both "3"."""
    words = re.findall(r"[^\W_]+", bone.number.casefold())
    number = words[-1] if words else ""
    return bone._replace(number="1" if number in _FIRST else number)


def _pair_in_order(old: Sequence[Bone], new: Sequence[Bone]) -> dict[int, tuple[int, float]]:
    """Return the old place and the score of each new place with a partner: of one shape, then of one kind between."""
    shapes = [*_pair_equal(old, new)]
    partners = {place: (source, _ALIKE) for source, place in shapes}
    fences = [(-1, -1), *shapes, (len(old), len(new))]
    for (left_old, left_new), (right_old, right_new) in pairwise(fences):
        kinds_old = [bone.kind for bone in old[left_old + 1 : right_old]]
        kinds_new = [bone.kind for bone in new[left_new + 1 : right_new]]
        for source, place in _pair_equal(kinds_old, kinds_new):
            partners[left_new + 1 + place] = left_old + 1 + source, _SAME_KIND
    return partners


def _pair_equal(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the places of equal members, as many as possible in order."""
    # rapidfuzz compares hashes of members. Two that differ must never count as equal, so they get numbers.
    numbers: dict[Hashable, int] = {}
    left, right = ([numbers.setdefault(member, len(numbers)) for member in side] for side in (old, new))
    for step in Indel.opcodes(left, right):
        if step.tag == "equal":
            yield from zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)


def _find_single(bones: Sequence[Bone]) -> set[int]:
    """Return the places of provisions with a printed number that no other of their kind and level has."""
    counts = Counter(bones)
    return {place for place, bone in enumerate(bones) if bone.number and counts[bone] == 1}
