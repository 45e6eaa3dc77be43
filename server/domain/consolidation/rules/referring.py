"""What references point to once accepted changes stand. Pure."""

from collections.abc import Collection, Mapping, Sequence

from server.domain.texts.rules.provisions import (
    LocatedReference,
    NumberedProvision,
    carry_references,
    locate_references,
)
from server.wording.hunks import hunks_between


def locate_in_target(
    base: Sequence[NumberedProvision],
    target: Sequence[NumberedProvision],
    known: Mapping[str, Sequence[LocatedReference]],
    names: Collection[str],
) -> dict[str, list[LocatedReference]]:
    """Return the references of a text that was made from another one, by key of the provision.

    Those whose words stand in the base too point to the same provisions as there. `known` are those of the base, and
    `names` are what the text calls itself.
    """
    texts_before = {provision.key: provision.text for provision in base}
    carried = {
        each.key: carry_references(known[each.key], hunks_between(texts_before[each.key], each.text))
        for each in target
        if each.key in known and each.key in texts_before
    }
    return locate_references(target, names, carried)
