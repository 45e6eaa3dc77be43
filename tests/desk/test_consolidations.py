"""The officer's workbench: from an answered round to an issued version, and every state on the way."""

import gzip
from typing import Any

import pytest

from server.domain.proposals.rules.contents import AmendmentContent
from server.vocabulary.proposals import AmendmentKind
from tests.consolidation.test_actions import accepted, addition, agreed, consolidate, decided, issue, revise
from tests.consolidation.test_renumbering import ONE_1, TWO, amend, delete, reword, with_standards
from tests.desk.desks import Desk, Form, form_of, forms_of
from tests.factories.filled import statements
from tests.factories.proposals import open_cycle
from tests.factories.rounds import everything, rows_of
from tests.factories.world import World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database

UPU, GEA = ("upu", 1, "should exchange", "shall exchange"), ("gea", 1, "should exchange", "may exchange")
JAPAN, ELSEWHERE = ("japan", 1, "operators", "traders"), ("japan", 2, "may", "should")


async def bench_of(world: World, desk: Any, *said: tuple[str, int, str, str]) -> tuple[Desk, str]:
    """Return an officer, and the address of a consolidation of these accepted comments."""
    await accepted(world, *said)
    made = await consolidate(world)
    return await desk("secretariat"), f"/consolidations/{made.id}"


def side_in(form: Form, words: str) -> str:
    """Return the side of a conflict that asks for these words."""
    return next(name.removeprefix("_words.") for name, value in form.fields.items() if value == words)


async def test_two_clicks_lead_from_accepted_comments_to_an_issued_version(world: World, desk) -> None:
    await accepted(world, UPU, ELSEWHERE)
    officer: Desk = await desk("secretariat")

    listed = await officer.get("/consolidations")
    made = await officer.send("/consolidations", form_of(listed, "consolidate"))
    bench = await officer.get(made.headers["location"])
    issued = await officer.send(made.headers["location"].partition("?")[0], form_of(bench, "issueVersion"))
    shown = await officer.read(issued.headers["location"])

    assert "2 accepted changes" in words_of(listed)
    assert "2 of 2 changed provisions are ready" in words_of(bench)
    assert "The version is issued" in shown
    assert "2 provisions were changed" in shown


async def test_a_version_that_cannot_be_made_yet_says_why(world: World, desk) -> None:
    await accepted(world, UPU)
    await consolidate(world)
    officer = await desk("secretariat")

    said = await officer.read("/consolidations")

    assert "Under way (1)" in said
    assert "Draft 2" in said
    assert "Texts of which the next version can be made" not in said


async def test_nothing_accepted_is_said_before_and_after(world: World, desk) -> None:
    officer = await desk("secretariat")

    listed = await officer.get("/consolidations")
    made = await officer.send("/consolidations", form_of(listed, "consolidate"))

    assert "Nothing was accepted on it yet" in words_of(listed)
    assert "so this version says the same" in await officer.read(made.headers["location"])


async def test_a_conflict_is_tried_and_settled_with_one_choice_and_a_reason(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA, ELSEWHERE)
    bench = await officer.get(here)
    form = form_of(bench, "settleConflict")
    before = await everything(world)

    tried = await officer.send(here, form, _choice="own", words="should, by law,", _preview="")

    assert await everything(world) == before
    assert tried.status_code == 200
    assert "should [inserted: , by law, ] exchange" in words_of(tried)
    assert "Of what UPU asks nothing stands." in words_of(tried)
    assert form_of(tried, "settleConflict").fields["words"] == "should, by law,"
    assert form_of(tried, "settleConflict").fields["_choice"] == "own"

    settled = await officer.send(here, form, **{"_choice": side_in(form, "shall"), "reason!": "Clear."})
    after = await officer.get(settled.headers["location"])

    assert "1 conflict to settle" in words_of(bench)
    assert forms_of(bench, "issueVersion") == []
    assert "2 of 2 changed provisions are ready" in words_of(after)
    assert form_of(after, "issueVersion").buttons == ["Issue Draft 2"]


async def test_other_words_begin_with_those_of_a_side(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    form = form_of(await officer.get(here), "settleConflict")

    begun = await officer.send(here, form, **{"_preview": side_in(form, "may"), "reason!": "Kept."})

    shown = form_of(begun, "settleConflict").fields
    assert (shown["_choice"], shown["words"], shown["reason!"]) == ("own", "may", "Kept.")


async def test_the_base_stands_where_it_is_left_as_it_is(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    form = form_of(await officer.get(here), "settleConflict")

    await officer.send(here, form, **{"_choice": "base", "words": "never sent", "reason!": "Neither."})

    (conflict,) = await rows_of(world, "text_conflicts")
    assert (conflict["settled_words"], conflict["reason"]) == ("should", "Neither.")


async def test_settling_without_a_reason_is_refused_and_keeps_what_was_chosen(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    form = form_of(await officer.get(here), "settleConflict")
    side = side_in(form, "may")

    refused = await officer.send(here, form, _choice=side, words="Mine.")

    shown = form_of(refused, "settleConflict").fields
    assert refused.status_code == 422
    assert f'href="#{form.fields["conflictId"]}-reason"' in refused.text
    assert (shown["_choice"], shown["words"]) == (side, "Mine.")


async def test_settling_without_a_choice_is_refused(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    form = form_of(await officer.get(here), "settleConflict")

    refused = await officer.send(here, form, **{"reason!": "Clear."})

    assert refused.status_code == 422
    assert (await rows_of(world, "text_conflicts"))[0]["status"] == "OPEN"


async def test_a_form_sent_twice_settles_once(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    form = form_of(await officer.get(here), "settleConflict")
    sent = {"_choice": side_in(form, "shall"), "reason!": "Clear."}

    await officer.send(here, form, **sent)
    between = await everything(world)
    again = await officer.send(here, form, **sent)

    assert again.status_code == 303
    assert await everything(world) == between


async def test_who_is_slower_reads_what_was_settled_and_their_own_words_and_is_refused(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    form = form_of(await officer.get(here), "settleConflict")
    await officer.send(here, form, **{"_choice": side_in(form, "shall"), "reason!": "Clear."})

    mine = {"_choice": "own", "words": "ought to", "reason!": "Milder.", "idempotencyKey": "of-another-form"}
    late = await officer.send(f"{here}?at={world.keys[1]}", form, **mine)

    assert late.status_code == 422
    for words in ("by Delegate secretariat", "shall", "Clear.", "ought to", "Milder."):
        assert words in words_of(late)


async def test_a_woven_sentence_is_read_by_one_click_and_the_version_goes(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, JAPAN)

    bench = await officer.get(here)
    read = await officer.send(here, form_of(bench, "confirmReading"))
    ready = await officer.get(read.headers["location"])
    issued = await officer.send(here, form_of(ready, "issueVersion"))
    provision = await officer.read(f"{here}?at={world.keys[1]}")

    assert "1 sentence to read" in words_of(bench)
    assert "Customs administrations shall exchange advance electronic data with e-commerce traders." in words_of(bench)
    assert issued.status_code == 303
    assert "Read by Delegate secretariat" in provision


async def test_a_sentence_that_changed_since_is_refused_and_shown_anew(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, JAPAN)
    form = form_of(await officer.get(here), "confirmReading")
    made = (await rows_of(world, "consolidations"))[0]
    await revise(world, type("Made", (), {"id": made["id"], "target_id": made["target_id"]}), 1, "All is new.")

    refused = await officer.send(here, form)

    assert refused.status_code == 422
    assert "All is new." in words_of(refused)


async def test_provisions_at_one_place_stand_in_the_order_that_is_chosen(world: World, desk) -> None:
    cycle = await open_cycle(world)
    await agreed(world, cycle, addition(world, "One."))
    await agreed(world, cycle, addition(world, "Another."))
    here = f"/consolidations/{(await consolidate(world)).id}"
    officer = await desk("secretariat")
    form = form_of(await officer.get(here), "settleStructure")
    places = [name for name in form.fields if name.startswith("_place.")]

    tried = await officer.send(here, form, **{places[0]: "2", places[1]: "1", "_preview": ""})
    settled = await officer.send(here, form, **{places[0]: "2", places[1]: "1", "reason!": "So agreed."})

    assert "[inserted: Another. ] [inserted: One. ]" in words_of(tried)
    assert settled.status_code == 303
    assert (await rows_of(world, "text_conflicts"))[0]["standing_ids"] == [
        name.removeprefix("_place.") for name in (places[1], places[0])
    ]


async def test_a_conflict_of_places_where_nothing_stands_leaves_the_text(world: World, desk) -> None:
    cycle = await open_cycle(world)
    await agreed(world, cycle, addition(world, "One."))
    await agreed(world, cycle, addition(world, "Another."))
    here = f"/consolidations/{(await consolidate(world)).id}"
    officer = await desk("secretariat")
    form = form_of(await officer.get(here), "settleStructure")

    settled = await officer.send(here, form, **{"reason!": "Neither."})

    assert settled.status_code == 303
    (conflict,) = await rows_of(world, "text_conflicts")
    assert (conflict["status"], conflict["standing_ids"]) == ("SETTLED", [])


async def test_what_waits_for_a_conflict_elsewhere_says_so_and_is_passed_over(world: World, desk) -> None:
    cycle = await open_cycle(world)
    await agreed(world, cycle, addition(world, "One."))
    await agreed(world, cycle, addition(world, "Another."))
    here = f"/consolidations/{(await consolidate(world)).id}"
    officer = await desk("secretariat")

    said = await officer.read(here)

    assert "1 conflict to settle" in said
    assert "Waits" in said
    assert "disagreement" not in said


async def test_numbers_follow_and_a_reference_that_leads_nowhere_is_corrected_in_its_place(world: World, desk) -> None:
    await with_standards(world)
    here = f"/consolidations/{(await amend(world, delete(world, TWO), delete(world, ONE_1))).id}"
    officer = await desk("secretariat")

    numbers = await officer.get(f"{here}?view=numbers")
    renumbered = await officer.send(here, form_of(numbers, "renumberVersion"))
    bench = await officer.get(here)
    form = form_of(bench, "correctReference")
    refused = await officer.send(here, form)
    corrected = await officer.send(here, form, **{"reason!": "It is right as it stands."})
    after = await officer.get(corrected.headers["location"])

    assert "provisions get other numbers; references follow" in words_of(numbers)
    assert renumbered.status_code == 303
    assert "2 disagreements to explain" in words_of(bench)
    assert refused.status_code == 422
    assert "1 disagreement to explain" in words_of(after)
    assert form_of(after, "correctReference").fields["words"] == "Standards 2"


async def test_a_revision_without_a_decision_holds_the_version_up_and_with_one_it_goes(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU)
    decision_id = await decided(world, world.version)
    form = form_of(await officer.get(f"{here}?at={world.keys[1]}&do=revise"), "reviseProvision")

    without = await officer.send(here, form, **{"text!": "All must exchange data.", "reason!": "Style."})
    held = await officer.get(without.headers["location"])
    again = form_of(held, "reviseProvision")
    stated = {"text!": "All must exchange all data.", "reason!": "Style.", "decisionId": decision_id}
    with_one = await officer.send(here, again, **stated)
    ready = await officer.get(with_one.headers["location"])

    assert "Changed, and no decision is behind it" in words_of(held)
    assert forms_of(held, "issueVersion") == []
    assert "All must exchange all data." in await officer.read(f"{here}?at={world.keys[1]}")
    assert form_of(ready, "issueVersion").buttons == ["Issue Draft 2"]


async def test_a_provision_that_nobody_changed_is_found_and_written_otherwise(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU)

    found = await officer.get(f"{here}?view=find&words=Small+parcels")
    place = f"{here}?at={world.keys[3]}&do=revise"
    form = form_of(await officer.get(place), "reviseProvision")
    revised = await officer.send(place, form, **{"text!": "Small parcels are released.", "reason!": "Style."})

    assert f"at={world.keys[3]}&amp;do=revise" in found.text
    assert "No provision" in await officer.read(f"{here}?view=find&words=elephant")
    assert "Small parcels are released." in await officer.read(revised.headers["location"])
    assert "text and decisions disagree" in await officer.read(f"{here}?at=nothing")


async def test_a_stale_revision_is_refused_with_what_was_seen_what_stands_and_what_was_written(
    world: World, desk
) -> None:
    officer, here = await bench_of(world, desk, UPU)
    place = f"{here}?at={world.keys[1]}&do=revise"
    form = form_of(await officer.get(place), "reviseProvision")
    await officer.send(place, form, **{"text!": "Of the other officer.", "reason!": "Style."})

    stale = await officer.send(place, form, **{"text!": "Mine.", "reason!": "Mine too.", "idempotencyKey": "another"})

    said = words_of(stale)
    assert stale.status_code == 422
    assert "Somebody was faster" in said
    assert form.fields["_seen"] in said
    assert "Of the other officer." in said
    shown = form_of(stale, "reviseProvision").fields
    assert (shown["text!"], shown["reason!"]) == ("Mine.", "Mine too.")
    sent_again = await officer.send(place, form_of(stale, "reviseProvision"))
    assert sent_again.status_code == 303


async def test_a_version_is_given_up_with_a_reason(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU)
    form = form_of(await officer.get(here), "abandonVersion")

    refused = await officer.send(here, form)
    given_up = await officer.send(here, form, **{"reason!": "Too early."})
    shown = await officer.get(given_up.headers["location"])

    assert refused.status_code == 422
    assert "This version was given up" in words_of(shown)
    assert {each.fields["_act"] for each in forms_of(shown) if "_act" in each.fields} == set()


async def test_an_issued_version_becomes_a_paper_and_an_edition(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU)
    target = (await rows_of(world, "consolidations"))[0]["target_id"]
    await issue(world, target)
    approved = await decided(world, target, "council")
    other = await decided(world, world.version)

    shown = await officer.get(here)
    paper = await officer.send(here, form_of(shown, "issuePaper"), **{"series!": "PC", "serial": "618"})
    form = form_of(shown, "publishEdition")
    refused = await officer.send(here, form, **{"label!": "2018 edition", "decisionId": other})
    published = await officer.send(here, form, **{"label!": "2018 edition", "decisionId": approved})
    said = await officer.read(published.headers["location"])

    assert paper.status_code == 303
    assert refused.status_code == 422
    assert published.status_code == 303
    assert "PC0618Ea" in said
    assert "Published as 2018 edition" in said


async def test_a_delegate_reads_an_issued_one_without_forms_and_nothing_of_one_that_is_being_made(
    world: World, desk
) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    delegate = await desk("japan")
    (conflict,) = await rows_of(world, "text_conflicts")
    form = form_of(await officer.get(here), "settleConflict")
    sent = {"_choice": side_in(form, "shall"), "reason!": "Clear."}

    hidden = [await delegate.get(path) for path in (here, f"/conflicts/{conflict['id']}")]
    nothing = [await delegate.get(path) for path in ("/consolidations/CON_1", "/conflicts/CFL_1", "/conflicts/x")]
    forged = await delegate.forge(here, form, **sent)

    assert {each.status_code for each in (*hidden, *nothing, forged)} == {404}
    assert {each.text for each in (*hidden, *nothing, forged)} == {hidden[0].text}
    assert (await rows_of(world, "text_conflicts"))[0]["status"] == "OPEN"

    await officer.send(here, form, **sent)
    await issue(world, (await rows_of(world, "consolidations"))[0]["target_id"])
    shown = await delegate.get(f"{here}?at={world.keys[1]}")

    assert "Conflict settled" in words_of(shown)
    assert forms_of(shown) == []
    assert "Draft 2" in await delegate.read("/consolidations")


async def test_who_leads_a_body_reads_the_workbench_without_forms(world: World, desk) -> None:
    _, here = await bench_of(world, desk, UPU, GEA)
    coordinator = await desk("canada")

    shown = await coordinator.get(here)
    listed = await coordinator.get("/consolidations")

    assert "Not settled yet: the Secretariat settles it." in words_of(shown)
    assert forms_of(shown) == forms_of(listed) == []
    assert "Draft 2" in words_of(listed)


async def test_a_delegate_who_sends_the_form_of_an_officer_is_refused(world: World, desk) -> None:
    await accepted(world, UPU)
    officer, delegate = await desk("secretariat"), await desk("japan")
    form = form_of(await officer.get("/consolidations"), "consolidate")
    before = await everything(world)

    refused = await delegate.forge("/consolidations", form)

    assert refused.status_code == 422
    assert await everything(world) == before


async def test_a_conflict_leads_to_its_place_in_the_workbench(world: World, desk) -> None:
    officer, here = await bench_of(world, desk, UPU, GEA)
    (conflict,) = await rows_of(world, "text_conflicts")

    led = await officer.get(f"/conflicts/{conflict['id']}")

    assert led.status_code == 303
    assert led.headers["location"] == f"{here}?at={world.keys[1]}#{conflict['id']}"
    assert f'id="{conflict["id"]}"' in (await officer.get(led.headers["location"])).text


async def test_markup_in_what_people_write_stays_words(world: World, desk) -> None:
    attack = '<img src=x onerror="alert(1)">'
    officer, here = await bench_of(world, desk, ("upu", 1, "should exchange", attack), GEA)
    form = form_of(await officer.get(here), "settleConflict")

    pages = [await officer.send(here, form, _choice="own", words=attack, **{"reason!": attack, "_preview": ""})]
    await officer.send(here, form, _choice="own", words=attack, **{"reason!": attack})
    pages += [await officer.get(f"{here}{query}") for query in ("", f"?at={world.keys[1]}", "?view=check")]

    for page in pages:
        assert "<img" not in page.text
    assert attack in words_of(pages[2])


@pytest.mark.rest
async def test_many_changed_provisions_cost_as_many_statements_as_few_and_fit_the_line(world: World, desk) -> None:
    text = "\n\n".join(f"{each}. Administrations look at consignment {each}." for each in range(1, 61))
    await with_standards(world, f"# Guidelines\n\n{text}")
    officer = await desk("secretariat")
    counts = []
    for places in (range(1, 4), range(4, 61)):
        changes = [reword(world, each, f"Administrations shall look at consignment {each}.") for each in places]
        here = f"/consolidations/{(await amend(world, *changes)).id}"
        form = form_of(await officer.get(here), "abandonVersion")
        with statements(world.database) as seen:
            bench = await officer.get(here)
        counts.append(len(seen))
        if len(counts) == 1:
            await officer.send(here, form, **{"reason!": "More is coming."})

    assert counts[0] == counts[1]
    assert len(gzip.compress(bench.content)) < 25_000
    assert "60 of 60 changed provisions are ready" in words_of(bench)
    assert bench.text.count("?at=") == 51
    assert "Provisions after these" in words_of(bench)
    assert "Provisions before these" in await officer.read(f"{here}?at={world.keys[60]}")


async def test_a_deletion_and_words_in_the_same_provision_are_shown_as_what_they_ask(world: World, desk) -> None:
    cycle = await open_cycle(world)
    await agreed(world, cycle, AmendmentContent(AmendmentKind.DELETE, world.keys[3]))
    await agreed(world, cycle, reword(world, 3, "Small parcels shall be released."))
    here = f"/consolidations/{(await consolidate(world)).id}"
    officer = await desk("secretariat")

    said = await officer.read(here)

    assert "[deleted: Small parcels should be released on arrival where the risk is low. ]" in said
    assert "[deleted: should ] [inserted: shall ] be released" in said
