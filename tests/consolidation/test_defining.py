"""Terms whose definition changed, with the places that use them."""

from server.domain.consolidation.rules.defining import find_redefined
from server.domain.texts.rules.provisions import DefinedTerm, NumberedProvision, TermUse, list_own_terms
from server.vocabulary.consolidation import ExceptionKind
from server.vocabulary.texts import UnitKind
from tests.consolidation.test_actions import check, issue
from tests.consolidation.test_renumbering import amend, reword, with_standards
from tests.factories.api import Api
from tests.factories.world import World

WORDS = (
    "“Parcel” means a package of up to 30 kg.",
    "“Vendor” means whoever sells.",
    "A Parcel is released at once. Parcels may wait.",
    "Nobody else is bound.",
)


def text_of(*words: str) -> list[NumberedProvision]:
    """Numbered paragraphs with these words."""
    return [
        NumberedProvision(f"p{place}", UnitKind.PARAGRAPH, 0, f"{place}.", text, None)
        for place, text in enumerate(words, start=1)
    ]


def told(*words: str) -> list[tuple[str, str, str | None]]:
    """Provision, term and explanation of each changed definition."""
    found = find_redefined(text_of(*WORDS), text_of(*words))
    assert {each.kind for each in found} <= {ExceptionKind.DEFINITION_CHANGED}
    return [(each.key, each.words, each.explanation) for each in found]


def test_terms_are_listed_with_their_uses() -> None:
    provisions = tuple(text_of(*WORDS))

    assert list_own_terms(provisions) == (
        DefinedTerm("Parcel", "p1", (TermUse("p3", 2, 8), TermUse("p3", 30, 37))),
        DefinedTerm("Vendor", "p2", ()),
    )


def test_a_changed_definition_says_where_its_term_is_used() -> None:
    assert told(*WORDS) == []
    assert told(WORDS[0].replace("30", "20"), *WORDS[1:]) == [
        ("p1", "Parcel", "Used in 2 places: 3. “A Parcel is released …”.")
    ]
    assert told(WORDS[0], "“Vendor” means who sells.", *WORDS[2:]) == [("p2", "Vendor", "Used nowhere else.")]


def test_a_definition_that_is_gone_says_where_its_term_is_still_used() -> None:
    assert told("Nothing is defined.", WORDS[1], "One Parcel only.") == [
        ("p1", "Parcel", "Used in 1 place: 3. “One Parcel only.”.")
    ]


def test_long_lists_of_places_are_cut() -> None:
    more = [f"A Parcel of kind {number}." for number in range(25)]

    ((_, _, explanation),) = told(WORDS[0].replace("30", "20"), WORDS[1], *more)

    assert explanation is not None
    assert explanation.startswith("Used in 25 places: 3. “A Parcel of kind …”, 4. ")
    assert explanation.endswith(" and 5 more provisions.")


async def test_the_check_lists_a_changed_definition_and_does_not_block(world: World) -> None:
    await with_standards(world, "\n\n".join(f"{place}. {text}" for place, text in enumerate(WORDS, start=1)))
    made = await amend(world, reword(world, 0, WORDS[0].replace("30", "20")))

    assert await check(world, made) == [
        (ExceptionKind.DEFINITION_CHANGED, "", "Parcel", "Used in 2 places: 3. “A Parcel is released …”.")
    ]
    await issue(world, made.target_id)


async def test_defined_terms_are_read_by_those_who_see_the_version(api: Api) -> None:
    markdown = "\n\n".join(WORDS)
    sent = {"title": "Guidelines", "shortTitle": "Guidelines", "label": "Draft 1", "markdown": markdown}
    version = (await api.act("secretariat", "importText", **sent))["textVersion"]
    detail = await api.ask("secretariat", "VersionDetail", id=version["id"])
    keys = [node["key"] for node in detail["textVersion"]["provisions"]["nodes"]]

    seen = await api.ask("secretariat", "DefinedTerms", textVersionId=version["id"])
    hidden = await api.ask("japan", "DefinedTerms", textVersionId=version["id"])

    assert seen["definedTerms"] == [
        {
            "term": "Parcel",
            "key": keys[0],
            "uses": [{"key": keys[2], "start": start, "end": end} for start, end in ((2, 8), (30, 37))],
        },
        {"term": "Vendor", "key": keys[1], "uses": []},
    ]
    assert hidden == {"definedTerms": None}
