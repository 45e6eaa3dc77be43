"""What is written into a template when it is compiled."""

import pytest

from server.web.look.rendering import environment


@pytest.mark.parametrize(
    ("source", "french"),
    [
        ("{% trans %}Yes{% endtrans %}", "Oui"),
        ("{{ _('Yes') }}, {{ gettext('Yes') }}", "Oui, Oui"),
        ("{{ _('Yes') | upper }}", "OUI"),
    ],
)
def test_words_without_variables_are_looked_up_when_a_template_is_compiled(source: str, french: str) -> None:
    templates = environment("fr").overlay()
    template = templates.from_string(source)
    templates.globals = {}

    assert "gettext" not in templates.compile(source, raw=True)
    assert template.render() == french


def test_words_with_variables_are_put_together_at_every_page() -> None:
    source = "{% trans count=count %}{{ count }} comment{% pluralize %}{{ count }} comments{% endtrans %}"
    template = environment("fr").from_string(source)

    assert [template.render(count=count) for count in (1, 3)] == ["1 observation", "3 observations"]


def test_a_percent_sign_in_words_stays_one() -> None:
    assert environment("en").from_string("{% trans %}100 %{% endtrans %}").render() == "100 %"


@pytest.mark.parametrize(("is_shown", "words"), [(True, "shown."), (False, ".")])
def test_an_if_without_an_else_is_empty(is_shown: bool, words: str) -> None:
    source = "{{ 'shown' if is_shown }}."

    assert "cond_expr_undefined(" not in environment("en").compile(source, raw=True)
    assert environment("en").from_string(source).render(is_shown=is_shown) == words
