"""What changed between two versions: in the text, in sentences and as a table, with who asked and why."""

import re
from html import unescape
from typing import Any

from server.web.desk.changes.comparing import arrange
from server.web.desk.changes.letters import letter, letter_at
from tests.consolidation.test_actions import MAY, SHALL, accepted, consolidate, issue, settle
from tests.desk.desks import Desk
from tests.factories.world import World
from tests.pages.browser import words_of
from tests.texts.test_lineage import confirmed, import_next
from tests.texts.test_lineage import issue as issue_version

FIRM = ("gea", 2, "may provide", "should provide")


async def consolidated(world: World) -> str:
    """Return the issued version that stands by one comment of an observer and one of the private sector."""
    await accepted(world, SHALL, FIRM)
    version_id = (await consolidate(world)).target_id
    await issue(world, version_id)
    return version_id


async def settled(world: World) -> str:
    """Return the issued version in which a conflict of two parties was settled."""
    await accepted(world, SHALL, MAY)
    version_id = (await consolidate(world)).target_id
    await settle(world, "shall exchange")
    await issue(world, version_id)
    return version_id


async def statuses(visitor: Desk, *paths: str) -> list[int]:
    """Return the status of each address."""
    return [(await visitor.get(path)).status_code for path in paths]


async def test_changes_name_who_asked_and_what_was_decided(world: World, desk: Any) -> None:
    version_id = await consolidated(world)
    visitor = await desk("japan")

    answer = await visitor.get(f"/texts/{version_id}/changes")

    words = words_of(answer)
    assert "Draft 2 against Draft 1" in words
    assert "2 provisions changed · none new, none deleted · 4 provisions in the text" in words
    assert "[deleted: should ] [inserted: shall ] a exchange" in words
    assert "a · UPU Observer · UPU R1-1 Accepted" in words
    assert "a · GEA Private sector · GEA R1-1 Accepted" in words
    assert 'class="note is-private"' in answer.text
    assert "Small parcels" not in words
    assert "Small parcels" in await visitor.read(f"/texts/{version_id}/changes?show=all")


async def test_changes_as_sentences_and_as_a_table_say_the_same(world: World, desk: Any) -> None:
    version_id = await consolidated(world)
    visitor = await desk("japan")

    sentences = await visitor.read(f"/texts/{version_id}/changes?view=sentences")
    table = await visitor.read(f"/texts/{version_id}/changes?view=table")

    assert "Replace “should” by “shall”." in sentences
    assert "So that it reads Customs administrations shall exchange" in sentences
    assert "Current text (Draft 1) New text (Draft 2) Who and why" in table
    assert "a · UPU (Observer), UPU R1-1" in table


async def test_a_settled_conflict_names_the_parties_and_the_settlement_once(world: World, desk: Any) -> None:
    version_id = await settled(world)

    words = await (await desk("japan")).read(f"/texts/{version_id}/changes")

    assert "a · UPU Observer · UPU R1-1" in words
    assert words.count("settled the conflict") == 1
    assert "Settled Clearer." in words


async def test_versions_that_cannot_be_compared_and_those_that_are_the_same(world: World, desk: Any) -> None:
    assert "This is the first version" in await (await desk("japan")).read(f"/texts/{world.version}/changes")
    version_id = await consolidated(world)
    visitor = await desk("japan")

    assert "Nothing changed" in await visitor.read(f"/texts/{version_id}/changes?base={version_id}")
    assert "Draft 1 against Draft 2" in await visitor.read(f"/texts/{world.version}/changes?base={version_id}")
    answer = await visitor.get(f"/texts/{version_id}/changes?base={version_id}&to={world.version}&view=table")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/texts/{world.version}/changes?base={version_id}&view=table"
    assert await statuses(visitor, f"/texts/{version_id}/changes?base=VER_{'0' * 26}") == [404]


async def test_an_imported_version_shows_what_is_new_and_what_is_gone(world: World, desk: Any) -> None:
    version_id = await issue_version(world, await confirmed(world))

    words = await (await desk("upu")).read(f"/texts/{version_id}/changes")

    assert "1 new · 1 deleted" in words
    assert "[inserted: New controls apply to high-risk consignments of every carrier. ] New" in words
    assert "[deleted: Operators may provide the data in a simplified form. ] Deleted" in words
    assert "Who asked for a change is told where" in words


async def test_a_version_that_is_being_made_is_hidden_like_one_that_does_not_exist(world: World, desk: Any) -> None:
    await accepted(world, SHALL)
    version_id = (await consolidate(world)).target_id
    paths = [f"/texts/{each}/changes" for each in (version_id, f"VER_{'0' * 26}", "nothing")]
    visitor = await desk("japan")

    hidden, missing, nonsense = [await visitor.get(path) for path in paths]

    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text) == (404, nonsense.text)
    assert "Draft 2 against Draft 1" in await (await desk("secretariat")).read(paths[0])


async def test_what_a_party_wrote_is_no_markup(world: World, desk: Any) -> None:
    await accepted(world, ("upu", 1, "should exchange", "<script>alert(1)</script> & <ins>exchange</ins>"))
    version_id = (await consolidate(world)).target_id
    await issue(world, version_id)
    visitor = await desk("japan")

    for view in ("text", "sentences", "table"):
        answer = await visitor.get(f"/texts/{version_id}/changes?view={view}")
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_letters_go_on_after_z() -> None:
    assert [letter_at(place) for place in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def source(party: str, reason: str = "", settled_by: str = "") -> dict[str, Any]:
    """Return a source of a run as the operation gives it."""
    by = {"id": settled_by, "name": settled_by} if settled_by else None
    party_ = {"id": party, "shortName": party} if party else None
    return {"source": None, "decision": None, "party": party_, "settledBy": by, "reason": reason}


def test_words_in_the_place_of_others_have_their_letter_once_and_before_the_space() -> None:
    runs = [
        {"kind": "DELETE", "text": "may ", "sources": [source("UPU")]},
        {"kind": "INSERT", "text": "shall ", "sources": [source("UPU")]},
        {"kind": "KEEP", "text": "wait", "sources": []},
        {"kind": "INSERT", "text": " now", "sources": [source("GEA"), source("UPU")]},
    ]

    lettered = letter(runs, "w1")

    shown = [
        (part.run["kind"], part.run["text"], "".join(note.letter for note in part.notes)) for part in lettered.runs
    ]
    assert shown == [
        ("DELETE", "may", ""),
        ("KEEP", " ", ""),
        ("INSERT", "shall", "a"),
        ("KEEP", " ", ""),
        ("KEEP", "wait", ""),
        ("KEEP", " ", ""),
        ("INSERT", "now", "ba"),
    ]
    assert [note.id for note in lettered.notes] == ["w1-a", "w1-b"]


def test_a_settlement_between_parties_is_named_once_and_one_of_hidden_parties_by_its_letter() -> None:
    settled_by = [source("UPU", "Firm.", "Officer"), source("GEA", "Firm.", "Officer"), source("", "Firm.", "Officer")]

    lettered = letter([{"kind": "INSERT", "text": "now", "sources": settled_by}], "w1")

    assert [note.given["party"] is not None for note in lettered.notes] == [True, True, False]
    assert [each["reason"] for each in lettered.settlements] == ["Firm."]


def heading(key: str, kind: str = "HEADING") -> dict[str, Any]:
    """Return a heading above a provision."""
    return {"key": key, "kind": kind, "printedNumber": None, "text": key}


def provision(key: str, *path: dict[str, Any], kind: str = "PARAGRAPH") -> dict[str, Any]:
    """Return a provision of a redline under headings."""
    return {"key": key, "provision": {"id": key, "kind": kind, "path": path}, "move": None, "runs": []}


def test_each_heading_is_shown_once_at_its_level_and_the_title_never() -> None:
    title, one, two, part = heading("T", "TITLE"), heading("1"), heading("2"), heading("1.1")
    gone = {
        "key": "g",
        "provision": None,
        "provisionBefore": {"id": "g", "kind": "PARAGRAPH"},
        "move": None,
        "runs": [],
    }

    shown = arrange(
        [
            provision("a", title, one),
            provision("b", title, one, part),
            gone,
            provision("c", title, one, part),
            provision("2", title, kind="HEADING"),
            provision("d", title, two),
        ]
    )

    assert [[(each.depth, each.given["key"]) for each in row.headings] for row in shown] == [
        [(2, "1")],
        [(3, "1.1")],
        [],
        [],
        [],
        [],
    ]
    assert [row.depth for row in shown] == [0, 0, 0, 0, 2, 0]


async def test_long_texts_are_read_page_by_page(world: World, desk: Any) -> None:
    numbers = range(1, 61)
    texts = [
        "# Long\n\n" + "\n\n".join(f"{number}. Parcel {number} {word} wait." for number in numbers) for word in "ab"
    ]
    names = {"title": "Long", "short_title": "Long"}
    await issue_version(world, await import_next(world, texts[0], **names))
    version_id = await import_next(world, texts[1], **names)
    visitor = await desk("secretariat")

    page = await visitor.get(f"/texts/{version_id}/changes")

    following = re.search(r'href="([^"]*after=[^"]*)">Next page', page.text)
    assert following is not None
    words = await visitor.read(unescape(following[1]))
    assert "60 provisions changed" in words
    assert "Parcel 50 " in words_of(page)
    assert "Parcel 51 " not in words_of(page)
    assert "From the beginning" in words
    assert "Parcel 50 " not in words
    assert "Parcel 60 " in words
