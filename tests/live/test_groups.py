"""What a rendering for many may ask, and which acts change standings; no database."""

from dataclasses import replace
from typing import Any

import pytest

from server.delivery.live.editing import CHANGE_STANDING
from server.delivery.live.groups import PERSONAL, ActorOfMany, Personal
from server.delivery.live.visits import rights_of
from server.domain.rights.rules.areas import POLICIES
from server.kernel.actor import Actor, Capacity

ACTOR = Actor("PER_1", "DEL_1", "Somebody", "PTY_1", "Japan Customs", Capacity.MEMBER, is_focal_point=True)
LEAVE_STANDINGS = {
    *("activity", "advice", "amendment", "answer", "answers", "asked", "baseline", "calendar", "call", "co_signature"),
    *("co_sponsorship", "comment", "comments", "conflict", "consideration", "contribution", "correction", "cycle"),
    *("deadline", "decision", "dependency", "disposition", "documents", "draft", "drafts", "edition", "group_report"),
    *("item", "items", "late_admission", "lineage", "mandate", "mark", "mechanism", "milestone", "milestone_change"),
    *("neighbour", "neighbour_invitation", "no_comment", "note", "notices", "object", "paper", "paragraph", "parties"),
    *("promise", "proposal", "provision", "reference", "reply", "reporting_line", "reservation", "results", "round"),
    *("sentences", "silence", "silent", "sitting"),
    *("statement", "successor", "text", "translation", "version", "view", "work_item", "work_plan"),
}
"""The first words of the tags of acts after which everybody stands as before."""


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_actor_of_many_does_not_say_who_it_is(name: str) -> None:
    with pytest.raises(Personal):
        getattr(ActorOfMany(ACTOR), name)


def test_actor_of_many_says_what_all_have_in_common() -> None:
    names = ("party_id", "party_name", "capacity", "is_focal_point", "leads", "scopes", "is_signed_in", "reads")

    assert [getattr(ActorOfMany(ACTOR), name) for name in names] == [getattr(ACTOR, name) for name in names]


def test_methods_of_an_actor_of_many_find_out_nothing_more() -> None:
    with pytest.raises(Personal):
        ActorOfMany(ACTOR).parameters(None)


def test_everything_that_a_group_does_not_have_in_common_is_personal() -> None:
    shared = {name for name in Actor.__dataclass_fields__ if name not in PERSONAL}

    assert shared == {
        *("party_id", "party_name", "capacity", "is_focal_point", "leads", "bodies", "is_administrator", "is_service"),
        *("can_file_at_once", "representation_id", "scopes", "is_public"),
    }


@pytest.mark.parametrize("name", sorted(Actor.__dataclass_fields__.keys() - PERSONAL))
def test_followers_who_differ_in_what_is_not_personal_are_of_two_groups(name: str) -> None:
    changed: dict[str, Any] = {name: "another value"}

    other = replace(ACTOR, **changed)

    assert rights_of(other) != rights_of(ACTOR)


def test_every_act_is_known_to_change_standings_or_to_leave_them() -> None:
    first_words = {act.tag.split(".")[0] for area in POLICIES.values() for act in area.ACTS}

    assert first_words == (first_words & CHANGE_STANDING) | LEAVE_STANDINGS
    assert CHANGE_STANDING - first_words == {"party", "profile"} & (CHANGE_STANDING - first_words)
    assert set() == CHANGE_STANDING & LEAVE_STANDINGS
