"""The parts of the pages of proposals that need no database: steps, sentences, and blocks of the form."""

from typing import Any

import pytest

from server.web.desk.proposals.blocks import AmendmentBlock, blocks_in, keys_in, press, with_blocks
from server.web.desk.proposals.steps import list_steps
from server.web.desk.proposals.words import Rewording, list_changes

PATH = ["TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL"]


def proposal(status: str, next_body: str | None = None, **changed: Any) -> dict[str, Any]:
    """Return a proposal as an operation answers it."""
    instants = {"draftedAt": "d", "submittedAt": "s", "registeredAt": "r", "concludedAt": None}
    said = {"status": status, "nextBody": next_body, "decisions": {"nodes": []}} | instants
    return said | {"cycle": {"mechanism": {"approvalPath": PATH}}} | changed


@pytest.mark.parametrize(
    ("status", "next_body", "states"),
    [
        ("DRAFT", None, "here to to to to to to to"),
        ("SUBMITTED", None, "past past here to to to to to"),
        ("REGISTERED", None, "past past past here to to to to"),
        ("UNDER_CONSIDERATION", None, "past past past here to to to to"),
        ("DEFERRED", None, "past past past here to to to to"),
        ("AGREED", "TECHNICAL_COMMITTEE", "past past past past here to to to"),
        ("AGREED", "COUNCIL", "past past past past past past here to"),
        ("NOT_AGREED", None, "past past past past"),
        ("APPROVED", None, "past past past past past past past here"),
        ("IN_EDITION", None, "past past past past past past past past"),
    ],
)
def test_steps_say_what_is_done_and_what_is_next(status: str, next_body: str | None, states: str) -> None:
    assert [step.state for step in list_steps(proposal(status, next_body))] == states.split()


def test_a_withdrawn_proposal_has_nothing_to_come() -> None:
    steps = list_steps(proposal("WITHDRAWN", registeredAt=None))

    assert [(step.code, step.state) for step in steps] == [
        ("DRAFTED", "past"),
        ("SUBMITTED", "past"),
        ("WITHDRAWN", "here"),
    ]


def test_a_step_of_a_body_has_its_last_decision() -> None:
    decisions = [{"sitting": {"body": {"kind": "COUNCIL"}}, "recordedAt": at, "verb": at} for at in ("one", "two")]

    steps = list_steps(proposal("APPROVED", decisions={"nodes": decisions}))

    assert [(step.at, step.decision and step.decision["verb"]) for step in steps if step.body == "COUNCIL"] == [
        ("two", "two")
    ]


def test_changes_say_what_is_struck_and_added_and_after_which_words() -> None:
    runs = [
        ("KEEP", "Returned goods should leave "),
        ("DELETE", "soon"),
        ("INSERT", "at once"),
        ("KEEP", ", as they"),
        ("INSERT", " came"),
    ]

    changes = list_changes({"kind": kind, "text": text} for kind, text in runs)

    assert changes == [
        Rewording("soon", "at once", "Returned goods should leave"),
        Rewording("", "came", "leave soon, as they"),
    ]


def test_blocks_are_read_from_a_form_and_written_back() -> None:
    pairs = [
        ("title", "T"),
        ("amendments.10.kind", "DELETE"),
        ("amendments.2.kind", "MODIFY"),
        ("amendments.2.wording!", "W"),
    ]

    blocks = blocks_in(pairs)

    assert blocks == [AmendmentBlock("MODIFY", wording="W"), AmendmentBlock("DELETE")]
    assert blocks_in(with_blocks(pairs, blocks)) == blocks
    assert with_blocks(pairs, [])[0] == ("title", "T")


@pytest.mark.parametrize(
    ("button", "kinds"),
    [
        ("MODIFY:K", ["MOVE", "MODIFY"]),
        ("ADD:", ["MOVE", "ADD"]),
        ("REMOVE:0", []),
        ("REMOVE:1", ["MOVE"]),
        ("REMOVE:x", ["MOVE"]),
        ("REMOVE:\u0661", ["MOVE"]),
        ("show", ["MOVE"]),
        ("", ["MOVE"]),
    ],
)
def test_a_button_adds_or_removes_an_amendment(button: str, kinds: list[str]) -> None:
    assert [block.kind for block in press([AmendmentBlock("MOVE", "A")], button, {"K": "Words"})] == kinds


def test_a_changed_provision_begins_with_its_words_and_a_moved_one_gets_a_place() -> None:
    assert press([], "MODIFY:K", {"K": "Words"}) == [AmendmentBlock("MODIFY", "K", wording="Words")]
    assert press([AmendmentBlock("MOVE", "A")], "AFTER:0:B", {}) == [AmendmentBlock("MOVE", "A", "B")]
    assert keys_in([AmendmentBlock("MOVE", "A", "B")], "AFTER:0:C") == ["A", "B", "C"]
