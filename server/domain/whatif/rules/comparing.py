"""What two what-ifs of one version make different. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from server.domain.whatif.rules.outcomes import TouchedProvision, WhatIfOutcome
from server.wording.redline import Run, exact_runs_between


class ComparedOutcome(NamedTuple):
    """A provision that one of two what-ifs changes, with its words in both. None where it does not stand.

    `before` are its words in the version, None where it is new. `runs` lead from the first to the second.
    """

    key: str
    text_id: str
    printed_number: str
    before: str | None
    first: str | None
    second: str | None
    is_same: bool
    runs: tuple[Run, ...]


class WhatIfComparison(NamedTuple):
    """Two what-ifs of one version, and the provisions that either of them changes."""

    first: WhatIfOutcome
    second: WhatIfOutcome
    provisions: tuple[ComparedOutcome, ...]

    @property
    def is_same_text(self) -> bool:
        """Return whether both give the same text."""
        return self.first.text_digest == self.second.text_digest


def compare_outcomes(first: WhatIfOutcome, second: WhatIfOutcome, order: Sequence[str]) -> WhatIfComparison:
    """Return what two what-ifs make different; `order` are the keys of the version in reading order.

    A provision that one of them leaves alone stands there as in the version. New provisions that say the same are one.
    """
    ours = {each.key: each for each in first.provisions}
    theirs = _rename_equal(ours, second.provisions)
    known = [key for key in order if key in ours or key in theirs]
    new = [key for key in (*ours, *theirs) if key not in set(order)]
    provisions = (_compare(key, ours.get(key), theirs.get(key)) for key in dict.fromkeys((*known, *new)))
    return WhatIfComparison(first, second, tuple(each for each in provisions if each))


def _rename_equal(
    ours: dict[str, TouchedProvision], provisions: Sequence[TouchedProvision]
) -> dict[str, TouchedProvision]:
    """Return provisions by key, a new one by the key of the one that says the same in the other what-if."""
    others = {_content(each): each.key for each in reversed(ours.values()) if each.before is None}
    renamed: dict[str, TouchedProvision] = {}
    for each in provisions:
        key = others.get(_content(each), each.key) if each.before is None and each.key not in ours else each.key
        renamed[each.key if key in renamed else key] = each
    return renamed


def _content(provision: TouchedProvision) -> tuple[str, str, str | None, str | None]:
    return (provision.kind, provision.printed_number, provision.after, provision.after_key)


def _compare(key: str, ours: TouchedProvision | None, theirs: TouchedProvision | None) -> ComparedOutcome | None:
    """Return how a provision stands in two what-ifs."""
    either = ours or theirs
    if either is None:
        return None
    first, second = (each.after if each else either.before for each in (ours, theirs))
    return ComparedOutcome(
        key,
        either.text_id,
        either.printed_number,
        either.before,
        first,
        second,
        first == second and _place_of(ours) == _place_of(theirs),
        exact_runs_between(first or "", second or ""),
    )


def _place_of(provision: TouchedProvision | None) -> str | None:
    """Return the place of a provision that was moved; one that is not moved stands where it stood."""
    return provision.after_key if provision and provision.is_moved else None
