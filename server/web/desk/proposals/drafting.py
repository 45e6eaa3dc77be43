"""Writing a proposal: amendments are added one by one, by finding a provision and editing its words."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.proposals.blocks import AmendmentBlock, blocks_in, blocks_of, keys_in, press, with_blocks
from server.web.desk.proposals.finding import find_condition
from server.web.desk.proposals.lists import read_parties
from server.web.desk.sent import PREVIEW, Sent
from server.web.desk.visits import Visit, found

FORM = "proposal"
READ = "instruct"
"""The button that reads instructions in words."""
INSTRUCTIONS = "_instructions"
"""The field with instructions in words."""
MOST_KEYS = 100
"""Provisions that are looked up by key: a page of them."""
MOST_PREVIEWS = 40
"""Changed provisions whose redline is shown; a longer proposal shows those of the first."""


class TextToAmend(NamedTuple):
    """What an amended text says: the version, its provisions that the form names by key, and those that were sought."""

    version: Mapping[str, Any]
    named: Mapping[str, Mapping[str, Any]]
    sought: Mapping[str, Any]


async def show_new(visit: Visit) -> Response:
    """Return the form of a new proposal on a version, or the versions to choose from."""
    version_id = visit.query.get("version", "")
    if not version_id:
        answer = await visit.read("TextChoices", first=50, after=visit.query.get("after"))
        return visit.render("proposals/choose.html", instruments=answer["instruments"])
    cycles = (await visit.read("CycleList", orderBy="OPENS_ON_DESC", first=50))["reviewCycles"]["nodes"]
    return await _show_form(visit, version_id, [], cycles=cycles, proposal=None)


async def show_revision(visit: Visit) -> Response:
    """Return the form of a draft, which then goes on on the newest issued version."""
    proposal = found((await visit.read("ProposalDetail", id=visit.parameter("id")))["proposal"])
    blocks = blocks_of(proposal["amendments"]["nodes"])
    return await _show_form(visit, proposal["textVersion"]["id"], blocks, cycles=[], proposal=proposal)


async def _show_form(visit: Visit, version_id: str, blocks: list[AmendmentBlock], **values: Any) -> Response:
    """Return the form: as it begins, after a button of it was pressed, or after it was refused."""
    sent, button = visit.sent, _button(visit)
    if sent:
        blocks = blocks_in(sent.pairs)
    basis = await _read_newest(visit, version_id, blocks, button)
    instructions = sent.get(INSTRUCTIONS) if sent else ""
    preview = await _read_instructions(visit, basis, instructions) if button == READ else None
    is_clear = bool(preview and preview.get("questions") == [])
    if preview and is_clear:  # none is added while something is open, so that reading again adds none twice
        blocks = [*blocks, *blocks_of(preview["amendments"])]
        basis = await _read_basis(visit, basis.version["id"], blocks, button)
    if sent is None or not sent.refusal:
        blocks = press(blocks, button, {key: provision["text"] for key, provision in basis.named.items()})
    if sent:
        visit.sent = Sent(sent.act, sent.form, with_blocks(sent.pairs, blocks), sent.refusal, sent.times)
    return visit.render(
        "proposals/form.html",
        form=FORM,
        blocks=blocks,
        basis=basis,
        find=sent.get("_find") if sent else "",
        finds=bool(sent and not sent.refusal),
        previews=await _preview(visit, basis, blocks),
        parties=await read_parties(visit),
        instructions="" if is_clear else instructions,
        reading=preview,
        joining=_joining(visit, values["proposal"]),
        **values,
    )


def _button(visit: Visit) -> str:
    """Return the button that was pressed. A link to the form can name the provision that is to change."""
    if visit.sent:
        return visit.sent.get(PREVIEW)
    return f"MODIFY:{visit.query['on']}" if visit.query.get("on") else ""


def _issued_after(version: Mapping[str, Any]) -> str:
    """Return the id of a later issued version, "" if there is none."""
    return next((str(each["id"]) for each in version["next"]["nodes"] if each["status"] == "ISSUED"), "")


async def _read_newest(visit: Visit, version_id: str, blocks: Sequence[AmendmentBlock], button: str) -> TextToAmend:
    """Return what the last version says that follows a version. Versions in a ring would follow each other for ever."""
    basis = await _read_basis(visit, version_id, blocks, button)
    passed = {version_id}
    while (newer := _issued_after(basis.version)) and newer not in passed:
        passed.add(newer)
        basis = await _read_basis(visit, newer, blocks, button)
    return basis


async def _read_basis(visit: Visit, version_id: str, blocks: Sequence[AmendmentBlock], button: str) -> TextToAmend:
    keys = keys_in(blocks, button)[:MOST_KEYS]
    sought = find_condition(visit.sent.get("_find") if visit.sent else "")
    answer = await visit.read("TextToAmend", id=version_id, named={"key": keys}, sought=sought)
    version = found(answer["textVersion"])
    return TextToAmend(version, {each["key"]: each for each in version["named"]["nodes"]}, version["sought"])


async def _read_instructions(visit: Visit, basis: TextToAmend, instructions: str) -> Mapping[str, Any] | None:
    """Return what instructions in words make of the text: amendments and questions, or the refusal of the words."""
    variables = {"textVersionId": basis.version["id"], "instructions": instructions.replace("\r\n", "\n")}
    answer = await visit.read("PreviewInstructions", **variables, language=visit.language)
    preview: Mapping[str, Any] | None = answer["previewInstructions"]
    return preview


async def _preview(visit: Visit, basis: TextToAmend, blocks: Sequence[AmendmentBlock]) -> dict[int, Mapping[str, Any]]:
    """Return what the amendments make of the provisions, by place in the form; nothing where words stay as they are."""
    changed = [
        (place, basis.named[block.provision_key], block.wording.replace("\r\n", "\n"))
        for place, block in enumerate(blocks)
        if block.kind == "MODIFY" and block.wording.strip() and block.provision_key in basis.named
    ]
    questions = [
        (place, {"provisionId": provision["id"], "wording": wording})
        for place, provision, wording in changed[:MOST_PREVIEWS]
        if wording != provision["text"]
    ]
    answers = await visit.read_all(*(("PreviewWording", variables) for _, variables in questions)) if questions else []
    return {
        place: answer["previewWording"]
        for (place, _), answer in zip(questions, answers, strict=True)
        if answer["previewWording"]
    }


def _joining(visit: Visit, proposal: Mapping[str, Any] | None) -> list[str]:
    """Return the ids of the parties that are ticked as co-sponsors."""
    if visit.sent:
        return visit.sent.all("coSponsorIds")
    return [each["party"]["id"] for each in proposal["coSponsors"]["nodes"]] if proposal else []
