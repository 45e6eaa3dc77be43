"""The acts of forms, forms that are shown again, changes as markup, and times."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from server.web.desk.acts import _issue_of, act_of
from server.web.desk.sent import Sent
from server.web.look.changes import mark_up
from server.web.look.languages import name_of
from server.web.look.rendering import environment
from server.web.look.times import Times
from server.web.pages.forms import Fault, TurnedAway

WORDS = {"INSERT": "inserted", "DELETE": "deleted"}
NOW = datetime(2026, 11, 27, 1, 21, 4, tzinfo=UTC)
TOKYO = Times("en", "Asia/Tokyo", NOW)
CLOSES = "2026-12-08T16:00:00Z"


def sent(refusal: dict[str, object] | None, *pairs: tuple[str, str]) -> Sent:
    """Return a form that is shown again."""
    return Sent("submitComment", "comment", pairs, refusal)


def test_the_act_is_the_first_that_a_form_names() -> None:
    assert act_of([("text", "a"), ("_act", "fileIt"), ("_act", "other")], {"fileIt"}) == "fileIt"


@pytest.mark.parametrize("pairs", [[], [("_act", "closeEverything")], [("_act", "")]])
def test_an_act_that_the_page_has_no_form_for_is_turned_away(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(TurnedAway) as away:
        act_of(pairs, {"fileIt"})
    assert away.value.status == 400


@pytest.mark.parametrize(
    ("message", "path", "words"),
    [
        (
            "Variable '$input' has invalid value: Expected value of type 'In' to include required field 'text', "
            "found: {'secret': 'x'}.",
            ["text"],
            "must not be empty",
        ),
        (
            "Variable '$input' has invalid value at .quotation: Expected value of type 'Q' to include required field "
            "'exact', found: {}.",
            ["quotation", "exact"],
            "must not be empty",
        ),
        ("Variable '$input' has invalid value at .type: Value 'X' is none.", ["type"], "Value 'X' is none."),
        ("Something else", [], "Something else"),
    ],
)
def test_an_error_of_a_variable_is_a_fault_of_its_field(message: str, path: list[str], words: str) -> None:
    assert _issue_of(message) == {"path": path, "message": words}


def test_a_form_that_is_shown_again_gives_back_what_was_written() -> None:
    form = sent(None, ("ids", "a"), ("ids", "b"), ("text", ""))
    assert (form.get("ids"), form.all("ids"), form.get("text", "x"), form.get("none", "x")) == (
        "b",
        ["a", "b"],
        "",
        "x",
    )


def test_a_form_that_is_only_looked_at_has_no_faults() -> None:
    form = sent(None)
    assert (form.faults, form.is_stale, form.is_late) == ([], False, False)


def test_faults_stand_at_their_fields() -> None:
    issues = [{"path": ["amendments", 0, "kind"], "message": "say which"}]
    assert sent({"kind": "INVALID", "message": "No", "issues": issues}).faults == [
        Fault("amendments.0.kind", "say which")
    ]


@pytest.mark.parametrize(
    ("kind", "is_stale", "is_late"), [("STALE", True, False), ("NOT_NOW", False, True), ("FORBIDDEN", False, False)]
)
def test_a_refusal_without_issues_is_a_fault_of_the_whole(kind: str, *, is_stale: bool, is_late: bool) -> None:
    form = sent({"kind": kind, "message": "Not like this.", "issues": None})
    assert (form.faults, form.is_stale, form.is_late) == ([Fault("", "Not like this.")], is_stale, is_late)


def test_changes_are_marked_and_said_with_space_outside() -> None:
    runs = [
        {"kind": "KEEP", "text": "It <may> "},
        {"kind": "DELETE", "text": "be "},
        {"kind": "INSERT", "text": " not & "},
        {"kind": "INSERT", "text": "  "},
    ]
    assert mark_up(runs, WORDS) == Markup(
        "It &lt;may&gt; "
        '<del><span class="unseen">[deleted: </span>be<span class="unseen">]</span></del> '
        ' <ins><span class="unseen">[inserted: </span>not &amp;<span class="unseen">]</span></ins> '
        "  "
    )


def test_markup_in_a_change_stays_words() -> None:
    marked = mark_up([{"kind": "INSERT", "text": "</ins><script>"}], WORDS)
    assert "<script>" not in marked
    assert marked.count("</ins>") == 1


def test_translations_escape_their_variables_once() -> None:
    template = environment().from_string("{{ _('%(a)s is 5%% of %(b)s', a='<x>', b=safe) }} {{ _('100%%') }}")
    assert template.render(safe=Markup("<b>y</b>")) == "&lt;x&gt; is 5% of <b>y</b> 100%"


def test_plurals_are_counted() -> None:
    template = environment().from_string(
        "{% trans count=n %}{{ count }} word{% pluralize %}{{ count }} words{% endtrans %}"
    )
    assert [template.render(n=n) for n in (1, 2)] == ["1 word", "2 words"]


def test_templates_look_into_dicts_first_and_find_their_methods_too() -> None:
    template = environment().from_string("{{ d.items }} {{ d.get('none', 'x') }} {{ e.keys() | join }}")
    assert template.render(d={"items": "mine"}, e={"a": 1}) == "mine x a"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (TOKYO.instant(CLOSES, "Europe/Brussels"), "Tue 8 December 2026, 17:00"),
        (TOKYO.instant(CLOSES), "Wed 9 December 2026, 01:00"),
        (TOKYO.second(NOW, "Europe/Brussels"), "Fri 27 November 2026, 02:21:04"),
        (TOKYO.clock(CLOSES), "01:00"),
        (TOKYO.day(CLOSES), "9 December 2026"),
        (TOKYO.short("2026-12-08"), "8 Dec 2026"),
        (TOKYO.weekday(date(2026, 12, 8)), "Tue 8 December 2026"),
        (TOKYO.month("2026-12-08"), "December 2026"),
        (TOKYO.place(), "Tokyo"),
        (TOKYO.place("Europe/Brussels"), "Brussels"),
    ],
)
def test_times_are_those_of_the_reader_or_of_the_announcement(said: str, words: str) -> None:
    assert said == words


def test_days_are_counted_in_the_zone_of_the_reader() -> None:
    assert TOKYO.days_until(CLOSES) == 12
    assert Times("en", "Europe/Brussels", NOW).days_until(CLOSES) == 11
    assert TOKYO.days_until("2026-11-26") == -1


def test_an_instant_is_past_at_itself_and_soon_until_two_weeks() -> None:
    assert TOKYO.is_past(NOW)
    assert not TOKYO.is_past(CLOSES)
    assert TOKYO.is_soon(CLOSES)
    assert not TOKYO.is_soon(CLOSES, days=11)
    assert not TOKYO.is_soon(NOW)


def test_the_same_instant_can_be_another_day_elsewhere() -> None:
    assert not TOKYO.is_same_day(CLOSES, "Europe/Brussels")
    assert TOKYO.is_same_day("2026-12-08T10:00:00Z", "Europe/Brussels")


def test_days_from_one_to_another_are_said_in_the_language_of_the_reader() -> None:
    french = Times("fr", "Europe/Brussels", NOW)

    assert french.span("2019-04-01", "2019-06-30") == "1 avr.\u2009\u2013\u200930 juin 2019"
    assert french.span("2018-10-01", "2019-06-30") == "1 oct. 2018\u2009\u2013\u200930 juin 2019"
    assert french.span("2019-04-01", "2019-04-01") == "1 avril 2019"


@pytest.mark.parametrize(
    ("label", "language"),
    [
        *((label, "en") for label in ("2nd quarter 2019", "before the PTC", "May 2018", "due in March 2019", "August")),
        *((label, "fr") for label in ("2e trimestre 2019", "fin mai 2019", "d'avril au 3 juin", "avant le PTC")),
        *((label, "de") for label in ("2019", "Q3 2020", "2019-06-30")),
    ],
)
def test_period_is_read_in_the_language_in_which_it_is_printed(label: str, language: str) -> None:
    assert Times("de", "Europe/Brussels", NOW).print_language(label) == language


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "English"), ("pt-BR", "Portuguese (Brazil)"), ("x1-nonsense!", "x1-nonsense!")]
)
def test_languages_have_names(tag: str, name: str) -> None:
    assert name_of(tag, "en") == name
