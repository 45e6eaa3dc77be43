"""Whether the text and the decisions agree. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.changes import Accepted
from server.domain.consolidation.rules.merging import words_in
from server.domain.consolidation.rules.outline import TextTree, arrange
from server.journal.digests import digest_of_sentence
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, apply_hunks, hunks_between
from server.wording.sentences import Span, find_woven


class Disagreement(NamedTuple):
    """One place where the text and the decisions do not agree. `explanation` is None where nothing explains it."""

    kind: ExceptionKind
    key: str
    source: str
    words: str
    explanation: str | None


class Compared(NamedTuple):
    """A provision in the base and in the target, None where it does not stand, with the changes recorded for it.

    `corrections` are on the words that the changes make of the base.
    """

    key: str
    base: str | None
    target: str | None
    applied: tuple[Hunk, ...]
    corrections: tuple[Hunk, ...] = ()

    @property
    def agreed(self) -> str:
        """Return the words that the recorded changes make of the base, before any correction."""
        return apply_hunks(self.base or "", sorted(set(self.applied)))

    @property
    def is_explained(self) -> bool:
        """Return whether the recorded changes and corrections make the target."""
        return apply_hunks(self.agreed, self.corrections) == (self.target or "")


def final_hunks(provision: Compared) -> tuple[Hunk, ...]:
    """Return the changes of a provision on its base text.

    These are the recorded changes where they explain the target, and a fresh comparison where somebody changed more.
    """
    base, target = provision.base or "", provision.target or ""
    return tuple(sorted(set(provision.applied))) if provision.is_explained else hunks_between(base, target)


def find_disagreements(
    provisions: Sequence[Compared],
    accepted: Sequence[Accepted],
    refused: Sequence[Accepted],
    settled: Mapping[str, str],
    prevailed: Collection[str] = (),
    moved: Collection[str] = (),
) -> tuple[Disagreement, ...]:
    """Return the three lists of the check.

    `settled` gives the reason why an accepted wording does not stand: by its source, where a conflict was settled
    otherwise; by its provision, where a decision revised it. `prevailed` are the sources of words that a settlement
    took over: they stand, unless the provision was revised afterwards. `moved` are the sources of moves that are on
    record as standing; `find_misplaced` asks whether they do.
    """
    finals = {provision.key: set(final_hunks(provision)) for provision in provisions}
    by_key = {provision.key: provision for provision in provisions}
    behind = {(change.key, hunk): change for change in accepted for hunk in change.hunks}
    disagreements: list[Disagreement] = []
    for change in accepted:
        if change.source in prevailed and not _list_unexplained(by_key[change.key]) and change.key not in settled:
            continue
        is_recorded = change.kind != AmendmentKind.MOVE or change.source in moved
        if not (is_recorded and _stands(change, finals, by_key)):
            explanation = settled.get(change.source) or settled.get(change.key)
            kind = ExceptionKind.ACCEPTED_BUT_UNCHANGED
            disagreements.append(Disagreement(kind, change.key, change.source, _print_words(change), explanation))
    for provision in provisions:
        disagreements += _list_unexplained(provision)
    for change in refused:
        if change.hunks and set(change.hunks) <= finals.get(change.key, set()):
            other = behind.get((change.key, change.hunks[0]))
            explanation = f"accepted as {other.source}" if other else None
            kind = ExceptionKind.REFUSED_YET_CHANGED
            disagreements.append(Disagreement(kind, change.key, change.source, _print_words(change), explanation))
    return tuple(disagreements)


def _stands(change: Accepted, finals: Mapping[str, set[Hunk]], by_key: Mapping[str, Compared]) -> bool:
    """Return whether an accepted change stands in the target."""
    provision = by_key.get(change.key)
    if change.kind == AmendmentKind.ADD:
        return provision is not None and provision.target == change.wording
    if change.kind == AmendmentKind.MOVE:
        # Where it stands is asked by `find_misplaced`.
        return provision is not None and provision.target is not None
    if set(change.hunks) <= finals.get(change.key, set()):
        return True
    # The hunks may be cut differently and still make the same words.
    base, target = (provision.base or "", provision.target or "") if provision else ("", "")
    return apply_hunks(base, change.hunks) == target


def _list_unexplained(provision: Compared) -> list[Disagreement]:
    """Return the changes of a provision that no recorded change explains."""
    if provision.is_explained:
        return []
    explained_text, target = apply_hunks(provision.agreed, provision.corrections), provision.target or ""
    return [
        Disagreement(
            ExceptionKind.CHANGED_WITHOUT_DECISION,
            provision.key,
            "",
            hunk.replacement.strip() or f"without “{explained_text[hunk.start : hunk.end].strip()}”",
            None,
        )
        for hunk in hunks_between(explained_text, target)
    ]


def _print_words(change: Accepted) -> str:
    """Return the words of a change, as the check prints them."""
    return " … ".join(hunk.replacement.strip() for hunk in change.hunks) or change.wording


def explain_waiting(accepted: Sequence[Accepted], settled: Mapping[str, str]) -> dict[str, str]:
    """Return `settled`, and the same reason for the other amendments of a proposal that stands or waits as a whole."""
    reasons = {change.proposal: settled[change.source] for change in accepted if change.source in settled}
    siblings = {
        change.source: f"Its proposal waits as a whole: {reasons[change.proposal]}"
        for change in accepted
        if change.is_whole and change.proposal in reasons
    }
    return siblings | dict(settled)


def find_parted(
    accepted: Sequence[Accepted], refused: Sequence[Accepted], missing: Mapping[str, str | None]
) -> tuple[Disagreement, ...]:
    """Return the amendments that do not stand although others of the same proposal do, unless it may be taken apart.

    `missing` gives the explanation of each accepted change that does not stand.
    """
    standing = {change.proposal for change in accepted if change.is_whole and change.source not in missing}
    absent = {change.source: change for change in accepted if change.source in missing}
    absent |= {change.source: change for change in refused}
    return tuple(
        Disagreement(
            ExceptionKind.PROPOSAL_IN_PART,
            change.key,
            change.source,
            _print_words(change),
            missing.get(change.source, "The group did not agree to this amendment."),
        )
        for change in absent.values()
        if change.is_whole and change.proposal in standing
    )


def find_misplaced(outline: TextTree, placements: Sequence[Accepted], order: Sequence[str]) -> tuple[Disagreement, ...]:
    """Return the provisions that do not stand where the accepted placements put them.

    `order` are the keys of the target. A provision is misplaced if another one than it should stands before it.
    """
    standing = set(order)
    expected = [key for key in arrange(outline, placements) if key in standing]
    if expected == list(order):
        return ()
    before = dict(zip(expected, [None, *expected], strict=False))
    source_of = {change.key: change.source for change in placements}
    return tuple(
        Disagreement(ExceptionKind.MISPLACED, key, source_of.get(key, ""), "", None)
        for key, previous in zip(order, [None, *order], strict=False)
        if before.get(key) != previous
    )


_NEVER_LED = "It did not resolve in the version before either."


def find_dangling(
    dangling: Sequence[tuple[str, str]], before: Collection[tuple[str, str]], confirmed: Mapping[tuple[str, str], str]
) -> tuple[Disagreement, ...]:
    """Return the references that lead nowhere, each as (key of the provision, words).

    Explained are those that led nowhere `before`, and those that an officer `confirmed`, by the reason given.
    """
    return tuple(
        Disagreement(
            ExceptionKind.DANGLING_REFERENCE,
            key,
            "",
            words,
            confirmed.get((key, words)) or (_NEVER_LED if (key, words) in before else None),
        )
        for key, words in dangling
    )


class Woven(NamedTuple):
    """A sentence of the target that several authors' changes made together; `digest` names its provision and words."""

    key: str
    words: str
    digest: str


def find_unread(
    provision: Compared,
    authors: Mapping[Hunk, Collection[str]],
    lost: Sequence[tuple[Hunk, Collection[str]]] = (),
) -> list[Woven]:
    """Return the sentences of a provision that no single author asked for as they stand, read or not.

    `lost` are hunks that do not stand although others of the same change do, with who asked for them.
    """
    hunks = sorted(set(provision.applied))
    if not provision.is_explained:
        return []
    spans = find_woven(provision.base or "", [(hunk, authors.get(hunk, ())) for hunk in hunks], lost)
    sentences = (_read_corrected(provision, span).strip() for span in spans)
    return [Woven(provision.key, words, digest_of_sentence(provision.key, words)) for words in sentences]


class RecordedHunk(NamedTuple):
    """A hunk that stands in a provision, with the change that asked for it and who is behind that."""

    source: str
    key: str
    hunk: Hunk
    author: str


def list_woven(
    provisions: Iterable[Compared], accepted: Iterable[Accepted], standing: Iterable[RecordedHunk]
) -> Iterator[Woven]:
    """Yield the sentences that no party asked for as they stand, in reading order."""
    authors: dict[str, dict[Hunk, set[str]]] = defaultdict(lambda: defaultdict(set))
    recorded: dict[tuple[str, str], list[Hunk]] = defaultdict(list)
    for source, key, hunk, author in standing:
        authors[key][hunk].add(author)
        recorded[source, key].append(hunk)
    lost = find_lost(accepted, recorded)
    for each in provisions:
        yield from find_unread(each, authors.get(each.key, {}), lost.get(each.key, ()))


def _read_corrected(provision: Compared, span: Span) -> str:
    """Return the words of the target that stand for a range of the agreed words, corrections included."""
    inside = [each for each in provision.corrections if each.start < span.end and span.start <= each.end]
    start = min((span.start, *(each.start for each in inside)))
    return words_in(provision.agreed, start, max((span.end, *(each.end for each in inside))), inside)


def find_lost(
    accepted: Iterable[Accepted], recorded: Mapping[tuple[str, str], Collection[Hunk]]
) -> dict[str, list[tuple[Hunk, Collection[str]]]]:
    """Return by provision the hunks that do not stand although others of the same change do, with their parties.

    `recorded` are the hunks that stand, by source and provision. A settlement may have recorded a wider one.
    """
    lost: dict[str, list[tuple[Hunk, Collection[str]]]] = {}
    for change in accepted:
        standing = recorded.get((change.source, change.key), ())
        if not standing:
            continue
        for hunk in change.hunks:
            if not any(wider.start <= hunk.start and hunk.end <= wider.end for wider in standing):
                lost.setdefault(change.key, []).append((hunk, (change.party,)))
    return lost


def reading_order(base: Sequence[str], target: Sequence[str]) -> list[str]:
    """Return the keys of a later version in its order.

    A provision that is gone comes after the one that it stood after.
    """
    target_keys = set(target)
    gone_after: dict[str | None, list[str]] = {}
    before: str | None = None
    for key in base:
        if key in target_keys:
            before = key
        else:
            gone_after.setdefault(before, []).append(key)
    ordered = list(gone_after.get(None, ()))
    for key in target:
        ordered += [key, *gone_after.get(key, ())]
    return ordered
