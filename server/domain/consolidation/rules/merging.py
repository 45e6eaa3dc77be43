"""Merging accepted changes into the next version, and finding where they collide. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from server.documents.tables import count_breaks
from server.domain.consolidation.rules.changes import Accepted, Applied, BaseText, Collision, Made
from server.domain.consolidation.rules.outline import TextTree, arrange, number_units
from server.domain.consolidation.rules.structure import PLACING, find_contests, join_equal_additions, spread_deletions
from server.vocabulary.consolidation import ConflictKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, apply_hunks
from server.wording.merge import Change, merge


def consolidated(base: Sequence[BaseText], accepted: Sequence[Accepted]) -> Made:
    """Merge every accepted change that collides with no other.

    Where the amendments of a proposal stand or wait together, all of them wait while one of them collides.
    Time grows with the text and the changes, not with their product.
    """
    outline = TextTree(base)
    accepted = join_equal_additions(outline, accepted)
    contests = find_contests(outline, accepted)
    held = {side.source for contest in contests for side in contest.sides}
    collisions = [
        Collision(kind, key, 0, 0, _words_of(outline, key), tuple((side, side.wording) for side in sides))
        for kind, key, sides in contests
    ]
    applied, word_collisions = _merge_words(
        base, [c for c in _list_changes(outline, accepted) if c.accepted.source not in held]
    )
    collisions += word_collisions
    broken = {side.proposal for collision in collisions for side, _ in collision.sides if side.is_whole}
    waiting = [change for change in applied if change.accepted.is_whole and change.accepted.proposal in broken]
    standing = [change for change in applied if not (change.accepted.is_whole and change.accepted.proposal in broken)]
    waiting += [change for change in _list_changes(outline, accepted) if change.accepted.source in held]
    return Made(compose(outline, standing), tuple(standing), tuple(waiting), tuple(collisions))


def _words_of(outline: TextTree, key: str) -> str:
    """Return the words of a provision of the base, "" for one that is added."""
    provision = outline.provisions.get(key)
    return provision.text if provision else ""


def _list_changes(outline: TextTree, accepted: Iterable[Accepted]) -> list[Applied]:
    """Return every single change that is asked for: each hunk and each placement."""
    changes = []
    for change in spread_deletions(outline, accepted):
        hunks = (Hunk(0, 0, change.wording),) if change.kind in PLACING else change.hunks
        changes += [Applied(change, hunk, change.key) for hunk in hunks]
    return changes


def compose(outline: TextTree, standing: Sequence[Applied]) -> tuple[BaseText, ...]:
    """Return the provisions of a text in order once these changes of it stand, which must not overlap."""
    hunks: dict[str, set[Hunk]] = defaultdict(set)
    added: dict[str, BaseText] = {}
    for change, hunk, key in standing:
        if change.kind == AmendmentKind.ADD:
            added.setdefault(key, outline.unit_of(change)._replace(key=key, text=hunk.replacement))
        elif change.kind != AmendmentKind.MOVE:
            hunks[key].add(hunk)
    order = arrange(outline, [change.accepted for change in standing if change.accepted.kind in PLACING])
    unnumbered = {key for change, _, key in standing if key in added and change.form.printed_number is None}
    added |= number_units([added.get(key) or outline.provisions[key] for key in order], unnumbered, outline)
    provisions = []
    for key in order:
        provision = added.get(key) or outline.provisions[key]
        text = apply_hunks(provision.text, hunks[key]) if key in hunks else provision.text
        # Without words a provision is gone, unless it had none in the base.
        if text or not (provision.text or key in hunks):
            provisions.append(provision._replace(text=text))
    return tuple(provisions)


def _merge_words(base: Sequence[BaseText], changes: Sequence[Applied]) -> tuple[list[Applied], list[Collision]]:
    """Return the changes that compete with no other in the words of their provision, and where others compete."""
    by_key: dict[str, list[Applied]] = defaultdict(list)
    for change in changes:
        if change.accepted.kind not in PLACING:
            by_key[change.key].append(change)
    applied: list[Applied] = []
    collisions: list[Collision] = []
    for provision in base:
        if provision.key in by_key:
            stands, collides = merge_provision(provision, by_key[provision.key])
            applied += stands
            collisions += collides
    return applied + [change for change in changes if change.accepted.kind in PLACING], collisions


def merge_provision(provision: BaseText, changes: Iterable[Applied]) -> tuple[list[Applied], list[Collision]]:
    """Return the changes of the words of one provision that stand, and where others of them compete."""
    askers: dict[str, Accepted] = {}
    hunks_of: dict[str, tuple[Hunk, ...]] = defaultdict(tuple)
    for change, hunk, _ in changes:
        askers[change.source] = change
        hunks_of[change.source] += (hunk,)
    if provision.kind == "TABLE_ROW" and not _keeps_cells(provision.text, hunks_of):
        whole = {source: apply_hunks(provision.text, hunks) for source, hunks in hunks_of.items()}
        sides = tuple((askers[source], words) for source, words in whole.items())
        return [], [Collision(ConflictKind.CELLS, provision.key, 0, len(provision.text), provision.text, sides)]
    hunks_of = _widen_deletions(provision.text, hunks_of)
    merged = merge(provision.text, [Change(source, hunks) for source, hunks in hunks_of.items()])
    applied = [Applied(askers[source], hunk, provision.key) for hunk, sources in merged.applied for source in sources]
    collisions = [
        Collision(
            ConflictKind.WORDS,
            provision.key,
            start,
            end,
            provision.text[start:end],
            tuple((askers[side.source], words_in(provision.text, start, end, side.hunks)) for side in sides),
        )
        for start, end, sides in merged.conflicts
    ]
    return applied, collisions


def _keeps_cells(text: str, hunks_of: Mapping[str, tuple[Hunk, ...]]) -> bool:
    """Return whether a row keeps its number of cells, whichever of the changes stand; without words the row goes."""

    def keeps(hunks: tuple[Hunk, ...]) -> bool:
        if len(hunks_of) == 1:
            result = apply_hunks(text, hunks)
            return not result or count_breaks(result) == count_breaks(text)
        return all(
            hunk == (0, len(text), "") or count_breaks(hunk.replacement) == count_breaks(text[hunk.start : hunk.end])
            for hunk in hunks
        )

    return all(map(keeps, hunks_of.values()))


def _widen_deletions(text: str, hunks_of: Mapping[str, tuple[Hunk, ...]]) -> dict[str, tuple[Hunk, ...]]:
    """Return the hunks by source.

    Where one of them leaves nothing of the provision, the others compete with it as a whole: words added at its edge
    must not be left standing alone.
    """
    results = {source: apply_hunks(text, hunks) for source, hunks in hunks_of.items()}
    if "" not in results.values() or not any(results.values()):
        return dict(hunks_of)
    whole = partial(Hunk, 0, len(text))
    return {source: (whole(result),) for source, result in results.items()}


def words_in(base: str, start: int, end: int, hunks: Sequence[Hunk]) -> str:
    """Return the words that stand in [start, end) of the base once the hunks, which lie inside, are applied."""
    moved = [Hunk(hunk.start - start, hunk.end - start, hunk.replacement) for hunk in hunks]
    return apply_hunks(base[start:end], moved)
