"""A client that mistypes a name is told the name that it meant, except in production."""

import pytest

from tests.transport.sample import endpoint, post


@pytest.mark.parametrize(
    ("sent", "suggestion"),
    [
        ({"query": "{ helo }"}, "Did you mean 'hello'"),
        ({"query": "query($x: Strin) { hello }"}, "Did you mean 'String'"),
        ({"query": '{ pick(choice: {nam: "x"}) }'}, "Did you mean 'name'"),
        ({"query": "query($c: Choice!) { pick(choice: $c) }", "variables": {"c": {"nam": "x"}}}, "Did you mean 'name'"),
    ],
)
async def test_unknown_name_is_answered_with_a_suggestion_outside_production_only(sent, suggestion):
    developing = await post(endpoint(), sent)
    producing = await post(endpoint(introspection=False), sent)

    assert suggestion in developing.text
    assert "Did you mean" not in producing.text
    assert developing.status_code == producing.status_code
