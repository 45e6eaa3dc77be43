"""Compute the digests of a what-if: equal outcomes have equal digests, on every database and in every process. Pure."""

from collections.abc import Collection, Sequence
from typing import Any

from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.checking import Woven
from server.domain.whatif.rules.outcomes import BrokenReference, OpenCollision, WhatIfMaterial
from server.journal.digests import digest_of_sentence, digest_of_value
from server.vocabulary.consolidation import STRUCTURAL


def digest_target(base: Sequence[BaseText], target: Sequence[BaseText]) -> str:
    """Return the digest of the text that comes out: of a list with one object for each provision, in reading order.

    It holds the permanent key (null for a provision that is new: its key depends on who asked for it), kind, level,
    printed number and words. So another order of the same amendments has the same digest where it gives the same text.
    """
    standing = {provision.key for provision in base}
    return digest_of_value(
        [
            {
                "key": each.key if each.key in standing else None,
                "kind": str(each.kind),
                "level": each.level,
                "number": each.printed_number,
                "text": each.text,
            }
            for each in target
        ]
    )


def digest_of_outcome(
    material: WhatIfMaterial,
    text_digest: str,
    collisions: Sequence[OpenCollision],
    waiting: Sequence[str],
    woven: Sequence[Woven],
    broken: Sequence[BrokenReference],
) -> str:
    """Return the digest of the whole outcome, the same in whatever order the amendments were named.

    It is that of an object: the version, the digest of the text, the collisions with their sides, the amendments that
    wait, the sentences to read and the references that lead nowhere, each list sorted. What translations owe is left
    out, because that changes with the work of the translators.
    """
    standing = {provision.key for provision in material.base}
    return digest_of_value(
        {
            "version": material.version_id,
            "text": text_digest,
            "collisions": sorted(_describe_collision(each) for each in collisions),
            "waiting": list(waiting),
            "woven": sorted(_name_place(standing, each.key, each.words) for each in woven),
            "broken": sorted(_name_place(standing, each.key, each.words) for each in broken),
        }
    )


def _describe_collision(collision: OpenCollision) -> list[Any]:
    """Return a collision as a list. Contests of places are named by their sides alone: any of them may come first."""
    key = "" if collision.kind in STRUCTURAL else collision.key
    sides = sorted([*side] for side in collision.sides)
    return [str(collision.kind), key, collision.start, collision.end, sides]


def _name_place(standing: Collection[str], key: str, words: str) -> str:
    """Return the digest of words in a provision, which has no key as long as it is new."""
    return digest_of_sentence(key if key in standing else "", words)
