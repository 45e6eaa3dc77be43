"""Texts: what the policy of versions and the fields of provisions look at, and where references lead. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from server.documents.nesting import HEADINGS, ITEMS
from server.documents.tables import count_breaks
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.texts import ReferenceStatus, UnitKind, VersionStatus
from server.wording.hunks import Hunk
from server.wording.mappings import find_mapped, names_columns
from server.wording.outlines import OutlineEntry
from server.wording.references import Reference, find_references
from server.wording.targets import Places, Target, Unresolved, resolve
from server.wording.terms import Definition, TermPassage, find_definitions, find_uses


def keys_inside(key: str, parents: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return the key of a provision and of everything inside it, in reading order.

    `parents` gives every provision of a text in reading order, with the key of the one that it is in.
    """
    inside = {key}
    ordered = []
    for each, parent in parents:
        if each == key or parent in inside:
            inside.add(each)
            ordered.append(each)
    return ordered


class VersionFacts(NamedTuple):
    """The facts of a version that the rules and the policy look at."""

    status: VersionStatus


class RowFacts(NamedTuple):
    """The facts of a provision that its cells follow from."""

    kind: UnitKind
    text: str


class MarkFacts(NamedTuple):
    """The facts of a provision that its marks follow from: lists of start, end and kind."""

    marks: list[Any]


LONGEST_LANGUAGE = 12
"""Longest language tag, in characters."""
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.IGNORECASE
)


def check_names(*, language: str, **names: str) -> list[Issue]:
    """Return the faults of the names of a version: empty ones, and a language that is none."""
    issues = [Issue(name, IssueCode.EMPTY) for name, value in names.items() if not value.strip()]
    return [*issues, *check_language(language)]


def check_language(language: str) -> list[Issue]:
    """Return the fault of a language tag that has not the form of BCP 47: language, script, region, variants."""
    if len(language) > LONGEST_LANGUAGE:
        return [Issue("language", IssueCode.TOO_LONG, limit=LONGEST_LANGUAGE)]
    if not _LANGUAGE.fullmatch(language):
        return [Issue("language", IssueCode.LANGUAGE_MALFORMED)]
    return []


def canonical_language(language: str) -> str:
    """Return a language tag as it is usually written: language small, script with a capital, region in capitals."""
    first, *others = language.split("-")
    written = [
        part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()
        for part in others
    ]
    return "-".join([first.lower(), *written])


def check_cells(path: str, kind: UnitKind, before: str, after: str) -> list[Issue]:
    """Return the fault of new words for a row of a table that would give it more cells or fewer.

    Words of other provisions have no such fault, and a row may go as a whole.
    """
    breaks = count_breaks(before)
    if kind is not UnitKind.TABLE_ROW or not after or count_breaks(after) == breaks:
        return []
    return [Issue(path, IssueCode.CELLS_DIFFER, cells=breaks + 1)]


class NumberedProvision(NamedTuple):
    """A provision as references see it; `parent` is the key of the provision that it stands in."""

    key: str
    kind: UnitKind
    level: int
    printed_number: str
    text: str
    parent: str | None


class LocatedReference(NamedTuple):
    """A reference in the words of a provision, by its code points, and the key that it leads to.

    `target` of a DANGLING one is the key that it pointed to before, None if it led nowhere ever.
    """

    start: int
    end: int
    words: str
    status: ReferenceStatus
    target: str | None
    instrument: str


UNNUMBERED = frozenset({UnitKind.FOOTNOTE, UnitKind.CODE, UnitKind.TABLE, UnitKind.TABLE_ROW})
"""Kinds without a place among numbers: a footnote has a mark, code the name of its language."""
_STATUSES = {
    Unresolved.NOWHERE: ReferenceStatus.DANGLING,
    Unresolved.AMBIGUOUS: ReferenceStatus.AMBIGUOUS,
    Unresolved.ELSEWHERE: ReferenceStatus.EXTERNAL,
}


def list_entries(provisions: Sequence[NumberedProvision]) -> list[OutlineEntry]:
    """Return the provisions of a version, in reading order, as numbering and references see them."""
    places = {provision.key: place for place, provision in enumerate(provisions)}
    entries = []
    for place, provision in enumerate(provisions):
        above = places.get(provision.parent or "")
        kind = "HEADING" if provision.kind in HEADINGS else "LIST_ITEM" if provision.kind in ITEMS else "PARAGRAPH"
        is_numbered = provision.kind not in UNNUMBERED
        parent = above if above is not None and above < place else None
        entries.append(OutlineEntry(parent, kind if is_numbered else provision.kind, _number_of(provision)))
    return entries


def _number_of(provision: NumberedProvision) -> str:
    return "" if provision.kind in UNNUMBERED else provision.printed_number


def list_own_names(title: str, short_title: str) -> frozenset[str]:
    """Return the names under which a text speaks of itself: its titles, and the names that they are made of."""
    words = [word for name in (title, short_title) for word in name.split() if word[:1].isupper() and len(word) > 2]
    name = re.split(r"\s(?:of|on|for|sur|de|des|für|über)\s", title)[0]
    return frozenset({title, short_title, name, *words[:1], *(word for word in short_title.split() if word in words)})


def read_references(provisions: Sequence[NumberedProvision]) -> Iterator[tuple[int, tuple[Reference, ...]]]:
    """Yield (place of the provision, references) for the words of each provision, and for each cell of a table row.

    What a cell leaves out the head of its column says, also of tables of the same width that follow without a head.
    """
    head = ""
    for place, provision in enumerate(provisions):
        if provision.kind != UnitKind.TABLE_ROW:
            head = "" if provision.kind in HEADINGS else head
            references = () if provision.kind is UnitKind.CODE else find_references(provision.text)
            if references:
                yield place, references
            continue
        if provision.level == 1 and names_columns(provision.text):
            head = provision.text
        fits = count_breaks(head) == count_breaks(provision.text) and provision.text != head
        for cell in find_mapped(provision.text, head if fits else ""):
            if cell:
                yield place, cell


def locate_references(
    provisions: Sequence[NumberedProvision],
    own_names: Collection[str] = (),
    known: Mapping[str, Iterable[LocatedReference]] | None = None,
    keys: Collection[str] | None = None,
) -> dict[str, list[LocatedReference]]:
    """Return the references of provisions by key, all or those of `keys`.

    `known` are references that stood there before and kept their words, at their places: they keep what they point to.
    All others are found by the numbers printed now. One that no longer leads by its number to what it points to is
    DANGLING. The time is that of reading the words.
    """
    places = Places(list_entries(provisions))
    located: dict[str, list[LocatedReference]] = {}
    for at, references in read_references(provisions):
        provision = provisions[at]
        if keys is not None and provision.key not in keys:
            continue
        before = {(each.start, each.end): each for each in (known or {}).get(provision.key, ())}
        targets = resolve(references, places, at, own_names)
        formers = _find_formers(references, before)
        for reference, target, former in zip(references, targets, formers, strict=True):
            if reference.label is None and not isinstance(target, int) and former is None:
                continue  # "this Annex" where there is none is no reference to anything
            located.setdefault(provision.key, []).append(_locate(reference, target, former, provisions))
    return located


def _find_formers(
    references: Sequence[Reference], before: Mapping[tuple[int, int], LocatedReference]
) -> list[LocatedReference | None]:
    """Return for each reference what it was before, None if it or the one that contains it is new.

    `this Article` is always the one in which it stands.
    """
    formers = [
        None if reference.relative == "this" else before.get((reference.start, reference.end))
        for reference in references
    ]
    for place in range(len(references)):
        chain = [place]
        while (within := references[chain[-1]].within) is not None and within not in chain:
            chain.append(within)
        if any(formers[each] is None and references[each].relative != "this" for each in chain):
            formers[place] = None
    return formers


def _locate(
    reference: Reference, target: Target, former: LocatedReference | None, provisions: Sequence[NumberedProvision]
) -> LocatedReference:
    leads_to = provisions[target].key if isinstance(target, int) else None
    status = ReferenceStatus.RESOLVED if isinstance(target, int) else _STATUSES[target]
    if former and former.target:
        status = ReferenceStatus.RESOLVED if former.target == leads_to else ReferenceStatus.DANGLING
        leads_to = former.target
    elif former and former.status is not ReferenceStatus.EXTERNAL:
        # It led nowhere: a number that somebody else has got since is a coincidence.
        status, leads_to = former.status, None
    instrument = reference.instrument if status is ReferenceStatus.EXTERNAL else ""
    return LocatedReference(reference.start, reference.end, reference.words, status, leads_to, instrument)


def carry_references(
    references: Iterable[LocatedReference], hunks: Sequence[Hunk], *, rewritten: bool = False
) -> list[LocatedReference]:
    """Return the references at their places after the hunks, without those that a hunk touches.

    With `rewritten` these stay too: the hunks only write their numbers anew.
    """
    carried = []
    for reference in references:
        touching = [hunk for hunk in hunks if hunk.start <= reference.end and hunk.end >= reference.start]
        if touching and not rewritten:
            continue
        start = reference.start + sum(_growth_of(hunk) for hunk in hunks if hunk.end <= reference.start)
        end = reference.end + sum(_growth_of(hunk) for hunk in hunks if hunk.start < reference.end)
        carried.append(reference._replace(start=start, end=end))
    return carried


def _growth_of(hunk: Hunk) -> int:
    return len(hunk.replacement) - (hunk.end - hunk.start)


class TermUse(NamedTuple):
    """A place where a defined term is used, by the code points of the provision's text."""

    key: str
    start: int
    end: int


class DefinedTerm(NamedTuple):
    """A term, the provision that defines it, and the places where it is used."""

    term: str
    key: str
    uses: tuple[TermUse, ...]


def define_terms(provisions: Sequence[NumberedProvision]) -> tuple[Definition, ...]:
    """Return the terms that a text defines, in reading order; `provision` counts the provisions."""
    return find_definitions([TermPassage(each.text, each.level if each.kind in HEADINGS else 0) for each in provisions])


@lru_cache(maxsize=16)
def list_own_terms(provisions: tuple[NumberedProvision, ...]) -> tuple[DefinedTerm, ...]:
    """Return the terms that a text defines with their uses in it. The last texts asked for are remembered."""
    definitions = define_terms(provisions)
    return tuple(list_terms(provisions, definitions, [provisions[each.provision].key for each in definitions]))


def list_terms(
    provisions: Sequence[NumberedProvision], definitions: Sequence[Definition], keys: Sequence[str]
) -> list[DefinedTerm]:
    """Return the terms with their uses in a text; `keys` are those of the provisions that define them."""
    uses: list[list[TermUse]] = [[] for _ in definitions]
    for use in find_uses(definitions, [provision.text for provision in provisions]):
        uses[use.definition].append(TermUse(provisions[use.text].key, use.start, use.end))
    return [
        DefinedTerm(definition.term, key, tuple(places))
        for definition, key, places in zip(definitions, keys, uses, strict=True)
    ]
