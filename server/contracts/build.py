"""Makes `frontend-contracts/` from the code: what is printed there cannot differ from what runs."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from graphql import lexicographic_sort_schema, print_schema, validate
from graphql.language import parse

from server.access.actor import ANONYMOUS, Actor, Capacity
from server.acts import Act
from server.bodies import policy as bodies
from server.consolidation import policy as consolidation
from server.consolidation.rules import CONFLICT_LIFECYCLE
from server.contracts.documents import Operation, documents_of, manifest_of, operations_of
from server.lifecycle import Lifecycle
from server.papers import policy as papers
from server.parties import policy as parties
from server.proposals import policy as proposals
from server.proposals.rules import PROPOSAL_LIFECYCLE
from server.refusals import RefusalCode, RefusalKind, graphql_name
from server.rounds import policy as rounds
from server.rounds.rules import COMMENT_LIFECYCLE, ROUND_LIFECYCLE
from server.schema.root import schema
from server.schema.vocabulary import docstrings_of
from server.texts import policy as texts
from server.texts.rules import VERSION_LIFECYCLE
from server.workplan import policy as workplan
from server.workplan.rules import ACTIVITY_LIFECYCLE

POLICIES = {
    "Parties": parties,
    "Bodies": bodies,
    "Texts": texts,
    "Rounds": rounds,
    "Proposals": proposals,
    "Work plan": workplan,
    "Consolidation": consolidation,
    "Papers": papers,
}
LIFECYCLES: dict[str, Lifecycle[Any]] = {
    "Version": VERSION_LIFECYCLE,
    "Round": ROUND_LIFECYCLE,
    "Comment": COMMENT_LIFECYCLE,
    "Amendment proposal": PROPOSAL_LIFECYCLE,
    "Activity": ACTIVITY_LIFECYCLE,
    "Conflict": CONFLICT_LIFECYCLE,
}
GENERATED = "<!-- Made by `make contracts`. Do not edit. -->"


def build_contracts(folder: Path, *, write: bool) -> list[str]:
    """The names of the generated files that are not what the code says; with `write` they are brought up to date.
    Raises ValueError when a published operation does not fit the schema."""
    operations = operations_of(folder)
    _ensure_valid(operations)
    stale = []
    for name, text in _files(operations):
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return stale


def all_acts() -> list[Act[Any]]:
    """Every act of every concept, in the order of the concepts."""
    return [act for policy in POLICIES.values() for act in policy.ACTS]


def _ensure_valid(operations: list[Operation]) -> None:
    for operation in operations:
        if errors := validate(schema._schema, parse(operation.body)):
            raise ValueError(f"{operation.name}: {errors[0].message}")


def _files(operations: list[Operation]) -> Iterator[tuple[str, str]]:
    yield "schema.graphql", print_schema(lexicographic_sort_schema(schema._schema)) + "\n"
    yield "manifests/persisted-query-manifest.json", manifest_of(operations)
    yield "manifests/persisted-documents.json", documents_of(operations)
    yield (
        "permissions.json",
        _json([_permission(area, act) for area, policy in POLICIES.items() for act in policy.ACTS]),
    )
    yield "permissions.md", _permissions_page()
    yield "lifecycles.json", _json({name: _lifecycle(lifecycle) for name, lifecycle in LIFECYCLES.items()})
    yield "lifecycles.md", _lifecycles_page()
    yield "refusals.json", _json({"kinds": docstrings_of(RefusalKind), "codes": docstrings_of(RefusalCode)})
    yield "refusals.md", _refusals_page()


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _personas() -> list[tuple[str, str, Actor]]:
    """(key, words, actor): the people of the matrix. Objects belong to the party "own" and the body "group"."""

    def focal_point(party: str, capacity: Capacity, **more: Any) -> Actor:
        return Actor(party_id=party, capacity=capacity, is_focal_point=True, delegate_id=party, **more)

    own = Actor(party_id="own", capacity=Capacity.MEMBER, delegate_id="own")
    return [
        ("nobody", "nobody signed in", ANONYMOUS),
        ("ownDelegate", "delegate of the object's own party", own),
        ("ownFocalPoint", "focal point of the object's own party", focal_point("own", Capacity.MEMBER)),
        ("member", "focal point of another Member", focal_point("other", Capacity.MEMBER)),
        ("observer", "focal point of an observer", focal_point("other", Capacity.OBSERVER)),
        ("privateSector", "focal point of a private-sector body", focal_point("other", Capacity.PRIVATE_SECTOR)),
        (
            "coordinator",
            "coordinator of the body concerned (a private-sector body)",
            focal_point("other", Capacity.PRIVATE_SECTOR, leads=frozenset({"group"})),
        ),
        ("secretariat", "Secretariat", focal_point("secretariat", Capacity.SECRETARIAT)),
    ]


def _permission(area: str, act: Act[Any]) -> dict[str, Any]:
    facts = SimpleNamespace(
        party_id="own",
        body_id="group",
        group_id="group",
        addresses=lambda capacity: capacity in (Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR),
    )
    allowed = {key: actor.is_signed_in and act.who.holds(actor, facts) for key, _, actor in _personas()}
    return {
        "area": area,
        "act": graphql_name(act.name),
        "journal": act.tag,
        "for": act.who.words,
        "source": act.source,
        **allowed,
    }


def _permissions_page() -> str:
    personas = _personas()
    lines = [
        GENERATED,
        "# Who may do what",
        "",
        "Rights come from the party's capacity and from dated functions, both read from the database at each request.",
        "Whether an act is possible *now* is another question: ask any object for its `availableActs`.",
        "",
        *(f"- **{key}**: {words}" for key, words, _ in personas),
        "",
    ]
    for area, policy in POLICIES.items():
        lines += [f"## {area}", "", "| act | " + " | ".join(key for key, _, _ in personas) + " | in words |"]
        lines.append("|---|" + "---|" * (len(personas) + 1))
        for act in policy.ACTS:
            row = _permission(area, act)
            marks = " | ".join("yes" if row[key] else "-" for key, _, _ in personas)
            lines.append(f"| `{graphql_name(act.name)}` | {marks} | {act.who.words} |")
        lines.append("")
    return "\n".join(lines)


def _lifecycle(lifecycle: Lifecycle[Any]) -> dict[str, Any]:
    rows = [
        {"act": graphql_name(row.act), "from": sorted(row.sources), "to": list(row.targets)} for row in lifecycle.rows
    ]
    return {"initial": lifecycle.initial, "finals": sorted(lifecycle.finals), "transitions": rows}


def _lifecycles_page() -> str:
    lines = [GENERATED, "# Lifecycles", "", "Only acts change a state; what the calendar decides is derived.", ""]
    for name, lifecycle in LIFECYCLES.items():
        lines += [f"## {name}", "", "```mermaid", lifecycle.mermaid(), "```", ""]
    return "\n".join(lines)


def _refusals_page() -> str:
    lines = [
        GENERATED,
        "# Refusals",
        "",
        "A refusal is an answer, not an error: nothing was written.",
        "",
        "## Kinds",
        "",
    ]
    lines += [f"- **{kind}**: {words}" for kind, words in docstrings_of(RefusalKind).items()]
    lines += ["", "## Codes", "", "| code | when |", "|---|---|"]
    lines += [f"| `{code}` | {words} |" for code, words in docstrings_of(RefusalCode).items()]
    return "\n".join([*lines, ""])
