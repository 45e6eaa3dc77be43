"""Reading a text and commenting on it: what each kind of person sees, each act by its form, and every refusal."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.consolidation.actions.issuing import issue_version
from server.domain.consolidation.actions.making import consolidate
from server.domain.rounds.actions.answering import record_disposition
from server.models.consolidation import Consolidation
from server.models.parties import Person
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.parties import Language
from server.vocabulary.rounds import CommentStatus, CommentType, RoundVisibility
from server.vocabulary.rounds import DispositionVerdict as Verdict
from server.wording.anchors import Quotation
from tests.bench.seed import add_round, add_text
from tests.desk.desks import Form, form_of, forms_of
from tests.factories.filled import statements
from tests.factories.rounds import CLOSES, draft, open_round, rows_of, submit
from tests.factories.world import World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database
MARKUP = "<script>alert(1)</script>\"'&"


@pytest.fixture
async def round_id(world: World) -> str:
    """Open a round on the text, and return its id."""
    return await open_round(world)


def page_of(world: World, **query: str) -> str:
    """Return the address of the text, with parameters."""
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/texts/{world.version}" + (f"?{parameters}" if parameters else "")


def writing_of(response: Any) -> Form:
    """Return the form of a comment on a page."""
    (form,) = [form for form in forms_of(response) if form.fields.get("_form") == "comment"]
    return form


async def comments_of(world: World) -> list[dict[str, Any]]:
    """Return every comment in the database."""
    return await rows_of(world, "comments")


async def test_the_library_lists_texts_and_their_open_rounds(desk, world, round_id) -> None:
    said = await (await desk("japan")).read("/texts")
    assert "Framework of Standards" in said
    assert "Comments on Draft 1 Open until Mon 1 October 2018, 11:00 Brussels time" in said


async def test_the_library_says_that_no_title_holds_the_words(desk) -> None:
    assert "No title holds these words." in await (await desk("japan")).read("/texts?q=whales")


async def test_a_text_is_read_with_numbers_and_without_a_round(desk, world) -> None:
    response = await (await desk("japan")).get(page_of(world))
    said = words_of(response)
    assert response.status_code == 200
    assert "No comments are asked for on this version" in said
    assert "Operators may provide the data in a simplified form." in said
    assert forms_of(response) == []
    assert "?on=" not in response.text


async def test_everybody_who_is_asked_reads_a_comment_beside_its_words(desk, world, round_id) -> None:
    comment = await submit(world, "canada", round_id)
    response = await (await desk("gea")).get(page_of(world))
    assert f'<mark>should exchange</mark><a class="ref" href="#{comment}"' in response.text
    said = words_of(response)
    assert "a · Canada Member · Substantive · Canada R1-1" in said
    assert "[deleted: should ] [inserted: shall ] exchange" in said
    assert "Legal certainty." in said


@pytest.mark.parametrize(
    ("view", "party"), [("members", "Canada R1-1"), ("observers", "UPU R1-1"), ("privateSector", "GEA R1-1")]
)
async def test_a_view_shows_the_comments_of_one_kind_of_party(desk, world, round_id, view, party) -> None:
    for each in ("canada", "upu", "gea"):
        await submit(world, each, round_id)
    response = await (await desk("japan")).get(page_of(world, **{"from": view}))
    assert set(re.findall(r"(?:Canada|UPU|GEA) R1-1", words_of(response))) == {party}
    assert "All (3) Members (1) Observers (1) Private sector (1)" in words_of(response)


async def test_a_draft_is_seen_by_its_own_party_only(desk, world, round_id) -> None:
    await draft(world, "japan-assistant", round_id, text="Seen at home.")
    assert "Draft, seen by Japan only" in await (await desk("japan")).read(page_of(world))
    assert "Seen at home." not in await (await desk("canada")).read(page_of(world))


async def test_a_sealed_round_shows_only_what_is_ours_and_counts_nobody_else(desk, world) -> None:
    sealed = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    await submit(world, "canada", sealed, text="Behind the seal.")
    await submit(world, "japan", sealed, text="Ours.")
    said = await (await desk("japan")).read(page_of(world))
    assert "Sealed: until then a party sees its own comments only" in said
    assert "Ours." in said
    assert "Behind the seal." not in said
    assert "Canada" not in said
    assert "Members (" not in said


async def test_a_focal_point_files_a_wording_on_the_fewest_words(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on=world.keys[2])
    form = writing_of(await visitor.get(path))
    wording = form.fields["proposedWording!"].replace("may provide", "should provide")
    response = await visitor.send(
        path, form, **{"proposedWording!": wording, "text": "Firmer.", "reason": "Clarity.", "_act": "submitComment"}
    )
    assert response.status_code == 303
    (row,) = await comments_of(world)
    assert response.headers["location"] == f"{page_of(world)}?filed={row['id']}&done=submitComment#{row['id']}"
    assert (row["quote_exact"], row["proposed_wording"], row["text"], row["reason"], row["number"]) == (
        "may",
        "should",
        "Firmer.",
        "Clarity.",
        1,
    )
    shown = await visitor.get(response.headers["location"])
    assert "Your comment is filed. Receipt" in words_of(shown)
    assert f'<a href="/receipts/{row["id"]}">Receipt</a>' in shown.text


async def test_words_left_as_they_are_make_a_remark(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on=world.keys[2], words="simplified form")
    form = writing_of(await visitor.get(path))
    await visitor.send(path, form, text="What is it?", type="QUESTION", _act="submitComment")
    (row,) = await comments_of(world)
    assert (row["proposed_wording"], row["quote_exact"], row["type"]) == (None, "simplified form", CommentType.QUESTION)


async def test_an_emptied_box_asks_to_delete_the_words(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on=world.keys[2])
    form = writing_of(await visitor.get(path))
    await visitor.send(
        path, form, **{"proposedWording!": "", "text": "Out.", "reason": "Old.", "_act": "submitComment"}
    )
    (row,) = await comments_of(world)
    assert row["proposed_wording"] == ""


async def test_a_comment_on_the_whole_text_is_general(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on="general")
    await visitor.send(path, writing_of(await visitor.get(path)), text="It reads well.", _act="submitComment")
    (row,) = await comments_of(world)
    assert (row["type"], row["provision_text_id"]) == (CommentType.GENERAL, None)
    assert "It reads well." in await visitor.read(page_of(world))


async def test_a_comment_on_a_heading_can_cover_its_section(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on=world.keys[0])
    form = writing_of(await visitor.get(path))
    await visitor.send(path, form, text="Leave it out.", coversSection="true", _act="submitComment")
    (row,) = await comments_of(world)
    assert row["covers_section"] is True


async def test_an_expert_gives_a_draft_to_the_focal_point_who_files_it(desk, world, round_id) -> None:
    expert, path = await desk("japan-assistant"), page_of(world, on=world.keys[1])
    shown = await expert.get(path)
    assert "Give to the focal point" in words_of(shown)
    assert "File for Japan" not in words_of(shown)
    await expert.send(path, writing_of(shown), text="A thought.", _act="draftComment")

    focal_point = await desk("japan")
    form = form_of(await focal_point.get(page_of(world)), "clearComment")
    response = await focal_point.send(page_of(world), form)

    assert response.status_code == 303
    (row,) = await comments_of(world)
    assert row["number"] == 1
    shown = await focal_point.get(response.headers["location"])
    assert "Your comment is filed. Receipt" in words_of(shown)
    assert f'<a href="/receipts/{row["id"]}">' in shown.text


@pytest.mark.parametrize("filed", ["CMT_x", "PTY_01m8gbhp7gkhbt08vpqwamcnpk", "", "//elsewhere.example"])
async def test_an_address_that_names_no_filed_comment_leads_to_no_receipt(desk, world, round_id, filed: str) -> None:
    shown = await (await desk("japan")).get(page_of(world, done="submitComment", filed=filed))
    assert "/receipts/" not in shown.text


async def test_an_expert_who_files_by_the_form_is_refused(desk, world, round_id) -> None:
    visitor, path = await desk("japan-assistant"), page_of(world, on=world.keys[1])
    response = await visitor.send(path, writing_of(await visitor.get(path)), text="Mine.", _act="submitComment")
    assert response.status_code == 422
    assert writing_of(response).fields["text"] == "Mine."
    assert await comments_of(world) == []


async def test_a_form_is_looked_at_without_writing_anything(desk, world, round_id) -> None:
    visitor, path = await desk("japan"), page_of(world, on=world.keys[2])
    form = writing_of(await visitor.get(path))
    wording = form.fields["proposedWording!"].replace("simplified", "short")
    response = await visitor.send(path, form, **{"proposedWording!": wording, "text": MARKUP, "_preview": ""})
    assert response.status_code == 200
    assert "[deleted: simplified ] [inserted: short ]" in words_of(response)
    assert "Your comment will stand on the words simplified ." in words_of(response)
    assert writing_of(response).fields["text"] == MARKUP
    assert await comments_of(world) == []


async def test_the_same_words_of_another_party_are_named(desk, world, round_id) -> None:
    await submit(world, "canada", round_id)
    visitor, path = await desk("japan"), page_of(world, on=world.keys[1])
    form = writing_of(await visitor.get(path))
    wording = form.fields["proposedWording!"].replace("should exchange", "shall exchange")
    response = await visitor.send(path, form, **{"proposedWording!": wording, "_preview": ""})
    assert "The same words are asked for by: Canada R1-1" in words_of(response)


async def test_a_comment_without_a_remark_is_refused_at_the_field(desk, world, round_id) -> None:
    visitor, path = await desk("japan"), page_of(world, on=world.keys[1])
    response = await visitor.send(path, writing_of(await visitor.get(path)), reason="Kept.", _act="submitComment")
    assert response.status_code == 422
    assert '<a href="#comment-text">Remark: must not be empty</a>' in response.text
    assert "found:" not in response.text
    assert writing_of(response).fields["reason"] == "Kept."
    assert await comments_of(world) == []


async def test_a_late_comment_is_refused_with_both_instants_and_its_words_kept(desk, world) -> None:
    closes = world.clock.now + timedelta(minutes=10)
    await open_round(world, closes_at=closes)
    visitor, path = await desk("japan"), page_of(world, on=world.keys[2])
    form = writing_of(await visitor.get(path))
    world.clock.now = closes + timedelta(seconds=4)
    response = await visitor.send(path, form, text="Too late by four seconds.", _act="submitComment")
    said = words_of(response)
    assert response.status_code == 422
    assert "Your comment was not filed" in said
    assert "The round closed on Mon 24 September 2018, 11:10, Brussels time." in said
    assert "Your comment reached the server at Mon 24 September 2018, 11:10:04, Brussels time." in said
    assert writing_of(response).fields["text"] == "Too late by four seconds."
    assert await comments_of(world) == []


async def test_a_closed_round_takes_nothing_and_says_what_is_not_answered(desk, world, round_id) -> None:
    await submit(world, "canada", round_id)
    world.clock.now = CLOSES
    response = await (await desk("japan")).get(page_of(world))
    assert "Comments are being answered. Nothing can be filed any more." in words_of(response)
    assert "Not answered yet" in words_of(response)
    assert "on=" not in response.text


async def test_a_planned_round_takes_drafts_only(desk, world) -> None:
    await open_round(world, opens_at=CLOSES - timedelta(days=1))
    visitor = await desk("japan")
    response, form = await visitor.get(page_of(world)), await visitor.get(page_of(world, on="general"))
    assert "Comments on Draft 1: opens Sun 30 September 2018, 11:00 Brussels time" in words_of(response)
    assert ['value="draftComment"' in form.text, 'value="submitComment"' in form.text] == [True, False]


async def test_a_draft_is_revised_and_its_page_gives_it_up(desk, world, round_id) -> None:
    drafted = await draft(world, "japan", round_id)
    visitor, path = await desk("japan"), page_of(world, on=world.keys[1], draft=drafted)
    form = writing_of(await visitor.get(path))
    assert "shall exchange" in form.fields["proposedWording!"]
    await visitor.send(path, form, text="Said better.", _act="reviseComment")
    (row,) = await comments_of(world)
    assert (row["text"], row["quote_exact"], row["proposed_wording"]) == ("Said better.", "should", "shall")

    path = f"/comments/{drafted}"
    assert f'href="{path}#discard"' in (await visitor.get(page_of(world))).text
    response = await visitor.send(path, form_of(await visitor.get(path), "discardDraft"))
    assert response.status_code == 303
    (work,) = await rows_of(world, "comment_work")
    assert work["status"] == CommentStatus.WITHDRAWN


async def test_a_stale_draft_shows_what_was_seen_what_stands_and_what_is_written(desk, world, round_id) -> None:
    drafted = await draft(world, "japan", round_id, text="As it was.")
    slow, quick = await desk("japan"), await desk("japan-assistant")
    path = page_of(world, on=world.keys[1], draft=drafted)
    form = writing_of(await slow.get(path))
    await quick.send(path, writing_of(await quick.get(path)), text="By the expert.", _act="reviseComment")

    response = await slow.send(path, form, text="By the focal point.", _act="reviseComment")
    said = words_of(response)

    assert response.status_code == 422
    assert "You saw As it was. Now By the expert. Yours By the focal point." in said
    again = writing_of(response)
    assert again.fields["text"] == "By the focal point."
    assert (await slow.send(path, again, _act="reviseComment")).status_code == 303
    (row,) = await comments_of(world)
    assert row["text"] == "By the focal point."


async def test_a_comment_is_supported_once_and_opposed_with_a_reason(desk, world, round_id) -> None:
    comment = await submit(world, "canada", round_id)
    visitor = await desk("japan")
    shown = await visitor.get(page_of(world))
    support = form_of(shown, "supportComment")
    for _ in range(2):
        answer = await visitor.send(page_of(world), support, commentId=comment)
        assert answer.status_code == 303
    assert len(await rows_of(world, "comment_supports")) == 1
    assert "Supported by Japan" in await visitor.read(page_of(world))

    other, path = await desk("china"), page_of(world, oppose=comment)
    refused = await other.send(path, form_of(await other.get(path), "opposeComment"))
    assert refused.status_code == 422
    assert await rows_of(world, "comment_oppositions") == []
    await other.send(path, form_of(refused, "opposeComment"), reason="It costs too much.")
    assert "Opposed by China: It costs too much." in await visitor.read(page_of(world))


async def carry(world: World) -> str:
    """File four comments, answer two of them, issue the next version, and return its id.

    The words of one comment that is put off stand there untouched, those of another are changed, and of the third gone.
    """
    round_id = await open_round(world, closes_at=world.clock.now + timedelta(minutes=5))
    place = world.provisions[2]
    answers: dict[str, Any] = {
        "canada": {
            "provision_id": place,
            "quotation": None,
            "proposed_wording": "Vendors declare sales.",
        },
        "china": {"quotation": Quotation("should exchange advance"), "proposed_wording": "shall exchange advance"},
        "upu": {"quotation": Quotation("e-commerce operators"), "proposed_wording": "operators", "text": "Exact."},
        "gea": {"quotation": Quotation("should exchange"), "proposed_wording": "may exchange", "text": "Changed."},
        "japan": {
            "provision_id": place,
            "quotation": Quotation("simplified"),
            "proposed_wording": "short",
        },
    }
    for who, content in answers.items():
        comment = await submit(world, who, round_id, **content)
        answers[who] = {"comment_id": comment, "wording": None, "reason": "As discussed.", "expected_revision": 1}
    world.clock.move(minutes=6)
    for who, arguments in answers.items():
        verdict = Verdict.ACCEPTED if who in {"canada", "china"} else Verdict.DEFERRED
        await world.do("secretariat", record_disposition, verdict=verdict, **arguments)
    made = await world.do("secretariat", consolidate, text_version_id=world.version, label="Draft 2")
    async with world.database.reading() as connection:
        target = await connection.scalar(select(Consolidation.target_id).where(Consolidation.id == made))
        revision = await connection.scalar(select(TextVersion.revision).where(TextVersion.id == target))
    return await world.do("secretariat", issue_version, text_version_id=target, expected_revision=revision)


async def test_comments_of_an_earlier_version_stand_at_their_place_and_are_given_another(desk, world) -> None:
    path = f"/texts/{await carry(world)}"
    visitor = await desk("japan")
    shown = await visitor.get(path)
    said = words_of(shown)
    assert "Exact." in said
    assert "From an earlier version" in said
    assert "Place to confirm" in said
    assert "Its words are gone" in said
    assert "simplified" in said
    assert forms_of(shown, "confirmCarriedComment") == []  # an orphan needs a place

    (comment,) = [row["id"] for row in await comments_of(world) if row["party_id"] == world.parties["japan"]]
    place = f"{path}?place={comment}"
    form = form_of(await visitor.get(place), "confirmCarriedComment")
    refused = await visitor.send(
        f"{path}?place={comment}", form, provisionKey=world.keys[1], **{"quotation.exact": "x y"}
    )
    assert refused.status_code == 422
    form = form_of(refused, "confirmCarriedComment")
    assert form.fields["quotation.exact"] == "x y"
    done = await visitor.send(place, form, **{"quotation.exact": "shall exchange"})
    assert done.status_code == 303
    assert "Its words are gone" not in await visitor.read(path)


async def test_a_party_confirms_the_place_that_was_found(desk, world) -> None:
    path = f"/texts/{await carry(world)}"
    visitor = await desk("gea")
    form = form_of(await visitor.get(path), "confirmCarriedComment")
    assert (await visitor.send(path, form)).status_code == 303
    assert "Place to confirm" not in await visitor.read(path)


async def test_a_second_post_of_the_same_form_does_nothing_twice(desk, world, round_id) -> None:
    visitor, path = await desk("japan"), page_of(world, on=world.keys[2])
    form = writing_of(await visitor.get(path))
    answers = [await visitor.send(path, form, text="Once.", _act="submitComment") for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(await comments_of(world)) == 1


async def test_what_people_write_is_escaped(desk, world, round_id) -> None:
    await submit(world, "canada", round_id, text=MARKUP, reason=MARKUP, proposed_wording=f"shall {MARKUP}")
    await draft(world, "japan", round_id, text=MARKUP, reason=MARKUP, proposed_wording=MARKUP)
    visitor = await desk("japan")
    response = await visitor.get(page_of(world, on=world.keys[1], words=MARKUP, **{"from": MARKUP, "round": ""}))
    assert "alert(1)" in response.text
    assert "<script>" not in response.text


async def test_a_hidden_text_answers_as_one_that_does_not_exist(desk, world) -> None:
    visitor = await desk("japan")
    nothing = await visitor.get(f"/texts/{world.version[:-1]}{'0' if world.version[-1] != '0' else '1'}")
    assert nothing.status_code == 404
    assert (await visitor.get("/texts/nonsense")).text == nothing.text


async def test_a_long_text_is_read_part_by_part_with_as_many_statements(desk, world) -> None:
    counts = set()
    for size in (60, 200):
        version, provisions = await add_text(world, size)
        await add_round(world, size, version=version, provisions=provisions)
        visitor = await desk("japan")
        await visitor.get(f"/texts/{version}")
        with statements(world.database) as seen:
            response = await visitor.get(f"/texts/{version}")
        counts.add(len(seen))
        said = words_of(response)
        assert f"Provisions 1 to 50 of {size} Next section" in said
        assert "50.1 before departure" in said
        assert "51.1 before departure" not in said
        assert int(response.headers["content-length"]) < 25_000
    last = words_of(await visitor.get(f"/texts/{version}?section=199"))
    assert "Provisions 151 to 200 of 200 Previous section" in last
    by_key = await visitor.get(f"/texts/{version}?section={await key_of(world, provisions[120])}")
    assert "Provisions 101 to 150 of 200 Previous section Next section" in words_of(by_key)
    assert len(counts) == 1


async def test_a_part_with_many_comments_shows_some_on_each_provision_and_leads_to_all(desk, world) -> None:
    counts, shown = set(), {}
    for size in (50, 600):
        version, provisions = await add_text(world, 50, f"Text with {size} comments")
        await add_round(world, size, version=version, provisions=provisions)
        visitor = await desk("japan")
        await visitor.get(f"/texts/{version}")
        with statements(world.database) as seen:
            response = await visitor.get(f"/texts/{version}")
        counts.add(len(seen))
        shown[size] = len(re.findall(r'id="CMT_\w+"', response.text))
        assert int(response.headers["content-length"]) < 25_000

    said = words_of(response)
    assert shown == {50: 50, 600: 200}
    assert said.count("8 more comments") == 50
    assert "All (600)" in said
    assert len(counts) == 1
    every = words_of(await visitor.get(f"/provisions/{provisions[0]}"))
    assert "Comments on it (12)" in every


async def key_of(world: World, provision_id: str) -> str:
    """Return the permanent key of a provision of a version."""
    async with world.database.reading() as connection:
        return str(await connection.scalar(select(ProvisionText.provision_id).where(ProvisionText.id == provision_id)))


async def test_a_text_without_provisions_says_so(desk, world) -> None:
    version, _ = await add_text(world, 0)
    assert "This version has no provisions." in await (await desk("japan")).read(f"/texts/{version}")


async def test_the_secretariat_reads_and_is_not_asked(desk, world, round_id) -> None:
    await submit(world, "canada", round_id)
    response = await (await desk("secretariat")).get(page_of(world))
    assert "Canada R1-1" in words_of(response)
    assert "on=" not in response.text
    assert forms_of(response) == []


async def test_the_same_words_from_two_tabs_are_filed_once_and_other_words_twice(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on=world.keys[1])
    one, other = [writing_of(await visitor.get(path)) for _ in range(2)]

    for form, words in ((one, "A thought."), (other, "A thought."), (other, "Another thought.")):
        assert (await visitor.send(path, form, text=words, _act="submitComment")).status_code == 303

    assert sorted(row["text"] for row in await comments_of(world)) == ["A thought.", "Another thought."]


async def test_words_that_were_withdrawn_can_be_filed_again(desk, world, round_id) -> None:
    visitor = await desk("japan")
    path = page_of(world, on=world.keys[1])
    await visitor.send(path, writing_of(await visitor.get(path)), text="A thought.", _act="submitComment")
    (row,) = await comments_of(world)
    withdrawing = form_of(await visitor.get(page_of(world, withdraw=row["id"])), "withdrawComment")
    assert (await visitor.send(page_of(world), withdrawing)).status_code == 303

    await visitor.send(path, writing_of(await visitor.get(path)), text="A thought.", _act="submitComment")

    assert len(await comments_of(world)) == 2


async def test_a_draft_and_a_look_need_no_remark_in_the_browser(desk, world, round_id) -> None:
    visitor = await desk("japan")
    shown = (await visitor.get(page_of(world, on=world.keys[1]))).text

    for name in ('name="_preview"', 'value="draftComment"'):
        button = next(part for part in shown.split("<button")[1:] if name in part.split(">")[0])
        assert "formnovalidate" in button.split(">")[0]


async def test_a_mark_that_was_made_is_not_offered_again(desk, world, round_id) -> None:
    comment = await submit(world, "japan", round_id)
    visitor = await desk("upu")
    page = page_of(world)
    await visitor.send(page, form_of(await visitor.get(page), "supportComment"), commentId=comment)

    shown = await visitor.get(page)

    assert forms_of(shown, "supportComment") == []
    assert f"oppose={comment}" not in shown.text


async def test_a_french_delegate_reads_a_text_with_comments(desk, world, round_id) -> None:
    await submit(world, "japan", round_id)
    async with world.database.writing() as session:
        (await session.get_one(Person, world.persons["japan"])).language = Language.FRENCH
    visitor = await desk("japan")

    assert "Observation" in await visitor.read(page_of(world))
