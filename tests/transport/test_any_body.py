"""Whatever is sent, the answer is JSON and never a failure of the server."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transport.sample import endpoint, send

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
TEXTS = st.text('{}()[]:!.@$# aQF"\\\n', max_size=20) | st.sampled_from(
    ["{hello}", "query Q($v:Int){number(value:1) hello(name:$w)}", "query Q($v:Choice!){pick(choice:$v)}"]
)
REQUESTS = st.fixed_dictionaries(
    {"query": TEXTS | JSON_VALUES},
    optional={
        "variables": st.fixed_dictionaries({"v": JSON_VALUES}) | JSON_VALUES,
        "operationName": st.just("Q") | JSON_VALUES,
        "extensions": st.fixed_dictionaries({"persistedQuery": JSON_VALUES}) | JSON_VALUES,
        "documentId": JSON_VALUES,
    },
)
APP = endpoint()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40) | REQUESTS.map(lambda request: json.dumps(request).encode()))
async def test_post_of_anything_is_never_a_failure_of_the_server(body):
    response = await send(body, app=APP)

    assert response.status_code in {200, 400}
    assert response.json().keys() <= {"data", "errors"}
    assert all(error["extensions"]["code"] != "INTERNAL" for error in response.json().get("errors", ()))
