"""Proposals: written by finding provisions and editing them, followed through the bodies, handled by their forms."""

import gzip
from typing import Any

import pytest

from server.domain.proposals.actions import drafting, handling
from server.domain.proposals.rules.contents import AmendmentContent
from server.journal.chain import sha256_of
from server.models.proposals import CarriedAmendment, ProposalWork
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.proposals import AmendmentKind, CarriedState
from server.vocabulary.texts import UnitKind, VersionStatus
from tests.desk.desks import Desk, Form, form_of, forms_of
from tests.factories import proposals as make
from tests.factories.filled import statements
from tests.factories.rounds import rows_of
from tests.factories.world import WORDS, World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database
NEW = "/proposals/new?version={}"


async def press(visitor: Desk, page: str, form: Form, button: str, **changes: Any) -> Any:
    """Press a button of the form of a proposal that keeps what was written."""
    return await visitor.send(page, form, _preview=button, **changes)


async def written(desk, world: World, **changes: Any) -> tuple[Desk, str, Form]:
    """Return Japan's desk, the address of the form, and the form with one changed provision."""
    await make.open_cycle(world)
    visitor, page = await desk("japan"), NEW.format(world.version)
    form = form_of(await visitor.get(page), "draftProposal")
    said = {"title!": "Advance data as a duty", "rationale!": "Members asked for certainty."}
    opened = await press(visitor, page, form, f"MODIFY:{world.keys[1]}", **(said | changes))
    return visitor, page, form_of(opened, "draftProposal")


def no_button(form: Form, **changes: Any) -> dict[str, Any]:
    """Return changes that press the button which keeps the form."""
    form.fields.pop("_preview", None)
    return changes


async def test_a_proposal_is_written_by_finding_provisions_and_editing_them(desk, world: World) -> None:
    visitor, page, form = await written(desk, world)
    assert form.fields["amendments.0.wording!"] == WORDS[1]
    found = await press(
        visitor,
        page,
        form,
        "find",
        _find="simplified",
        **{"amendments.0.wording!": WORDS[1].replace("should", "shall")},
    )
    form = form_of(found, "draftProposal")
    added = await press(visitor, page, form, f"ADD:{world.keys[2]}")
    form = form_of(added, "draftProposal")

    kept = await visitor.send(
        page, form, **no_button(form, **{"amendments.1.wording!": "A new one.", "isSeverable": "true"})
    )

    assert "1 provision" in words_of(found)
    assert '<ins><span class="unseen">[inserted: </span>shall' in found.text
    assert form.fields["title!"] == "Advance data as a duty"
    assert kept.status_code == 303
    said = await visitor.read(kept.headers["location"])
    assert "Your draft is kept. It is not submitted yet." in said
    assert "Amendments (2)" in said
    assert "replace “should” by “shall”" in said
    assert "Add after paragraph 2" in said
    assert "They stand or wait together." not in said


async def test_a_provision_is_moved_and_another_one_deleted_and_a_block_removed(desk, world: World) -> None:
    visitor, page, form = await written(desk, world)
    form = form_of(await press(visitor, page, form, f"MOVE:{world.keys[3]}"), "draftProposal")
    refused = await visitor.send(page, form, **no_button(form))
    form = form_of(refused, "draftProposal")
    form = form_of(await press(visitor, page, form, f"AFTER:1:{world.keys[1]}"), "draftProposal")
    form = form_of(await press(visitor, page, form, f"DELETE:{world.keys[2]}"), "draftProposal")
    removed = await press(visitor, page, form, "REMOVE:0")
    form = form_of(removed, "draftProposal")

    kept = await visitor.send(page, form, **no_button(form))

    assert refused.status_code == 422
    assert "Move paragraph 3 after paragraph 1" in words_of(removed)
    assert "amendments.2.kind" not in form.fields
    said = await visitor.read(kept.headers["location"])
    assert "1. Move paragraph 3 after paragraph 1" in said
    assert "2. Delete paragraph 2" in said


async def test_a_refused_proposal_keeps_every_word_and_names_the_fields(desk, world: World) -> None:
    visitor, page, form = await written(desk, world, **{"title!": " "})

    refused = await visitor.send(page, form, **no_button(form))
    form = form_of(refused, "draftProposal")

    assert refused.status_code == 422
    assert 'href="#proposal-title"' in refused.text
    assert 'href="#proposal-amendments.0.wording"' in refused.text
    assert 'id="proposal-amendments.0.wording"' in refused.text
    assert form.fields["rationale!"] == "Members asked for certainty."
    assert "No proposal has been made that you may see." in await visitor.read("/proposals")


async def test_a_draft_sent_twice_is_written_once(desk, world: World) -> None:
    visitor, page, form = await written(desk, world)
    changed = no_button(form, **{"amendments.0.wording!": "Administrations shall exchange data."})

    first, second = await visitor.send(page, form, **changed), await visitor.send(page, form, **changed)

    assert first.headers["location"] == second.headers["location"]
    assert "1 proposal" in await visitor.read("/proposals")


async def test_the_secretariat_and_a_version_that_is_hidden_have_no_form(desk, world: World) -> None:
    await make.open_cycle(world)
    officer, visitor = await desk("secretariat"), await desk("japan")

    opened = await officer.get(NEW.format(world.version))
    hidden = await visitor.get(NEW.format("VER_nothing"))

    assert forms_of(opened) == []
    assert "Proposals are made by delegates" in words_of(opened)
    assert hidden.status_code == 404


async def test_a_draft_is_changed_and_a_stale_form_shows_it(desk, world: World) -> None:
    proposal_id = await make.draft(world)
    visitor, page = await desk("japan-assistant"), f"/proposals/{proposal_id}/revise"
    form = form_of(await visitor.get(page), "reviseProposal")

    changed = await visitor.send(page, form, **{"title!": "Another title"})
    stale = await visitor.send(page, form, **{"title!": "A third title", "idempotencyKey": "other"})
    kept = await visitor.send(page, form_of(stale, "reviseProposal"))

    assert changed.headers["location"] == f"/proposals/{proposal_id}?done=reviseProposal"
    assert stale.status_code == 422
    assert "Somebody of your party changed the draft" in words_of(stale)
    assert kept.status_code == 303
    said = await visitor.read(f"/proposals/{proposal_id}")
    assert "A third title" in said
    assert "Amendments (2)" in said
    assert "Submitting is for the focal point of Japan." in said


async def test_co_sponsors_confirm_and_the_focal_point_submits(desk, world: World) -> None:
    proposal_id = await make.draft(world, co_sponsor_ids=(world.parties["canada"],))
    author, sponsor, page = await desk("japan"), await desk("canada"), f"/proposals/{proposal_id}"
    early = await author.get(page)

    joined = await sponsor.send(page, form_of(await sponsor.get(page), "confirmCoSponsorship"))
    submitted = await author.send(page, form_of(await author.get(page), "submitProposal"))

    assert [form.fields["canLeaveOut"] for form in forms_of(early, "submitProposal")] == ["true"]
    assert "Submit: not confirmed yet by Canada." in words_of(early)
    assert joined.status_code == submitted.status_code == 303
    said = await author.read(page)
    assert "Next: the Secretariat" in said
    assert "co-sponsor, confirmed 24 September 2018 by Delegate canada" in said


async def test_a_draft_is_hidden_from_others_like_nothing(desk, world: World) -> None:
    proposal_id = await make.draft(world)
    for who in ("china", "secretariat"):
        visitor = await desk(who)
        hidden, none = await visitor.get(f"/proposals/{proposal_id}"), await visitor.get("/proposals/PRP_nothing")
        assert (hidden.status_code, hidden.text) == (404, none.text)
        assert (await visitor.get(f"/proposals/{proposal_id}/revise")).status_code == 404


async def test_a_proposal_goes_through_register_group_and_bodies(desk, world: World) -> None:
    proposal_id = await make.submitted(world)
    officer, leader, page = await desk("secretariat"), await desk("canada"), f"/proposals/{proposal_id}"
    await officer.send(page, form_of(await officer.get(page), "registerProposal"))
    await officer.send(page, form_of(await officer.get(page), "assignProposal"), bodyId=world.bodies["group"])
    early = await leader.get(page)
    for place in (0, 1):
        form = forms_of(await leader.get(page), "recordView")[place]
        assert (await leader.send(page, form)).status_code == 303
    await leader.send(page, form_of(await leader.get(page), "concludeConsideration"))
    without = await officer.get(page)
    sitting_id = await make.add_sitting(world, "ptc")
    decision = {
        "sittingId": sitting_id,
        "verb!": "endorsed",
        "outcome": "ENDORSED",
        "text!": "The Committee <approved> it.",
    }
    refused = await officer.send(
        page, form_of(await officer.get(page), "decideProposal"), **(decision | {"text!": " "})
    )
    await officer.send(page, form_of(refused, "decideProposal"), **decision)

    assert "Conclude: the group has no view yet on amendment 1, 2." in words_of(early)
    assert "no sitting of a Technical committee is recorded yet" in words_of(without)
    assert refused.status_code == 422
    said = await leader.read(page)
    assert "PTC 221: endorsed" in said
    assert "The Committee <approved> it." in said
    assert "Next: Policy commission" in said


async def test_a_view_without_a_reason_is_refused_at_its_form(desk, world: World) -> None:
    proposal_id = await make.considered(world)
    visitor, page = await desk("canada"), f"/proposals/{proposal_id}"

    refused = await visitor.send(page, forms_of(await visitor.get(page), "recordView")[1], view="NOT_AGREED")

    assert refused.status_code == 422
    assert 'href="#view-2-reason"' in refused.text
    assert forms_of(refused, "recordView")[1].fields["view"] == "NOT_AGREED"
    assert forms_of(refused, "recordView")[0].fields["view"] == "AGREED"


async def test_others_read_a_registered_proposal_and_do_nothing(desk, world: World) -> None:
    proposal_id = await make.considered(world)
    visitor, page = await desk("china"), f"/proposals/{proposal_id}"

    opened = await visitor.get(page)

    assert forms_of(opened) == []
    assert "What you can do" not in words_of(opened)
    forged = Form(page)
    forged.fields = {
        "_act": "withdrawProposal",
        "proposalId": proposal_id,
        "expectedRevision": "1",
        "idempotencyKey": "k",
    }
    assert (await visitor.send(page, forged)).status_code == 422
    assert (await make.work_of(world, proposal_id)).status == "UNDER_CONSIDERATION"


async def test_the_secretariat_returns_a_proposal_with_its_defects_and_the_party_mends_it(desk, world: World) -> None:
    proposal_id = await make.submitted(world)
    secretariat, japan, page = await desk("secretariat"), await desk("japan"), f"/proposals/{proposal_id}"
    form = form_of(await secretariat.get(page), "returnProposal")
    defect = {"defects.0.kind": "PLACE", "defects.0.position": "2", "defects.0.reason": "Which <b>paragraph</b>?"}

    refused = await secretariat.send(page, form, **defect | {"defects.0.reason": "\u200b"})
    form = form_of(await secretariat.get(page), "returnProposal")
    sent = await secretariat.send(page, form, **defect, **{"defects.1.kind": "RATIONALE", "defects.1.reason": "Why?"})

    assert (refused.status_code, sent.status_code) == (422, 303)
    assert sent.headers["location"].startswith("/proposals/returned")
    kept = await secretariat.read("/proposals/returned")
    assert "Advance data as a duty being mended" in kept
    assert "Amendment 2, Place: Which <b>paragraph</b>?" in kept
    assert (await secretariat.get(page)).status_code == 404
    assert "Nothing was returned that you may see." in await (await desk("china")).read("/proposals/returned")
    shown = await japan.read(page)
    assert "Amendment 2, Place: Which <b>paragraph</b>?" in shown
    assert "The whole proposal, " in shown
    opened = await japan.get(page)
    assert opened.text.index('href="#returned"') < opened.text.index('id="returned"')
    assert form_of(opened, "submitProposal").fields["proposalId"] == proposal_id
    assert f"/proposals/{proposal_id}/revise" in opened.text
    assert "Mend “Advance data as a duty”, which was returned" in await japan.read("/")


async def test_a_return_that_is_too_long_is_kept_and_a_second_click_returns_once(desk, world: World) -> None:
    proposal_id = await make.submitted(world)
    secretariat, page = await desk("secretariat"), f"/proposals/{proposal_id}"
    long = f"<script>alert(1)</script>\u202edlrow{'x' * 50_000}"
    form = form_of(await secretariat.get(page), "returnProposal")
    first = {"defects.0.kind": "PLACE", "defects.0.reason": "Which paragraph?"}

    refused = await secretariat.send(page, form, **first, **{"defects.1.kind": "SCOPE", "defects.1.reason": long})
    kept = form_of(refused, "returnProposal")
    sent = [await secretariat.send(page, kept, **{"defects.1.reason": "No."}) for _ in range(2)]

    assert refused.status_code == 422
    assert kept.fields["defects.1.reason"] == long
    assert '<details class="more" open>' in refused.text
    assert "<script>alert" not in refused.text
    assert [answer.status_code for answer in sent] == [303, 303]
    assert len(await rows_of(world, "returned_filings")) == 1


async def test_a_proposal_is_put_off_says_what_it_waits_for_and_is_taken_up_again(desk, world: World) -> None:
    cycle_id = await make.open_cycle(world)
    other = await make.registered(world, cycle_id=cycle_id, title="Datasets")
    proposal_id = await make.considered(world, cycle_id=cycle_id)
    secretariat, reader, page = await desk("secretariat"), await desk("gea"), f"/proposals/{proposal_id}"
    form = form_of(await secretariat.get(page), "deferProposal")
    sent = {"until": "PROPOSAL", "awaitedId": other, "reason": "The <b>datasets</b> come first."}

    refused = await secretariat.send(page, form, **sent | {"awaitedId": ""})
    form = form_of(await secretariat.get(page), "deferProposal")
    done = await secretariat.send(page, form, **sent)
    said = await reader.read(page)
    listed = await reader.read("/proposals?status=DEFERRED")
    form = form_of(await secretariat.get(page), "resumeProposal")
    again = await secretariat.send(page, form, reason="It cannot wait.")

    assert (refused.status_code, done.status_code, again.status_code) == (422, 303, 303)
    assert "Until proposal 1 is decided: Datasets Then it goes on by itself." in said
    assert "The <b>datasets</b> come first." in said
    assert "Put off until something comes" in listed
    assert "Next: WGEC-2" in await reader.read(page)


async def test_a_proposal_is_withdrawn_for_good(desk, world: World) -> None:
    proposal_id = await make.registered(world)
    visitor, page = await desk("japan"), f"/proposals/{proposal_id}"

    sent = await visitor.send(page, form_of(await visitor.get(page), "withdrawProposal"))

    assert sent.status_code == 303
    said = await visitor.read(page)
    assert "Japan took it back. Its words stay on record." in said
    assert "What you can do" not in said


async def test_a_withdrawn_proposal_is_taken_over_by_a_co_sponsor(desk, world: World) -> None:
    proposal_id = await make.draft(world, co_sponsor_ids=(world.parties["canada"],))
    japan, canada, china = await desk("japan"), await desk("canada"), await desk("china")
    page = f"/proposals/{proposal_id}"
    await canada.send(page, form_of(await canada.get(page), "confirmCoSponsorship"))
    await make.act(world, "japan", drafting.submit_proposal, proposal_id)
    await make.act(world, "secretariat", handling.register_proposal, proposal_id)
    asked = await japan.read(page)
    await japan.send(page, form_of(await japan.get(page), "withdrawProposal"))

    left, duty = await canada.get(page), await canada.read("/")
    looked = await china.get(page)
    sent = await canada.send(page, form_of(left, "takeOverProposal"))

    assert "For a time it can be taken over by Canada; if nobody does, it ends." in asked
    assert "Withdrawn: a co-sponsor can take it over" in words_of(looked)
    assert forms_of(looked) == []
    assert "Take over “Advance data as a duty”, which its proponent withdrew, or leave it" in duty
    assert sent.status_code == 303
    taken = await china.read(page)
    assert "Proposal 1 of Canada, on" in taken
    assert "took it over from Japan" in taken
    assert "Canada took it over on" in taken
    assert (await make.work_of(world, proposal_id)).party_id == world.parties["canada"]


async def test_the_list_is_filtered_by_state_party_cycle_and_own(desk, world: World) -> None:
    cycle_id = await make.open_cycle(world)
    await make.draft(world, "china", cycle_id, title="From the east")
    await make.considered(world, cycle_id=cycle_id, title="Considered")
    china = await desk("china")
    group = await desk("canada")

    everything = await china.read("/proposals")
    own = await china.read("/proposals?of=ours")
    drafts = await china.read("/proposals?status=DRAFT")
    japan = await china.read(f"/proposals?party={world.parties['japan']}")
    nothing = await china.read("/proposals?cycle=CYC_nothing")
    given = await group.read("/proposals?of=group")

    shown = [
        [t for t in ("From the east", "Considered 2") if t in said] for said in (everything, own, drafts, japan, given)
    ]
    assert shown == [
        ["From the east", "Considered 2"],
        ["From the east"],
        ["From the east"],
        ["Considered 2"],
        ["Considered 2"],
    ]
    assert "No proposal fits." in nothing


async def test_markup_in_a_proposal_is_shown_as_written(desk, world: World) -> None:
    script = "<script>alert(1)</script>"
    added = AmendmentContent(AmendmentKind.ADD, world.keys[1], wording=script)
    proposal_id = await make.draft(world, title=script, rationale=script, amendments=(added,))
    visitor = await desk("japan")

    for page in (f"/proposals/{proposal_id}", f"/proposals/{proposal_id}/revise", "/proposals"):
        opened = await visitor.get(page)
        assert opened.status_code == 200
        assert "<script>alert" not in opened.text
        assert "&lt;script&gt;" in opened.text


async def test_pages_are_small_and_take_the_same_statements_for_many_amendments(desk, world: World) -> None:
    cycle_id = await make.open_cycle(world)
    delete = AmendmentContent(AmendmentKind.DELETE, world.keys[2])
    small = await make.considered(world, cycle_id=cycle_id, amendments=(delete,))
    large = await make.considered(world, cycle_id=cycle_id, amendments=(delete,) * 60)
    visitor = await desk("canada")
    await visitor.get(f"/proposals/{small}")

    counts = []
    for each in (small, large):
        with statements(world.database) as seen:
            opened = await visitor.get(f"/proposals/{each}")
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert len(gzip.compress(opened.content)) < 25_000


async def test_the_secretariat_opens_a_review(desk, world: World) -> None:
    mechanism_id = await make.add_mechanism(world)
    officer, visitor = await desk("secretariat"), await desk("japan")
    form = form_of(await officer.get("/cycles"), "openCycle")
    said = {"title!": "Review of 2018", "kind": "PERIODIC", "opensOn": "2018-10-01", "mechanismId": mechanism_id}

    refused = await officer.send("/cycles", form, **(said | {"closesOn": "2018-09-01"}))
    opened = await officer.send("/cycles", form_of(refused, "openCycle"), closesOn="2018-12-31")

    assert refused.status_code == 422
    assert 'href="#cycle-closesOn"' in refused.text
    assert opened.status_code == 303
    read = await visitor.get("/cycles")
    assert "1 October 2018 until 31 December 2018 To come" in words_of(read)
    assert forms_of(read) == []
    assert "Mechanism of June 2018 In force" in await visitor.read("/mechanisms")


async def stale_amendment(world: World) -> tuple[str, str]:
    """Return a proposal and its amendment that no longer fits the version which was issued meanwhile."""
    modify = AmendmentContent(AmendmentKind.MODIFY, world.keys[1], wording=WORDS[1].replace("should", "shall"))
    proposal_id = await make.considered(world, amendments=(modify,))
    (amendment_id,) = await make.amendments_of(world, proposal_id)
    async with world.database.writing() as session:
        first = await session.get_one(TextVersion, world.version)
        second = TextVersion(
            instrument_id=first.instrument_id, number=2, label="Draft 2", base_id=first.id, created_at=world.clock.now
        )
        session.add(second)
        await session.flush()
        words = "Customs may exchange data with operators."
        row = {"position": 1, "kind": UnitKind.PARAGRAPH, "level": 0, "printed_number": "1.", "text": words}
        own = {"text_version_id": second.id, "provision_id": world.keys[1], "digest": sha256_of(words)}
        session.add(ProvisionText(**own, **row))
        await session.flush()
        second.status, second.issued_at = VersionStatus.ISSUED, world.clock.now
        carried = {"amendment_id": amendment_id, "text_version_id": second.id, "state": CarriedState.STALE}
        session.add(CarriedAmendment(**carried, provision_id=world.keys[1], wording=words))
        work = await session.get_one(ProposalWork, proposal_id)
        work.text_version_id = second.id
    return proposal_id, amendment_id


async def test_a_stale_amendment_shows_three_texts_and_is_restated(desk, world: World) -> None:
    proposal_id, amendment_id = await stale_amendment(world)
    visitor, page = await desk("japan"), f"/proposals/{proposal_id}/amendments/{amendment_id}"
    overview = await visitor.read(f"/proposals/{proposal_id}")
    restate, drop = forms_of(await visitor.get(page), "restateAmendment")

    refused = await visitor.send(page, drop)
    same = await visitor.send(page, restate)
    kept, _ = forms_of(same, "restateAmendment")
    sent = await visitor.send(page, kept, **{"answer.restate.wording!": "Customs shall exchange data with operators."})

    assert "1 amendment no longer fits Draft 2" in overview
    assert "Restate or drop" in overview
    assert 'href="#drop-answer.drop.reason"' in refused.text
    assert 'href="#restate-answer.restate.wording"' in same.text
    assert sent.headers["location"] == f"/proposals/{proposal_id}?done=restateAmendment"
    after = await visitor.read(f"/proposals/{proposal_id}")
    assert "replace “may” by “shall”" in after
    assert "Restated" in after


async def test_an_amendment_is_restated_by_its_party_only(desk, world: World) -> None:
    proposal_id, amendment_id = await stale_amendment(world)
    visitor = await desk("canada")

    opened = await visitor.get(f"/proposals/{proposal_id}/amendments/{amendment_id}")
    overview = await visitor.get(f"/proposals/{proposal_id}")

    assert forms_of(opened, "restateAmendment") == []
    assert "Restate or drop" not in words_of(overview)
    assert "Conclude: Japan has to restate or drop what changed meanwhile, amendment 1." in words_of(overview)


async def test_instructions_in_words_become_amendments_of_the_form(desk, world: World) -> None:
    visitor, page, form = await written(desk, world)
    words = "In paragraph 2, replace “may” by “should”.\nDelete paragraph 3."

    asked = form_of(
        unclear := await press(visitor, page, form, "instruct", _instructions=f"{words}\nDelete paragraph 9."),
        "draftProposal",
    )
    read = form_of(added := await press(visitor, page, asked, "instruct", _instructions=words), "draftProposal")

    assert "Nothing is added until all of it is clear." in unclear.text
    assert "Delete paragraph 9" in unclear.text
    assert "amendments.1.kind" not in asked.fields
    assert asked.fields["_instructions"].splitlines() == [*words.splitlines(), "Delete paragraph 9."]
    assert "2 amendments were added." in added.text
    assert [read.fields[f"amendments.{place}.kind"] for place in range(3)] == ["MODIFY", "MODIFY", "DELETE"]
    assert read.fields["amendments.1.wording!"] == WORDS[2].replace("may", "should")
    assert read.fields["_instructions"] == ""


async def test_each_amendment_is_said_as_an_instruction(desk, world: World) -> None:
    proposal_id = await make.registered(world)

    page = await (await desk("canada")).get(f"/proposals/{proposal_id}")

    assert "replace “Customs administrations should” by “Administrations shall”" in page.text
    assert "Delete paragraph 3." in page.text
