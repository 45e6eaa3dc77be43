"""Where the provisions of a version come from, and whether a person has to look at it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from server.domain.texts.rules.provisions import VersionFacts
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.texts import LineageKind, VersionStatus
from server.wording.alignment import Pairing, find_longest_rise, measure_likeness


class LanguageFacts(NamedTuple):
    """The facts of a version that tell whether it is of the original: the version that it follows, if any."""

    follows_id: str | None


class SourceFacts(NamedTuple):
    """The facts of a version about the document that it was read from."""

    source_name: str
    source_digest: str


class LineageFacts(NamedTuple):
    """The facts of a line of lineage that tell whether a person still has to look at it."""

    score: float
    confirmed_at: datetime | None


class DebtFacts(NamedTuple):
    """The words of the original that a translation renders, and those that stand now; None where there are none."""

    original_before: str | None
    original_now: str | None


TRUSTED = 90.0
"""Score from which a line of lineage counts as confirmed by itself."""


def needs_confirmation(facts: LineageFacts) -> bool:
    """Return whether a line of lineage waits for a person; `queries.is_unconfirmed` is the same in SQL."""
    return facts.score < TRUSTED and facts.confirmed_at is None


def is_being_made(facts: VersionFacts, now: datetime) -> Obstacle | None:
    """Refuse to change a version that is no longer being made."""
    if facts.status == VersionStatus.WORKING:
        return None
    rule = "Where the provisions of a version come from is settled before it is issued."
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {say_state(facts.status)}.", rule)


class LineageLine(NamedTuple):
    """A line of lineage: `key`, `origin` and `into` are keys of provisions, as in the table."""

    kind: LineageKind
    key: str
    origin: str | None = None
    into: str | None = None
    score: float = 0.0


GONE = frozenset({LineageKind.DELETED, LineageKind.MERGED_INTO})
"""Kinds of lines about provisions that do not stand any more."""
KEEPING = frozenset({LineageKind.UNCHANGED, LineageKind.REWORDED, LineageKind.MOVED})
"""Kinds of lines about provisions that have the key of the one they come from."""


def name_lines(
    pairings: Iterable[Pairing], old_keys: Sequence[str], new_keys: Sequence[str]
) -> tuple[list[str], list[LineageLine]]:
    """Return the keys of the new provisions and the lines of lineage; `new_keys` serve those that are not paired."""
    named = [(LineageKind(kind.value), old, new, score) for old, new, kind, score in pairings]
    keys = list(new_keys)
    for kind, old, new, _ in named:
        if kind in KEEPING and old is not None and new is not None:
            keys[new] = old_keys[old]
    lines = []
    for kind, old, new, score in named:
        origin, target = None if old is None else old_keys[old], None if new is None else keys[new]
        if kind in GONE:
            lines.append(LineageLine(kind, origin or "", origin, target, score))
        else:
            lines.append(LineageLine(kind, target or "", origin, None, score))
    return keys, lines


class LineageClaim(NamedTuple):
    """What a person says about a provision of a version: the key that it comes from, None if it is new."""

    key: str
    origin: str | None


class RestatedLineage(NamedTuple):
    """Lineage after a person spoke. `keys` are the new keys by the old ones, `lines` the lines by their key before.

    `gone` are the keys whose lines end, since a provision stands there again; `orphans` are lines that are new.
    """

    keys: dict[str, str]
    lines: dict[str, LineageLine]
    gone: set[str]
    orphans: list[LineageLine]


def check_claims(
    claims: Sequence[LineageClaim], lines: Mapping[str, LineageLine], old: Mapping[str, str], new: Mapping[str, str]
) -> list[Issue]:
    """Return every fault of what is said about lines by their key; `old` and `new` are words by key."""
    issues = []
    keys = _name_anew(claims, lines, [""] * len(claims))
    holders = Counter(keys.get(key, key) for key in new)
    repeated = Counter(each.key for each in claims)
    for number, (key, origin) in enumerate(claims):
        line = lines.get(key)
        if line is None or repeated[key] > 1:
            issues.append(Issue(f"lines.{number}.provisionKey", IssueCode.LINE_UNKNOWN))
        elif line.kind in GONE and origin not in (None, key):
            issues.append(Issue(f"lines.{number}.fromKey", IssueCode.PROVISION_UNKNOWN))
        elif origin and origin != line.origin and origin not in old:
            issues.append(Issue(f"lines.{number}.fromKey", IssueCode.KEY_UNKNOWN))
        elif origin and line.kind not in GONE and origin != line.origin and holders[origin] > 1:
            issues.append(Issue(f"lines.{number}.fromKey", IssueCode.KEY_IN_USE))
    return issues


def restate_lineage(
    claims: Sequence[LineageClaim],
    lines: Mapping[str, LineageLine],
    old: Mapping[str, str],
    new: Mapping[str, str],
    fresh: Sequence[str],
    *,
    is_translated: bool = False,
) -> RestatedLineage:
    """Return the lineage after what was said, which has no fault; `old` and `new` are words by key, in their order.

    `fresh` are as many keys as `claims` has members. Between languages (`is_translated`) words are not compared.
    """
    keys = _name_anew(claims, lines, fresh)
    standing = [keys.get(key, key) for key in new]
    places = {key: place for place, key in enumerate(old)}
    in_order = find_longest_rise({place: places[key] for place, key in enumerate(standing) if key in places})
    kept_order = {key for place, key in enumerate(standing) if place in in_order}
    restated = {}
    for key, origin in claims:
        line, now = lines[key], keys.get(key, key)
        if line.kind in GONE or origin == line.origin:
            restated[key] = line._replace(into=keys.get(line.into or "", line.into))
        elif origin is None:
            restated[key] = LineageLine(LineageKind.INSERTED, now)
        else:
            same = LineageKind.UNCHANGED if old[origin] == new[key] and not is_translated else LineageKind.REWORDED
            score = 0.0 if is_translated else measure_likeness(old[origin], new[key])
            restated[key] = LineageLine(same if now in kept_order else LineageKind.MOVED, now, origin, None, score)
    gone = {line.key for line in lines.values() if line.kind in GONE and line.key in standing}
    left = [key for key in keys if key in old and key not in standing]
    return RestatedLineage(keys, restated, gone, [LineageLine(LineageKind.DELETED, key, key) for key in left])


def _name_anew(
    claims: Sequence[LineageClaim], lines: Mapping[str, LineageLine], fresh: Sequence[str]
) -> dict[str, str]:
    """Return the keys that provisions take by what is said, by the keys that they have."""
    keys = {}
    for (key, origin), new_key in zip(claims, fresh, strict=True):
        line = lines.get(key)
        if line is None or line.kind in GONE or origin == line.origin:
            continue
        if origin is None and line.kind in KEEPING:
            keys[key] = new_key
        elif origin is not None:
            keys[key] = origin
    return keys
