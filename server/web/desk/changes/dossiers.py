"""Everything about one provision: its words and who wrote them, its history, references, comments and corrections."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.changes.letters import Lettered, letter, letter_at
from server.web.desk.changes.noting import ask_rounds, read_notes
from server.web.desk.visits import Visit, found

ACTS = frozenset(
    {
        *("correctEditorially", "correctLinguistically", "correctReference", "objectToCorrection"),
        *("writeNote", "discardNote"),
    }
)
CONTEXT = 30
"""Characters right before and after a reference that tell it from others of the same words."""


class Origin(NamedTuple):
    """Where words came in: the version, and the changes that wrote them. `id` is the anchor of its note."""

    letter: str
    id: str
    version: Mapping[str, Any] | None
    changes: list[dict[str, Any]]


class Written(NamedTuple):
    """Words of a provision with their origin, None for those of the first version."""

    text: str
    origin: Origin | None


class QuotedReference(NamedTuple):
    """A reference in the words of a provision, with the characters right before and after it."""

    given: Mapping[str, Any]
    prefix: str
    suffix: str


class HistoryStep(NamedTuple):
    """What became of a provision in one version, its changed words with letters."""

    entry: Mapping[str, Any]
    words: Lettered


async def show(visit: Visit) -> Response:
    """Return the dossier of a provision in one version."""
    pages = {
        "amendmentsAfter": visit.query.get("asked"),
        "pairsAfter": visit.query.get("pairs"),
        "precedentsAfter": visit.query.get("before"),
    }
    read = await visit.read("ProvisionDossier", id=visit.parameter("id"), **pages)
    provision = found(read["provision"])
    key, version = provision["key"], provision["textVersion"]
    history, blame, comments, proposals, corrections, terms, listed = await visit.read_all(
        ("ProvisionHistory", {"provisionKey": key}),
        ("ProvisionBlame", {"provisionKey": key, "textVersionId": version["id"]}),
        ("CommentList", {"filter": {"provisionKey": [key]}, "first": 50, "after": visit.query.get("comments")}),
        ("ProposalList", {"filter": {"provisionKey": [key]}, "first": 50}),
        ("CorrectionList", {"filter": {"provisionKey": [key], "textVersionId": [version["id"]]}}),
        ("DefinedTerms", {"textVersionId": version["id"]}),
        ask_rounds(version["id"]),
    )
    entries = (history["provisionHistory"] or {"entries": []})["entries"]
    written, origins = attribute((blame["provisionBlame"] or {"runs": []})["runs"], provision["text"])
    return visit.render(
        "changes/dossier.html",
        provision=provision,
        version=version,
        asked=read["provisionDossier"],
        written=written,
        origins=origins,
        steps=_steps(entries),
        references=[_reference(each, provision["text"]) for each in provision["references"]["nodes"]],
        defines=[each for each in terms["definedTerms"] if each["key"] == key],
        uses=[each for each in terms["definedTerms"] if any(use["key"] == key for use in each["uses"])],
        comments=comments["comments"],
        proposals=proposals["proposals"],
        corrections=corrections["textCorrections"]["nodes"],
        noted=await read_notes(visit, provision["id"], listed["rounds"]["nodes"]),
    )


def attribute(runs: Iterable[Mapping[str, Any]], text: str) -> tuple[list[Written], list[Origin]]:
    """Return the words of a provision with their origins, and each origin once; `text` whole if nothing is known."""
    runs = list(runs) or [{"text": text, "textVersion": None, "changes": ()}]
    first = min((run["textVersion"]["number"] for run in runs if run["textVersion"]), default=1)
    origins: dict[tuple[str, ...], Origin] = {}
    written = []
    for run in runs:
        version, changes = run["textVersion"], [{"settledBy": None, **change} for change in run["changes"]]
        if version is None or (version["number"] == first and not changes):
            written.append(Written(run["text"], None))
            continue
        same = (version["id"], *(str(change["source"] or change["decision"]) for change in changes))
        name = letter_at(len(origins))
        origin = origins.setdefault(same, Origin(name, f"o-{name}", version, changes))
        core = run["text"].strip() or run["text"]
        before, _, after = run["text"].partition(core)
        # the letter stands right behind the words, before the space that ends them
        written += [Written(words, by) for words, by in ((before, None), (core, origin), (after, None)) if words]
    return written, list(origins.values())


def _steps(entries: Iterable[Mapping[str, Any]]) -> list[HistoryStep]:
    """Return the history, the newest version first."""
    steps = [
        HistoryStep(each, letter(each["runs"], f"h{place}", "changes")) for place, each in enumerate(entries, start=1)
    ]
    return steps[::-1]


def _reference(reference: Mapping[str, Any], text: str) -> QuotedReference:
    start, end = reference["start"], reference["end"]
    return QuotedReference(reference, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
