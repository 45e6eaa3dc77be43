"""The redline of the changes, provision by provision. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from server.domain.consolidation.rules.checking import Compared, final_hunks
from server.vocabulary.texts import ProvisionChange
from server.wording.hunks import Hunk
from server.wording.redline import Attributed, Run, redline, sentence_of


class Redlined(NamedTuple):
    """A provision in base and target: its change, the runs of its words and each change as a sentence."""

    key: str
    change: ProvisionChange
    before: str | None
    after: str | None
    sentences: tuple[str, ...]
    runs: tuple[Run, ...]


def change_of(provision: Compared) -> ProvisionChange:
    """Return the change of a provision between base and target."""
    if provision.base is None:
        return ProvisionChange.INSERTED
    if provision.target is None:
        return ProvisionChange.DELETED
    return ProvisionChange.UNCHANGED if provision.base == provision.target else ProvisionChange.REWORDED


def build_redline(provision: Compared, sources: Mapping[Hunk, tuple[str, ...]]) -> Redlined:
    """Return the redline of one provision; `sources` names the source of each recorded change of it."""
    base, hunks = provision.base or "", final_hunks(provision)
    runs = redline(base, [Attributed(hunk, sources.get(hunk, ())) for hunk in hunks])
    sentences = tuple(sentence_of(base, hunk) for hunk in hunks)
    return Redlined(provision.key, change_of(provision), provision.base, provision.target, sentences, runs)
