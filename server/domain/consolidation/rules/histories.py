"""What became of one provision from version to version, and who wrote its words. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from server.domain.consolidation.rules.redlining import change_of_words, show_changes
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ProvisionChange
from server.wording.blame import Blamed, Version, blame, trace
from server.wording.hunks import Hunk
from server.wording.redline import Attributed, Run, redline


class Recorded(NamedTuple):
    """A change recorded for a version, on the words of its base; `name` is the caller's name of it."""

    name: str
    kind: AmendmentKind
    hunk: Hunk


class State(NamedTuple):
    """A provision in one version: its words, None where it does not stand, its number, and the changes recorded for it.

    `base_id` is the version that this one was made from; None for the first of an instrument.
    """

    version_id: str
    base_id: str | None
    text: str | None
    recorded: tuple[Recorded, ...] = ()
    printed_number: str = ""


class Step(NamedTuple):
    """What became of a provision in a version, with the runs of its words against the base."""

    version_id: str
    change: ProvisionChange
    runs: tuple[Run, ...]


def list_steps(states: Sequence[State]) -> tuple[Step, ...]:
    """Return a step for each version in which a provision stands, or stood in the base; versions in order.

    In a version whose base is not among the states it is INSERTED. MOVED says that a change put it elsewhere, whether
    or not it was reworded too. RENUMBERED says that nothing but its number changed.
    """
    texts = {state.version_id: state.text for state in states}
    numbers = {state.version_id: state.printed_number for state in states}
    steps = []
    for state in states:
        before = texts.get(state.base_id or "")
        if before is None and state.text is None:
            continue
        sources = _group_by_hunk(state) if state.base_id in texts else {}
        change = change_of_words(before, state.text)
        stays = change in (ProvisionChange.UNCHANGED, ProvisionChange.REWORDED)
        if stays and any(each.kind == AmendmentKind.MOVE for each in state.recorded):
            change = ProvisionChange.MOVED
        elif change == ProvisionChange.UNCHANGED and numbers[state.base_id or ""] != state.printed_number:
            change = ProvisionChange.RENUMBERED
        changes = show_changes(before or "", state.text or "", sources)
        steps.append(Step(state.version_id, change, redline(before or "", changes)))
    return tuple(steps)


def trace_changes(states: Sequence[State]) -> tuple[Run, ...]:
    """Return the words of the first version in which a provision stands, with all changes since, struck and added."""
    standing = [place for place, state in enumerate(states) if state.text is not None]
    if not standing:
        return ()
    chain = states[standing[0] :]
    return trace(chain[0].text or "", [_list_layer(*neighbours) for neighbours in pairwise(chain)])


def _list_layer(before: State, state: State) -> list[Attributed]:
    """Return the changes from one state to the next, with the names of those that are recorded."""
    sources = _group_by_hunk(state) if state.base_id == before.version_id else {}
    return show_changes(before.text or "", state.text or "", sources)


def list_blamed(chain: Sequence[State]) -> tuple[Blamed, ...]:
    """Return the runs of words of the last version, each with the version and the changes that wrote it.

    Each state but the first is made from the state before it.
    """
    return blame([Version(state.version_id, state.text or "", _attribute(state)) for state in chain])


def find_chain(bases: Mapping[str, str | None], version_id: str) -> list[str]:
    """Return a version and those it was made from, oldest first; a base that is not in `bases` ends the chain."""
    chain: list[str] = []
    next_id: str | None = version_id
    while next_id is not None and next_id in bases and next_id not in chain:
        chain.append(next_id)
        next_id = bases[next_id]
    return chain[::-1]


def find_bases(versions: Sequence[tuple[str, str | None]]) -> dict[str, str | None]:
    """Return what each version was made from, as far as they tell: (id, base) each, in the order of their numbers.

    In the place of a base that is not among them there is the version before it, so that those who see only editions
    are told what changed from one to the next.
    """
    known = {version_id for version_id, _ in versions}
    bases: dict[str, str | None] = {}
    for place, (version_id, base_id) in enumerate(versions):
        before = versions[place - 1][0] if place else None
        bases[version_id] = base_id if base_id is None or base_id in known else before
    return bases


def _group_by_hunk(state: State) -> dict[Hunk, tuple[str, ...]]:
    """Return the names of the recorded changes of words by their hunk."""
    names: dict[Hunk, tuple[str, ...]] = {}
    for name, kind, hunk in state.recorded:
        if kind != AmendmentKind.MOVE:
            names[hunk] = (*names.get(hunk, ()), name)
    return names


def _attribute(state: State) -> tuple[Attributed, ...]:
    """Return the recorded changes of words with their names."""
    return tuple(Attributed(*each) for each in _group_by_hunk(state).items())
