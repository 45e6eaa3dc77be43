"""Compare the schema with that of the last release: what breaks, and what a client writes instead.

Each release leaves its schema under `frontend-contracts/releases/`. graphql-core finds the changes; people say in
`frontend-contracts/instead.json` or in the changelog what to do about those that break clients.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from graphql import BreakingChange, BreakingChangeType, GraphQLInputObjectType, GraphQLSchema, build_schema
from graphql.utilities import find_schema_changes

BREAKS, ADDS, REMOVES, ALTERS = "breaks", "added", "removed", "changed"
DEPRECATED_FIRST = (0, 3, 0)
"""The first release from which nothing is removed that was not deprecated in it."""
REASON = re.compile(r"Removed after (\d{4}-\d{2}-\d{2})\.?$")
"""The end of the reason of a deprecation: the last day on which the element is there for certain."""
SPEAKING = re.compile(
    r"(?:(?:A required|An optional) (?:field|argument) |Directive |Field |Enum value |Argument |Standard scalar )?(\S+)"
)
"""How graphql-core 3.3 begins the description of a change; the group is what has changed."""
OWNER = re.compile(r"(?:union type|implemented by|(?:removed from|added to)) (@?\w+)\.$")
"""How it ends the description where the thing that has changed comes last."""
REMOVALS = frozenset(
    {BreakingChangeType.FIELD_REMOVED, BreakingChangeType.VALUE_REMOVED_FROM_ENUM, BreakingChangeType.ARG_REMOVED}
)
"""What can be deprecated before it goes. A type goes with the fields that lead to it."""
SILENT_BREAKS = frozenset({"ARG_DEFAULT_VALUE_CHANGE", "INPUT_FIELD_DEFAULT_VALUE_CHANGE"})
"""Changes by which a document is still valid and means something else."""


class SchemaChange(NamedTuple):
    """A change of the schema. `name` is `Type`, `Type.field` or `Type.field(argument:)`; `words` say what it is."""

    name: str
    sort: str
    breaks: bool
    removes: bool
    words: str

    @property
    def type(self) -> str:
        """The type that has changed, or a part of it."""
        return self.name.partition(".")[0].partition("(")[0]


def find_last_release(folder: Path) -> tuple[tuple[int, ...], GraphQLSchema]:
    """Return number and schema of the newest release in a contracts folder."""
    path = max((folder / "releases").glob("*.graphql"), key=_number_of)
    return _number_of(path), build_schema(path.read_text(encoding="utf-8"))


def _number_of(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.stem.split("."))


def list_changes(old: GraphQLSchema, new: GraphQLSchema) -> list[SchemaChange]:
    """Return every change but those of descriptions, sorted by name."""
    changes = set()
    for change in find_schema_changes(old, new):
        if change.type.name == "DESCRIPTION_CHANGED":
            continue
        words = change.description
        owner, subject = OWNER.search(words), SPEAKING.match(words)
        assert subject is not None
        name = (owner or subject)[1].rstrip(".")
        kind = change.type.name
        sort = ADDS if kind.endswith("ADDED") or "_ADDED_" in kind else REMOVES if "REMOVED" in kind else ALTERS
        if "DEFAULT_VALUE" in kind:  # what has a default now was there before
            sort = ALTERS
        breaks = isinstance(change, BreakingChange) or kind in SILENT_BREAKS
        changes.add(SchemaChange(name, sort, breaks, change.type in REMOVALS, words))
    return sorted(changes | set(_find_narrowed_inputs(old, new)))


def _find_narrowed_inputs(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[SchemaChange]:
    """Yield the inputs that take one field only by now, which graphql-core 3.3 does not compare."""
    for name, before in old.type_map.items():
        after = new.type_map.get(name)
        if not (isinstance(before, GraphQLInputObjectType) and isinstance(after, GraphQLInputObjectType)):
            continue
        if after.is_one_of and not before.is_one_of:
            yield SchemaChange(name, ALTERS, True, False, f"{name} takes exactly one of its fields by now.")


def read_advice(folder: Path) -> dict[str, str]:
    """Return what to write instead, by the name of what breaks. `*` in a name stands for any part of it."""
    return dict(json.loads((folder / "instead.json").read_text(encoding="utf-8")))


def find_advice(change: SchemaChange, advice: Mapping[str, str]) -> str:
    """Return what to write instead, "" if nobody says it. An exact name goes before a pattern."""
    if change.name in advice:
        return advice[change.name]
    return next((words for pattern, words in advice.items() if fnmatchcase(change.name, pattern)), "")


def find_unreleased(changelog: str) -> str:
    """Return the part of the changelog about what is not yet released."""
    return changelog.partition("\n## Unreleased\n")[2].partition("\n## ")[0]


def list_names(changelog: str) -> list[set[str]]:
    """Return for each entry of the changelog the words that it has in backticks."""
    entries = re.split(r"\n(?=- )", find_unreleased(changelog))
    return [set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", entry)))) for entry in entries]


def is_named(change: SchemaChange, entries: Iterable[set[str]]) -> bool:
    """Return whether one entry names what has changed: the type and its part; of a root field the field alone."""
    whole = set(re.findall(r"\w+", change.name))
    parts = whole - {"Query", "Mutation", "Subscription"} or whole  # of a root type itself its own name
    return any(parts <= names for names in entries)


def list_faults(folder: Path, new: GraphQLSchema, changelog: str, today: date) -> Iterator[str]:
    """Yield in one line each what may not be released: breaks that nobody explains, removals without notice."""
    number, old = find_last_release(folder)
    changes, advice = list_changes(old, new), read_advice(folder)
    entries = list_names(changelog)
    for change in changes:
        if change.breaks and not (is_named(change, entries) or find_advice(change, advice)):
            yield f"{change.words} Say in CHANGELOG.md or in instead.json what to write instead of `{change.name}`."
        if change.removes and number >= DEPRECATED_FIRST:
            yield from _check_notice(change, old, today)
    for pattern in advice:
        if not any(change.breaks and fnmatchcase(change.name, pattern) for change in changes):
            yield f"instead.json advises on `{pattern}`, and nothing of that name breaks."
        if "*" in pattern.rpartition(".")[2]:
            yield f"instead.json advises on `{pattern}`: name the field, or it would excuse whatever breaks next."
    yield from _check_reasons(new)


def _check_notice(change: SchemaChange, old: GraphQLSchema, today: date) -> Iterator[str]:
    reason = dict(_list_deprecations(old)).get(change.name)
    if reason is None:
        yield f"{change.words} Deprecate it for one release before."
    elif (ends := _last_day(reason)) and today <= ends:
        yield f"{change.words} It was promised until {ends}."


def _last_day(reason: str) -> date | None:
    """Return the day that the reason of a deprecation ends with, None if it ends with none that the calendar has."""
    try:
        return date.fromisoformat(REASON.search(reason)[1])  # type: ignore[index]
    except (TypeError, ValueError):
        return None


def _check_reasons(new: GraphQLSchema) -> Iterator[str]:
    for name, reason in _list_deprecations(new):
        if _last_day(reason) is None:
            yield f"`{name}` is deprecated: end its reason with 'Removed after YYYY-MM-DD.'"


def _list_deprecations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Yield (name, reason) of every field, argument and value that is deprecated."""
    for type_ in schema.type_map.values():
        members = {**getattr(type_, "fields", {}), **getattr(type_, "values", {})}
        for name, member in members.items():
            if member.deprecation_reason is not None:
                yield f"{type_.name}.{name}", member.deprecation_reason
            for argument, each in getattr(member, "args", {}).items():
                if each.deprecation_reason is not None:
                    yield f"{type_.name}.{name}({argument}:)", each.deprecation_reason


def build_page(folder: Path, new: GraphQLSchema) -> list[str]:
    """Return the page of changes since the last release as lines of Markdown, grouped by type."""
    number, old = find_last_release(folder)
    release = ".".join(map(str, number))
    changes, advice = list_changes(old, new), read_advice(folder)
    breaks = sum(change.breaks for change in changes)
    groups: dict[str, list[SchemaChange]] = defaultdict(list)
    for change in changes:
        groups[change.type].append(change)
    lines = [
        f"# Changes of the schema since {release}",
        "",
        f"Of {len(changes)} changes {breaks} break documents that were written for {release}: each of them says what",
        "to write instead, or [the changelog](../CHANGELOG.md) does.",
        "",
    ]
    added = [name for name, group in groups.items() if name not in old.type_map]
    for name in sorted(groups.keys() - added):
        lines += [f"## {name}", "", *_list_group(groups[name], advice), ""]
    if added:
        lines += ["## New types", "", *(f"- `{name}`" for name in sorted(added)), ""]
    return lines


def _list_group(group: Iterable[SchemaChange], advice: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of one type: what breaks, each by itself, and then what is only new."""
    quiet = defaultdict(list)
    for change in group:
        if change.breaks:
            words = find_advice(change, advice)
            yield f"- **breaks**: {change.words}{f' Instead: {words}' if words else ''}"
        elif change.sort == ADDS:
            quiet[change.sort].append(f"`{change.words.split(' was added')[0].split(' ')[-1].split('.')[-1]}`")
        else:
            yield f"- {change.words}"
    for sort, names in quiet.items():
        yield f"- {sort}: {', '.join(names)}"
