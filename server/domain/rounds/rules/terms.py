"""The terms of a round: what it asks, of whom, until when, and whether a comment keeps to them."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from server.domain.rounds.rules.checks import Content, check_call, check_window
from server.domain.rounds.rules.facts import audience_of
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.zones import find_zone
from server.vocabulary.calling import RoundScope
from server.vocabulary.rounds import CommentType, RoundVisibility

CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}(-[0-9]{1,3})?")
MOST_REMINDERS, EARLIEST_REMINDER = 5, 90
MOST_COMMENTS, MOST_CHARACTERS = 10_000, 20_000
TERMS_RULE = "A round takes comments on the provisions, of the types, and as many and as long as its terms say."


class RoundSettings(NamedTuple):
    """The terms of a round that may be left out: by default every party of the audience comments on everything.

    `group_id` narrows the audience to the members of a body. For CHANGED `since_version_id` is the version to compare
    with, for NAMED `provision_keys` are the permanent keys. `types` empty takes every type. `most_comments` is for each
    party, `most_characters` for the text and the reason of each comment. `reminder_days` are days before the close.
    """

    group_id: str | None = None
    scope: RoundScope = RoundScope.WHOLE
    since_version_id: str | None = None
    provision_keys: tuple[str, ...] = ()
    is_general_taken: bool = True
    types: tuple[CommentType, ...] = ()
    most_comments: int | None = None
    most_characters: int | None = None
    reminder_days: tuple[int, ...] = ()


class Terms(NamedTuple):
    """The terms of a round. `audience` are capacities."""

    title: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    visibility: RoundVisibility
    audience: frozenset[Capacity]
    settings: RoundSettings = RoundSettings()


def check_terms(terms: Terms, now: datetime) -> list[Issue]:
    """Return every fault of the terms of a round that is called or corrected now."""
    issues = check_window(terms.opens_at, terms.closes_at, now) + check_call(terms.title, terms.audience)
    issues += check_zone(terms.zone)
    issues += check_offset("opensAt", terms.opens_at, terms.zone)
    issues += check_offset("closesAt", terms.closes_at, terms.zone)
    return issues + _check_scope(terms.settings) + _check_numbers(terms.settings)


def check_zone(name: str) -> list[Issue]:
    """Return the fault of the name of a time zone, if the IANA database does not know it."""
    return [] if find_zone(name) else [Issue("zone", IssueCode.ZONE_UNKNOWN)]


def check_offset(field: str, instant: datetime, zone: str) -> list[Issue]:
    """Return the fault of an instant with an offset that its zone does not have then.

    An instant in UTC is taken in any zone. A time of day that the clocks of the zone skip has no offset at all; one
    that they show twice has two, and the offset says which is meant.
    """
    known, offset = find_zone(zone), instant.utcoffset()
    if known is None or not offset or instant.astimezone(known).utcoffset() == offset:
        return []
    local = instant.replace(tzinfo=None)
    offsets = offsets_of(local, zone)
    if not offsets:
        return [Issue(field, IssueCode.TIME_SKIPPED, zone=zone)]
    return [Issue(field, IssueCode.OFFSET_UNFIT, zone=zone, offsets=offsets)]


def offsets_of(local: datetime, zone: str) -> tuple[str, ...]:
    """Return the offsets, such as '+01:00', that a zone has at a time of day: two where it comes twice, else one.

    None where the clocks skip it. Raise TypeError for a zone that is not known.
    """
    known = find_zone(zone)
    if known is None:
        raise TypeError(f"no zone {zone!r}")
    aware = [local.replace(tzinfo=known, fold=fold) for fold in (0, 1)]
    real = [each for each in aware if each.astimezone(UTC).astimezone(known).replace(tzinfo=None, fold=0) == local]
    return tuple(dict.fromkeys(each.isoformat()[-6:] for each in real))


def _check_scope(settings: RoundSettings) -> list[Issue]:
    """Return every fault of a scope: it names a version or provisions as its kind needs, and nothing else."""
    issues = []
    if (settings.scope == RoundScope.CHANGED) != (settings.since_version_id is not None):
        issues.append(Issue("settings.sinceVersionId", IssueCode.SCOPE_UNFIT, scope=settings.scope.value))
    if (settings.scope == RoundScope.NAMED) != bool(settings.provision_keys):
        issues.append(Issue("settings.provisionKeys", IssueCode.SCOPE_UNFIT, scope=settings.scope.value))
    if settings.types == (CommentType.GENERAL,) and not settings.is_general_taken:
        issues.append(Issue("settings.types", IssueCode.EMPTY))
    return issues


def _check_numbers(settings: RoundSettings) -> list[Issue]:
    """Return every fault of the limits and the reminders."""
    issues = []
    for field, value, most in (
        ("settings.mostComments", settings.most_comments, MOST_COMMENTS),
        ("settings.mostCharacters", settings.most_characters, MOST_CHARACTERS),
    ):
        if value is not None and not 1 <= value <= most:
            issues.append(Issue(field, IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=most))
    days = settings.reminder_days
    if len(days) > MOST_REMINDERS:
        issues.append(Issue("settings.reminderDays", IssueCode.TOO_MANY, limit=MOST_REMINDERS))
    if len(set(days)) < len(days):
        issues.append(Issue("settings.reminderDays", IssueCode.REPEATED))
    if any(not 1 <= day <= EARLIEST_REMINDER for day in days):
        issues.append(Issue("settings.reminderDays", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=EARLIEST_REMINDER))
    return issues


def reminders_of(closes_at: datetime, days: Sequence[int] | None) -> list[datetime]:
    """Return the instants at which the silent are to be reminded, the earliest first."""
    return sorted(closes_at - timedelta(days=day) for day in days or ())


FIELDS = {
    "title": "title",
    "opens_at": "opensAt",
    "closes_at": "closesAt",
    "zone": "zone",
    "visibility": "visibility",
    "audience": "audience",
    "group_id": "groupId",
    "scope": "roundScope",
    "since_version_id": "sinceVersionId",
    "provision_keys": "provisionKeys",
    "is_general_taken": "isGeneralTaken",
    "types": "types",
    "most_comments": "mostComments",
    "most_characters": "mostCharacters",
    "reminder_days": "reminderDays",
}
"""The field of the input of each term."""
PLAIN = ("title", "opens_at", "closes_at", "zone", "visibility")
"""Terms that are columns of a round by the same name, in the order of `Terms`."""
LATER = frozenset({"title", "reminder_days", "types", "most_comments", "most_characters"})
"""Terms that can still be corrected once the round has opened."""


def values_of(terms: Terms) -> dict[str, Any]:
    """Return every term by its name, those of the settings beside the others."""
    return {**terms._asdict(), **terms.settings._asdict()}


def changes_between(before: Terms, after: Terms) -> list[str]:
    """Return the names of the terms that differ."""
    old, new = values_of(before), values_of(after)
    return [name for name in FIELDS if old[name] != new[name]]


def _path_of(term: str) -> str:
    """Return the path of a term in the input."""
    return f"settings.{FIELDS[term]}" if term in RoundSettings._fields else FIELDS[term]


def check_correction(before: Terms, after: Terms, *, has_opened: bool) -> list[Issue]:
    """Return every fault of corrected terms: something changes, and after the opening only what still may."""
    changed = changes_between(before, after)
    if not changed:
        return [Issue("", IssueCode.NOTHING_CHANGES)]
    if not has_opened:
        return []
    issues = [Issue(_path_of(name), IssueCode.FIXED_ONCE_OPEN) for name in changed if name not in LATER]
    for name in ("most_comments", "most_characters"):
        old, new = getattr(before.settings, name), getattr(after.settings, name)
        if old != new and (old is None or (new is not None and new < old)):
            issues.append(Issue(_path_of(name), IssueCode.ONLY_LOOSER))
    types, fewer = before.settings.types, after.settings.types
    if types != fewer and fewer and (not types or set(types) - set(fewer)):
        issues.append(Issue("settings.types", IssueCode.ONLY_LOOSER))
    return issues


def check_code(code: str) -> list[Issue]:
    """Return the fault of a code that papers would cite a round by."""
    return [] if CODE.fullmatch(code) and len(code) <= 12 else [Issue("code", IssueCode.CODE_MALFORMED)]


def check_against_terms(content: Content, key: str | None, round_: Any) -> list[Issue]:
    """Return every fault of a comment by the terms of its round. `key` is the permanent key of its provision."""
    issues = []
    if round_.types and content.type not in round_.types:
        issues.append(Issue("type", IssueCode.NOT_ONE_OF, allowed=tuple(round_.types)))
    if key is None and round_.is_without_general:
        issues.append(Issue("provisionId", IssueCode.GENERAL_NOT_TAKEN))
    is_narrow = (round_.scope or RoundScope.WHOLE) != RoundScope.WHOLE
    if key is not None and is_narrow and key not in (round_.provision_keys or ()):
        issues.append(Issue("provisionId", IssueCode.OUTSIDE_SCOPE))
    length = len(content.text.strip()) + len(content.reason.strip())
    if round_.most_characters is not None and length > round_.most_characters:
        issues.append(Issue("text", IssueCode.TOO_LONG, limit=round_.most_characters))
    return issues


def add_faults(faults: list[Issue], others: list[Issue]) -> list[Issue]:
    """Return the faults by the terms of a round with those of what a comment says, of each field the former only.

    They are the narrower ones: "make the comment GENERAL" would mislead where the round takes no such comment.
    """
    paths = {fault.path for fault in faults}
    return [*faults, *(each for each in others if each.path not in paths)]


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles are the same to a reader, in capital or small letters."""
    return one.casefold().split() == other.casefold().split()


def terms_of(round_: Any) -> Terms:
    """Return the terms of a round, from its row."""
    settings = RoundSettings(
        group_id=round_.group_id,
        scope=round_.scope or RoundScope.WHOLE,
        since_version_id=round_.since_version_id,
        provision_keys=tuple(round_.provision_keys or ()),
        is_general_taken=not round_.is_without_general,
        types=tuple(CommentType(each) for each in round_.types or ()),
        most_comments=round_.most_comments,
        most_characters=round_.most_characters,
        reminder_days=tuple(round_.reminder_days or ()),
    )
    plain: dict[str, Any] = {name: getattr(round_, name) for name in PLAIN}
    return Terms(**plain, audience=frozenset(audience_of(round_)), settings=settings)


def columns_of(terms: Terms) -> dict[str, Any]:
    """Return the columns of a round in which its terms stand. What is not said is null."""
    settings = terms.settings
    return {
        **{name: getattr(terms, name) for name in PLAIN},
        "open_to_members": Capacity.MEMBER in terms.audience,
        "open_to_observers": Capacity.OBSERVER in terms.audience,
        "open_to_private_sector": Capacity.PRIVATE_SECTOR in terms.audience,
        "group_id": settings.group_id,
        "scope": None if settings.scope == RoundScope.WHOLE else settings.scope,
        "since_version_id": settings.since_version_id,
        "provision_keys": list(settings.provision_keys) or None,
        "is_without_general": None if settings.is_general_taken else True,
        "types": [str(each) for each in settings.types] or None,
        "most_comments": settings.most_comments,
        "most_characters": settings.most_characters,
        "reminder_days": list(settings.reminder_days) or None,
    }


def arrange(terms: Terms) -> Terms:
    """Return terms as they are kept: the title without blanks around it, instants in UTC, lists in one order."""
    settings = terms.settings
    return terms._replace(
        title=terms.title.strip(),
        opens_at=terms.opens_at.astimezone(UTC),
        closes_at=terms.closes_at.astimezone(UTC),
        settings=settings._replace(
            types=tuple(each for each in CommentType if each in settings.types),
            reminder_days=tuple(sorted(settings.reminder_days, reverse=True)),
        ),
    )


def keys_within(named: Sequence[str], parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the named provisions with everything inside them, in the order of the text.

    `parents` holds the key of the provision in which each of the version stands, by its key, in that order.
    """
    within = set(named)
    for key, parent in parents.items():
        if parent in within:
            within.add(key)
    return tuple(key for key in parents if key in within)


def keys_changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the provisions of a version that are new or say something else than in another, in the order of the text.

    Both hold the words by permanent key.
    """
    return tuple(key for key, words in after.items() if before.get(key) != words)
