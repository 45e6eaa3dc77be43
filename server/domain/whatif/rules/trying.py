"""What a text would be if pending amendments were accepted, by the rules of the consolidation. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from server.domain.consolidation.rules.changes import Applied, BaseText, Collision, Made
from server.domain.consolidation.rules.checking import Compared, RecordedHunk, Woven, list_woven, reading_order
from server.domain.consolidation.rules.merging import consolidated
from server.domain.consolidation.rules.outline import TextTree, as_numbered, parents_in
from server.domain.consolidation.rules.referring import locate_in_target
from server.domain.consolidation.rules.structure import join_equal_additions, spread_deletions
from server.domain.texts.rules.provisions import LocatedReference, locate_references
from server.domain.whatif.rules.digesting import digest_of_outcome, digest_target
from server.domain.whatif.rules.outcomes import (
    BrokenReference,
    CollidingSide,
    OpenCollision,
    OpenedDebt,
    RenderedText,
    TouchedProvision,
    WhatIfMaterial,
    WhatIfOutcome,
)
from server.journal.chain import sha256_of
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ReferenceStatus
from server.wording.hunks import Hunk
from server.wording.redline import Attributed, redline


def try_amendments(material: WhatIfMaterial) -> WhatIfOutcome:
    """Return what the text would be, merged and checked as if exactly these amendments were accepted.

    Where amendments collide, the words of the base stand until somebody settles it, as in a consolidation.
    """
    merged = consolidated(material.base, material.changes)
    target = [
        provision._replace(parent=parent)
        for provision, parent in zip(merged.provisions, parents_in(merged.provisions), strict=True)
    ]
    provisions = tuple(_list_touched(material.base, target, merged.applied))
    broken = tuple(_list_broken(material, target))
    woven = tuple(_list_woven(material, merged))
    collisions = tuple(_list_collisions(material.base, merged.collisions))
    text_digest = digest_target(material.base, target)
    waiting = sorted(
        {side.amendment_id for each in collisions for side in each.sides}
        | {change.accepted.source for change in merged.waiting}
    )
    return WhatIfOutcome(
        material.version_id,
        tuple(change.source for change in material.changes),
        text_digest,
        digest_of_outcome(material, text_digest, collisions, waiting, woven, broken),
        provisions,
        collisions,
        tuple(waiting),
        woven,
        broken,
        tuple(_list_debts(material.translations, provisions)),
    )


def _list_collisions(base: Sequence[BaseText], collisions: Sequence[Collision]) -> Iterator[OpenCollision]:
    text_ids = {provision.key: provision.text_id for provision in base}
    for kind, key, start, end, words, sides in collisions:
        colliding = tuple(CollidingSide(side.source, wording) for side, wording in sides)
        yield OpenCollision(kind, key, text_ids.get(key, ""), start, end, words, colliding)


def _list_touched(
    base: Sequence[BaseText], target: Sequence[BaseText], applied: Sequence[Applied]
) -> Iterator[TouchedProvision]:
    """Yield the provisions that are new, gone, moved or in other words, in reading order."""
    before, after = ({each.key: each for each in text} for text in (base, target))
    behind = {each.key: previous.key if previous else None for previous, each in _pairs(target)}
    hunks: dict[str, dict[Hunk, None]] = defaultdict(dict)
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    moved = set()
    for change, hunk, key in applied:
        sources[key][change.source] = None
        if change.kind == AmendmentKind.MOVE:
            moved.add(key)
        else:
            hunks[key][hunk] = None
    for key in reading_order(list(before), list(after)):
        old, new = before.get(key), after.get(key)
        either = new or old
        if either is None or (key not in moved and old and new and old.text == new.text):
            continue
        words = old.text if old else ""
        yield TouchedProvision(
            key,
            old.text_id if old else "",
            either.kind,
            either.printed_number,
            old.text if old else None,
            new.text if new else None,
            behind.get(key),
            key in moved,
            redline(words, [Attributed(hunk, ()) for hunk in hunks[key]]),
            tuple(sources[key]),
        )


def _pairs(provisions: Sequence[BaseText]) -> Iterator[tuple[BaseText | None, BaseText]]:
    return zip([None, *provisions], provisions, strict=False)


def _list_woven(material: WhatIfMaterial, made: Made) -> Iterator[Woven]:
    """Yield the sentences that somebody would have to read, as the check of a consolidation finds them."""
    outline = TextTree(material.base)
    accepted = spread_deletions(outline, join_equal_additions(outline, material.changes))
    before, after = ({each.key: each.text for each in text} for text in (material.base, made.provisions))
    recorded: dict[str, list[Hunk]] = defaultdict(list)
    for change, hunk, key in made.applied:
        if change.kind != AmendmentKind.MOVE:
            recorded[key].append(hunk)
    keys = reading_order(list(before), list(after))
    compared = [Compared(key, before.get(key), after.get(key), tuple(recorded[key])) for key in keys]
    standing = (RecordedHunk(change.source, key, hunk, change.party) for change, hunk, key in made.applied)
    return list_woven(compared, accepted, standing)


def _list_broken(material: WhatIfMaterial, target: Sequence[BaseText]) -> Iterator[BrokenReference]:
    """Yield the references that would lead nowhere, in reading order."""
    base = as_numbered(material.base)
    # A version that was made before references were kept has none: they are found by its numbers.
    known = material.known or locate_references(base, material.names)
    before = {(key, each.words) for key, references in known.items() for each in references if _dangles(each)}
    located = locate_in_target(base, as_numbered(target), known, material.names)
    for provision in target:
        for reference in located.get(provision.key, ()):
            if _dangles(reference):
                is_new = (provision.key, reference.words) not in before
                yield BrokenReference(provision.key, reference.words, is_new)


def _dangles(reference: LocatedReference) -> bool:
    return reference.status is ReferenceStatus.DANGLING


def _list_debts(translations: Sequence[RenderedText], provisions: Sequence[TouchedProvision]) -> Iterator[OpenedDebt]:
    """Yield the changed provisions that each translation would not render any more."""
    for version_id, language, rendered in translations:
        for provision in provisions:
            if provision.after is None:
                owes = rendered.get(provision.key) is not None
            elif provision.before is None:
                owes = True
            else:
                changes = provision.before != provision.after
                owes = changes and provision.key in rendered and rendered[provision.key] != sha256_of(provision.after)
            if owes:
                yield OpenedDebt(version_id, language, provision.key)
