"""Who may make, settle, revise, issue and publish texts: the whole truth table, as the Secretariat would read it."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from server.domain.consolidation import policy
from server.domain.consolidation.rules.correcting import CorrectionFacts
from server.domain.consolidation.rules.life import BaseFacts, ConflictFacts, MakingFacts
from server.domain.texts import policy as texts
from server.domain.texts.rules.provisions import VersionFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode
from server.vocabulary.consolidation import ConflictKind, ConflictStatus, CorrectionStatus
from server.vocabulary.texts import VersionStatus

NOW = datetime(2018, 10, 22, 9, 0, tzinfo=UTC)
BASE = BaseFacts(VersionStatus.ISSUED, 0, 0)
CONFLICT = ConflictFacts(ConflictStatus.OPEN, VersionStatus.WORKING)
PLACES = CONFLICT._replace(kind=ConflictKind.ORDER)
STRUCTURE = (ConflictKind.ORDER, ConflictKind.PLACE, ConflictKind.REMOVAL)
MAKING = MakingFacts(VersionStatus.WORKING)
WORKING, ISSUED = VersionFacts(VersionStatus.WORKING), VersionFacts(VersionStatus.ISSUED)

# fmt: off
# Four columns for each capacity: delegate, focal point, delegate who leads a body, focal point who leads a body.
TABLE: dict[str, tuple[Any, str]] = {
    #                                       MEMBER OBSERVER PRIVATE SECRETARIAT
    "consolidate": (BASE, "                  ....   ....     ....    xxxx"),
    "settle_conflict": (CONFLICT, "          ....   ....     ....    xxxx"),
    "settle_structure": (PLACES, "           ....   ....     ....    xxxx"),
    "confirm_reading": (MAKING, "            ....   ....     ....    xxxx"),
    "revise_provision": (MAKING, "           ....   ....     ....    xxxx"),
    "publish_edition": (ISSUED, "            ....   ....     ....    xxxx"),
    "correct_editorially": (WORKING, "       ....   ....     ....    xxxx"),
    "open_language_version": (ISSUED, "      ....   ....     ....    xxxx"),
    "translate_provision": (WORKING, "       ....   ....     ....    xxxx"),
    "correct_linguistically": (WORKING, "    ....   ....     ....    xxxx"),
    "confirm_lineage": (WORKING, "           ....   ....     ....    xxxx"),
    "correct_reference": (WORKING, "         ....   ....     ....    xxxx"),
    "renumber_version": (WORKING, "          ....   ....     ....    xxxx"),
    "import_text": (None, "                  ....   ....     ....    xxxx"),
    "issue_version": (WORKING, "             ....   ....     ....    xxxx"),
    "abandon_version": (WORKING, "           ....   ....     ....    xxxx"),
}
# fmt: on
CAPACITIES = (Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR, Capacity.SECRETARIAT)
ACTORS = [
    Actor(party_id="PTY", capacity=capacity, is_focal_point=is_focal_point, leads=frozenset(["BOD"] if leads else ()))
    for capacity, leads, is_focal_point in product(CAPACITIES, (False, True), (False, True))
]
ACTS: dict[str, Act[Any]] = {act.name: act for act in (*policy.ACTS, *texts.ACTS)}


@pytest.mark.parametrize("name", TABLE)
def test_policy_of_every_act_for_every_actor_answers_as_the_table_says(name: str) -> None:
    facts, marks = TABLE[name]

    verdicts = [ACTS[name].verdict(actor, facts, NOW) for actor in ACTORS]
    nobody = ACTS[name].verdict(ANONYMOUS, facts, NOW)

    assert "".join("x" if verdict.is_allowed else "." for verdict in verdicts) == marks.replace(" ", "")
    assert {verdict.code for verdict in verdicts if not verdict.is_allowed} == {RefusalCode.FORBIDDEN}
    assert {verdict.who_can for verdict in verdicts} == {"the Secretariat"}
    assert (nobody.is_allowed, nobody.code) == (False, RefusalCode.UNAUTHENTICATED)


def test_policy_of_an_objection_lets_every_party_object_and_not_the_secretariat() -> None:
    facts = CorrectionFacts(CorrectionStatus.STANDS, VersionStatus.ISSUED)
    verdicts = {actor.capacity: policy.object_to_correction.verdict(actor, facts, NOW) for actor in ACTORS}

    assert {capacity: verdict.is_allowed for capacity, verdict in verdicts.items()} == {
        capacity: capacity != Capacity.SECRETARIAT for capacity in CAPACITIES
    }
    undone = facts._replace(status=CorrectionStatus.OBJECTED)
    assert policy.object_to_correction.verdict(ACTORS[0], undone, NOW).code == RefusalCode.WRONG_STATE


def test_policy_table_has_every_act_with_its_own_tag_and_source() -> None:
    acts = [*policy.ACTS, *texts.ACTS]

    assert sorted([*TABLE, "object_to_correction"]) == sorted(act.name for act in acts)
    assert len({act.tag for act in acts}) == len(acts)
    assert all(act.source for act in acts)
    assert [act.name for act in (*policy.ON_CONFLICT, *policy.ON_CONSOLIDATION)] == [
        "settle_conflict",
        "settle_structure",
        "confirm_reading",
        "revise_provision",
    ]
    assert [act.name for act in (*texts.ON_VERSION, *policy.ON_VERSION)] == [
        "issue_version",
        "abandon_version",
        "confirm_lineage",
        "open_language_version",
        "translate_provision",
        "correct_linguistically",
        "correct_editorially",
        "correct_reference",
        "renumber_version",
        "publish_edition",
    ]


@pytest.mark.parametrize(
    ("name", "possible"),
    [
        ("consolidate", [BaseFacts(VersionStatus.ISSUED, 0, 0)]),
        ("settle_conflict", [CONFLICT, CONFLICT._replace(kind=ConflictKind.CELLS)]),
        ("settle_structure", [CONFLICT._replace(kind=kind) for kind in STRUCTURE]),
        ("confirm_reading", [MAKING]),
        ("revise_provision", [MAKING]),
        ("correct_editorially", [WORKING]),
        ("correct_linguistically", [WORKING]),
        ("translate_provision", [WORKING]),
        ("confirm_lineage", [WORKING]),
        ("open_language_version", [ISSUED]),
        ("publish_edition", [ISSUED]),
        ("correct_editorially", [VersionFacts(VersionStatus.WORKING)]),
        ("correct_reference", [VersionFacts(VersionStatus.WORKING)]),
        ("renumber_version", [VersionFacts(VersionStatus.WORKING)]),
        ("issue_version", [VersionFacts(VersionStatus.WORKING)]),
        ("abandon_version", [VersionFacts(VersionStatus.WORKING)]),
    ],
)
def test_policy_of_every_act_in_every_state_allows_these_only(name: str, possible: list[Any]) -> None:
    secretariat, delegate = Actor(capacity=Capacity.SECRETARIAT), Actor(capacity=Capacity.MEMBER)
    every: dict[type[Any], list[Any]] = {
        BaseFacts: [BaseFacts(*facts) for facts in product(VersionStatus, (0, 1), (0, 1))],
        ConflictFacts: [ConflictFacts(*facts) for facts in product(ConflictStatus, VersionStatus, ConflictKind)],
        MakingFacts: [MakingFacts(status) for status in VersionStatus],
        VersionFacts: [VersionFacts(status) for status in VersionStatus],
    }
    states = every[type(possible[0])]

    allowed = [facts for facts in states if ACTS[name].verdict(secretariat, facts, NOW).is_allowed]
    told = {ACTS[name].verdict(delegate, facts, NOW) for facts in states}

    assert allowed == possible
    assert [verdict.code for verdict in told] == [RefusalCode.FORBIDDEN], "the state is not for those without the right"
