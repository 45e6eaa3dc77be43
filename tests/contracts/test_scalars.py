"""The scalars take what has their form, and say what the form is."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from graphql import GraphQLError

from server.schema.act_names import EVERY_ACT, ActName
from server.schema.scalars import (
    parse_address,
    parse_day,
    parse_digest,
    parse_instant,
    parse_locale,
    parse_zone,
    show_locale,
)
from server.vocabulary.parties import Language

DIGEST = "0123456789abcdef" * 4
TAKEN: list[tuple[Any, object, object]] = [
    (parse_instant, "2026-03-27T17:00:00+01:00", datetime(2026, 3, 27, 16, tzinfo=UTC)),
    (parse_day, "2026-03-27", date(2026, 3, 27)),
    (parse_zone, "Europe/Brussels", "Europe/Brussels"),
    (parse_zone, "America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
    (parse_zone, "Etc/GMT+3", "Etc/GMT+3"),
    (parse_digest, DIGEST, DIGEST),
    (parse_address, "name@example.org", "name@example.org"),
    (parse_locale, "en", "en"),
    (parse_locale, "PT-br", "pt-BR"),
    (parse_locale, "ZH-HANT-tw", "zh-Hant-TW"),
    (parse_locale, "es-419", "es-419"),
    (parse_locale, "de-CH-1996", "de-CH-1996"),
]
REFUSED: list[tuple[Any, object]] = [
    (parse_instant, "2026-03-27T17:00:00"),
    (parse_instant, "2026-03-27"),
    (parse_instant, 1),
    (parse_day, "2026-3-27"),
    (parse_day, "20260327"),
    (parse_day, "2026-02-30"),
    (parse_day, "2026-03-27T17:00:00Z"),
    (parse_zone, "../../etc/passwd"),
    (parse_zone, "+01:00"),
    (parse_zone, ""),
    (parse_digest, DIGEST.upper()),
    (parse_digest, DIGEST[:-1]),
    (parse_digest, None),
    (parse_address, "Name <name@example.org>"),
    (parse_address, "name"),
    (parse_address, "name@example.org\nBcc: all@example.org"),
    (parse_locale, "ENGLISH"),
    (parse_locale, "en_GB"),
    (parse_locale, ""),
    (parse_locale, 7),
]


@pytest.mark.parametrize(("parse", "value", "expected"), TAKEN)
def test_scalar_takes_its_form(parse: Any, value: object, expected: object) -> None:
    assert parse(value) == expected


@pytest.mark.parametrize(("parse", "value"), REFUSED)
def test_scalar_of_another_form_is_refused_in_words(parse: Any, value: object) -> None:
    with pytest.raises(GraphQLError) as refused:
        parse(value)

    assert refused.value.extensions == {"code": "BAD_USER_INPUT"}
    assert "such as" in refused.value.message or "is " in refused.value.message


def test_locale_of_a_person_is_shown_as_a_tag() -> None:
    assert [show_locale(value) for value in (Language.ENGLISH, Language.FRENCH, "pt-BR")] == ["en", "fr", "pt-BR"]


def test_every_act_has_one_name_and_one_tag() -> None:
    assert {act.name.upper(): act.tag for act in EVERY_ACT} == {
        name: member.value
        for name, member in ActName.__members__.items()  # type: ignore[attr-defined]
    }
    assert len({act.tag for act in EVERY_ACT}) == len(EVERY_ACT)
