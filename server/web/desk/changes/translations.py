"""The languages of a text: what a translation owes to the original, and both side by side."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.responses import Response

from server.kernel.sorting import sort_key
from server.web.desk.visits import Visit, found
from server.web.look.languages import locale_of

ACTS = frozenset({"openLanguageVersion", "translateProvision"})
PAGE = 50


class LanguageRow(NamedTuple):
    """A language of a text: its name for the reader, its newest version, and the one that is being made, if any."""

    name: str
    newest: Mapping[str, Any]
    working: Mapping[str, Any] | None


class SideBySide(NamedTuple):
    """A provision of a translation and the same one of the original, None where it does not stand there."""

    translation: Mapping[str, Any]
    original: Mapping[str, Any] | None


async def show(visit: Visit) -> Response:
    """Return the page of the languages of a version: of a translation, what it owes or its text beside the original."""
    version_id, after = visit.parameter("version"), visit.query.get("after")
    is_whole = visit.query.get("view") == "all"
    answers = await visit.read_all(
        ("VersionsOfText", {"id": version_id}),
        # in the view of the whole text a cursor is one of its provisions
        (
            "TranslationDebtOfVersion",
            {"textVersionId": version_id, "first": PAGE, "after": None if is_whole else after},
        ),
    )
    version, translation = (found(answer["textVersion"]) for answer in answers)
    is_beside = is_whole and not version["isOriginal"]
    beside, info = await _read_beside(visit, version, after) if is_beside else ([], {"hasNextPage": False})
    return visit.render(
        "changes/translations.html",
        version=version,
        languages=languages_of(version["instrument"]["versions"]["nodes"], visit.language),
        following={each["id"] for each in translation["translations"]["nodes"]},
        debt=translation["translationDebt"],
        is_beside=is_beside,
        beside=beside,
        info=info,
        name_of=lambda tag: name_of(tag, visit.language),
    )


def lead_to_next(visit: Visit, act: str, fact: dict[str, Any]) -> str:
    """Return the page of the version that was made by an act, "" for the page itself."""
    return f"/texts/{fact['textVersion']['id']}/translations" if act == "openLanguageVersion" else ""


async def _read_beside(
    visit: Visit, version: Mapping[str, Any], after: str | None
) -> tuple[list[SideBySide], Mapping[str, Any]]:
    """Return a page of the provisions of a translation with those of the original."""
    answer = await visit.read("ProvisionList", id=version["id"], first=PAGE, after=after)
    page = answer["textVersion"]["provisions"]
    keys = [each["key"] for each in page["nodes"]]
    original = version["follows"]
    originals: dict[str, Mapping[str, Any]] = {}
    if original and keys:
        answer = await visit.read("ProvisionList", id=original["id"], filter={"key": keys}, first=PAGE)
        originals = {each["key"]: each for each in answer["textVersion"]["provisions"]["nodes"]}
    return [SideBySide(each, originals.get(each["key"])) for each in page["nodes"]], page["pageInfo"]


def languages_of(versions: Sequence[Mapping[str, Any]], reader: str) -> list[LanguageRow]:
    """Return the languages of a text in the order of their names for a reader, given up versions left out."""
    rows = []
    for tag in {each["language"] for each in versions}:
        of_language = [each for each in versions if each["language"] == tag and each["status"] != "ABANDONED"]
        issued = [each for each in of_language if each["status"] == "ISSUED"]
        working = [each for each in of_language if each["status"] == "WORKING"]
        if of_language:
            rows.append(LanguageRow(name_of(tag, reader), (issued or working)[-1], working[-1] if working else None))
    return sorted(rows, key=lambda row: sort_key(row.name))


def name_of(tag: str, reader: str) -> str:
    """Return the name of a language, given by its tag, in the language of a reader; the tag if it has none."""
    name: str = locale_of(reader).languages.get(tag, tag)
    return name[:1].upper() + name[1:]
