"""What stands of the words that a comment asked for, in the version that was made from the one it is on."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Annotated, NamedTuple

from rapidfuzz.distance import LCSseq

from server.wording.hunks import Hunk, hunks_between
from server.wording.redline import Attributed, Run, RunKind, narrow, redline
from server.wording.tokens import pieces, tokens

ASKED = "asked"


class OutcomeFacts(NamedTuple):
    """The words that a comment is about, those that it proposed, and those that stand there now."""

    wording: Annotated[str | None, "comment.proposed_wording"]
    before: Annotated[str | None, "comment.provision_text.text"]
    start: Annotated[int | None, "comment.quote_start"]
    end: Annotated[int | None, "comment.quote_end"]
    carried_before: Annotated[str | None, "comment.work.carried.provision_text.text"]
    carried_start: Annotated[int | None, "comment.work.carried.start"]
    carried_end: Annotated[int | None, "comment.work.carried.end"]
    is_carried: Annotated[str | None, "comment.work.carried_id"]
    after: Annotated[str | None, "provision_text.text"]


class AskedFacts(NamedTuple):
    """The words that a comment is about, and those that it proposes, in the version of its round."""

    wording: Annotated[str | None, "proposed_wording"]
    before: Annotated[str | None, "provision_text.text"]
    start: Annotated[int | None, "quote_start"]
    end: Annotated[int | None, "quote_end"]


class OutcomeRun(NamedTuple):
    """Words that were kept, inserted or deleted since, and whether that is exactly what the comment asked for."""

    kind: RunKind
    text: str
    as_asked: bool


@lru_cache(maxsize=4096)
def asked_runs_of(facts: AskedFacts) -> tuple[Run, ...]:
    """Return the words of the provision with the change that a comment asks for, in runs; none if it proposes none.

    The last ones are remembered: the same comments are read again and again.
    """
    before, start, end = facts.before, facts.start, facts.end
    if before is None or facts.wording is None:
        return ()
    hunk = Hunk(0, len(before), facts.wording) if start is None or end is None else Hunk(start, end, facts.wording)
    return redline(before, narrow(before, Attributed(hunk, ())))


def runs_of(facts: OutcomeFacts) -> list[OutcomeRun]:
    """Return the words of the provision then and now, in runs; none if the comment is on no provision."""
    before = facts.carried_before if facts.is_carried else facts.before
    if before is None:
        return []
    requests = frozenset(_find_asked(facts))
    changes = hunks_between(before, facts.after or "")
    attributed = [Attributed(hunk, (ASKED,) if hunk in requests else ()) for hunk in changes]
    return [OutcomeRun(run.kind, run.text, ASKED in run.sources) for run in redline(before, attributed)]


def share_of(facts: OutcomeFacts) -> int | None:
    """Return how much of what the comment asked for stands, from 0 to 100 of its deleted and inserted words.

    None if it proposed no words for a provision, or words that change nothing.
    """
    before = facts.carried_before if facts.is_carried else facts.before
    requests = _find_asked(facts)
    if before is None or not requests:
        return None
    changes = hunks_between(before, facts.after or "")
    deleted, inserted = _find_deleted(before, requests), _find_inserted(requests)
    standing = len(deleted & _find_deleted(before, changes)) + LCSseq.similarity(inserted, _find_inserted(changes))
    return round(100 * standing / max(len(deleted) + len(inserted), 1))


def _find_asked(facts: OutcomeFacts) -> tuple[Hunk, ...]:
    """Return the changes that the comment asked for, on the words that it is about."""
    is_carried = facts.is_carried is not None
    before = facts.carried_before if is_carried else facts.before
    start, end = (facts.carried_start, facts.carried_end) if is_carried else (facts.start, facts.end)
    if before is None or facts.wording is None:
        return ()
    return _find_requests(before, start, end, facts.wording)


def _find_requests(before: str, start: int | None, end: int | None, wording: str) -> tuple[Hunk, ...]:
    """Return the changes by which a wording takes the place of quoted words, or of the whole provision."""
    if start is None or end is None:
        return hunks_between(before, wording)
    return hunks_between(before, before[:start] + wording + before[end:])


def _find_deleted(before: str, hunks: Sequence[Hunk]) -> set[int]:
    """Return where the words begin that hunks delete."""
    offsets = accumulate(map(len, pieces(before)), initial=0)
    words = {offset for offset, piece in zip(offsets, pieces(before), strict=False) if not piece.isspace()}
    return {offset for offset in words if any(hunk.start <= offset < hunk.end for hunk in hunks)}


def _find_inserted(hunks: Sequence[Hunk]) -> list[str]:
    """Return the words that hunks insert, in text order."""
    return [word for hunk in hunks for word in tokens(hunk.replacement) if not word.isspace()]
