"""Evidence of answers that were given together, undone, to points and groups, and settled by both sides."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.domain.rounds.actions import answering as single
from server.domain.triage.actions import answering, settling, sorting, undoing
from server.domain.triage.actions.answering import AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.journal.chain import canonical
from server.journal.keys import MANIFEST, find_signer
from server.vocabulary.rounds import CommentType, DispositionVerdict
from tests.factories.evidence import ask_for_head, pack_of, save
from tests.factories.rounds import CLOSES, open_round, rows_of, submit
from tests.factories.verifier import verifier, verify_by_node, verify_by_python
from tests.factories.world import World

NOTED, NOT_ACCEPTED, ACCEPTED = DispositionVerdict.NOTED, DispositionVerdict.NOT_ACCEPTED, DispositionVerdict.ACCEPTED
POINTS = (
    PointContent(CommentType.SUBSTANTIVE, "Make it a duty.", has_wording=True),
    PointContent(CommentType.QUESTION, "Since when?"),
)
Files = dict[str, bytes]


async def answered_in_every_way(world: World) -> str:
    """Return a round whose comments were answered alone, in points, in a group, by both sides, and undone once."""
    round_id = await open_round(world)
    names = ("japan", "upu", "china", "gea")
    split, lead, member, alone = [await submit(world, who, round_id) for who in names]
    language = await submit(world, "japan", round_id, type=CommentType.EDITORIAL)
    world.clock.now = CLOSES
    await world.do("canada", sorting.split_comment, comment_id=split, points=POINTS, expected_revision=1)
    await world.do("canada", sorting.tag_comment, comment_id=split, tags=["a secret tag"], expected_revision=0)
    await world.do("canada", sorting.group_comments, round_id=round_id, lead_id=lead, comment_ids=[member])
    together: dict[str, Any] = {"round_id": round_id}
    proposed = (AnswerTo(alone, 1, None, NOTED, "A proposal that nobody sees."),)
    await world.do("canada", answering.propose_answers, **together, answers=proposed)
    first, second = sorted(await rows_of(world, "comment_points"), key=lambda row: str(row["number"]))
    given = (
        AnswerTo(split, 2, first["id"], ACCEPTED),
        AnswerTo(split, 2, second["id"], NOTED, "Since 2018."),
        AnswerTo(lead, 1, None, NOT_ACCEPTED, "The text invites."),
    )
    batch = await world.do("secretariat", answering.record_answers, **together, answers=given)
    world.clock.move(minutes=1)
    undoing_it = {"batch_id": batch, "reason": "The wrong round.", "expected_revision": 1}
    await world.do("secretariat", undoing.undo_answers, **undoing_it)
    world.clock.move(minutes=1)
    work = {row["comment_id"]: row["version"] for row in await rows_of(world, "comment_work")}
    again = tuple(each._replace(expected_revision=work[each.comment_id]) for each in given)
    await world.do("secretariat", answering.record_answers, **together, answers=again)
    noted = {"verdict": NOTED, "reason": "Noted.", "wording": None}
    await world.do("secretariat", single.record_disposition, comment_id=alone, **noted, expected_revision=2)
    world.clock.move(minutes=1)
    await world.do("canada", single.propose_disposition, comment_id=language, **noted, expected_revision=1)
    (settled,) = [
        row["disposition_id"] for row in await rows_of(world, "comment_work") if row["comment_id"] == language
    ]
    for who in ("canada", "secretariat"):
        await world.do(who, settling.settle_answer, disposition_id=settled)
    await ask_for_head(world)
    return round_id


def rows_in(files: Files, name: str) -> list[Any]:
    """Return the JSON values on the lines of a file."""
    return [json.loads(line) for line in files[name].decode().splitlines()]


@pytest.mark.own_sql
async def test_pack_holds_every_recorded_answer_and_what_was_undone_and_nothing_of_the_work(
    world: World, tmp_path: Path
) -> None:
    files = await pack_of(world, await answered_in_every_way(world))
    save(tmp_path / "pack.zip", files)

    answers, acts = rows_in(files, "answers.jsonl"), [entry["act"] for entry in rows_in(files, "entries.jsonl")]
    by_python = verify_by_python(tmp_path / "pack.zip")

    batches = {each["batch"] for each in answers if "batch" in each}
    per_batch = [sum(each.get("batch") == batch for each in answers) for batch in batches]
    assert per_batch == [5, 5]  # two points and their sum, the lead and the member of its group
    assert len(answers) == 12
    texts = sorted(each["point"]["text"] for each in answers if "point" in each)
    assert texts == sorted([each.text for each in POINTS] * 2)
    assert len([each for each in answers if "lead" in each]) == 2
    assert acts.count("answers.recorded") == 2
    assert acts.count("answer.settled") == 1
    assert not {"answers.proposed", "comment.split", "comment.tagged", "comments.grouped"} & set(acts)
    assert b"nobody sees" not in b"".join(files.values())
    assert b"secret tag" not in b"".join(files.values())
    assert by_python.holds, by_python.lines
    assert "5 filings and 12 answers fit them, 5 of these answers undone since" in by_python.lines[2]


def change(name: str, alter: Callable[[list[Any]], None]) -> Callable[[Files], Files]:
    """Return a change of the rows of a file."""

    def apply(files: Files) -> Files:
        rows = rows_in(files, name)
        alter(rows)
        return files | {name: "".join(f"{canonical(row)}\n" for row in rows).encode()}

    return apply


def _is_point(row: Any) -> bool:
    return "point" in row


FORGERIES: dict[str, Callable[[Files], Files]] = {
    "a reason": change("answers.jsonl", lambda rows: next(filter(_is_point, rows)).update(reason="Never said.")),
    "a verdict": change("answers.jsonl", lambda rows: rows[0].update(verdict="DEFERRED")),
    "a point": change("answers.jsonl", lambda rows: next(filter(_is_point, rows))["point"].update(text="Another.")),
    "one left out": change("answers.jsonl", lambda rows: rows.pop(1)),
    "one twice": change("answers.jsonl", lambda rows: rows.append(rows[0])),
    "a settled one": change("answers.jsonl", lambda rows: rows[-1].update(reason="Never settled.")),
    "the settled one left out": change("answers.jsonl", lambda rows: rows.pop()),
    "a batch of its own": change("answers.jsonl", lambda rows: rows[0].update(batch="BAT_00000000000000000000000000")),
}


async def test_no_answer_given_with_others_can_be_changed_by_an_operator_who_signs_the_pack_anew(
    world: World, tmp_path: Path
) -> None:
    files = await pack_of(world, await answered_in_every_way(world))
    async with world.database.reading() as connection:
        signer = await find_signer(connection)
    assert signer is not None
    packs = []
    for number, forge in enumerate((lambda same: same, *FORGERIES.values())):
        forged = forge(files)
        inner = {name: data for name, data in forged.items() if name != "manifest.jws"}
        manifest = verifier.read_json(verifier.from_base64url(files["manifest.jws"].decode().split(".")[1]))
        manifest["files"] = {name: verifier.sha256(data) for name, data in inner.items()}
        packs.append(tmp_path / f"{number}.zip")
        save(packs[-1], {"manifest.jws": signer.sign(MANIFEST, manifest).encode(), **inner})

    by_python = [verify_by_python(pack) for pack in packs]
    by_node = verify_by_node(tmp_path, [(pack, {}) for pack in packs])

    assert [each.holds for each in by_python] == [True] + [False] * len(FORGERIES)
    assert [each.holds for each in by_node] == [True] + [False] * len(FORGERIES)
    faults = [each.lines[-1].partition("DOES NOT HOLD: ")[2] for each in by_python]
    assert faults[1:] == [each.lines[-1].partition("DOES NOT HOLD: ")[2] or each.lines[-1] for each in by_node[1:]]
