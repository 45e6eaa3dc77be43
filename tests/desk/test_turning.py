"""Characters that turn the direction of writing: harmless wherever a page shows what people wrote."""

import re

import pytest
from sqlalchemy import update

from server.models.parties import Party, Person
from server.web.look.changes import mark_up
from server.web.look.isolation import reveal, settle
from tests.factories.rounds import open_round, submit
from tests.factories.world import World

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
RIGHT_TO_LEFT = "\u05d9\u05e4\u05df"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>plain \u00e9</p>", "<p>plain \u00e9</p>"),
        ("<h1>a\u202eb</h1>", "<h1>ab</h1>"),
        (f"<p>\u2068{RIGHT_TO_LEFT}\u202e\u2069 1</p>", f"<p>\u2068{RIGHT_TO_LEFT}\u2069 1</p>"),
        ("<p>a\u2068b</p><p>c\u2069d</p>", "<p>ab</p><p>cd</p>"),
        ('<td data-label="a\u202eb">c</td>', '<td data-label="ab">c</td>'),
        ('<input value="a\u202eb">', '<input value="a\u202eb">'),
        ("<textarea>\na\u202eb</textarea>c\u202ed", "<textarea>\na\u202eb</textarea>cd"),
    ],
)
def test_only_fields_of_forms_keep_what_turns(markup: str, shown: str) -> None:
    assert settle(markup) == shown


def test_a_change_that_cannot_be_seen_is_written_as_its_code() -> None:
    runs = [{"kind": "KEEP", "text": "a "}, {"kind": "INSERT", "text": "\u202e"}]

    assert reveal("a\u202eb\u2069") == "a[U+202E]b[U+2069]"
    assert "<ins>" in mark_up(runs, {"INSERT": "inserted"})
    assert "[U+202E]" in mark_up(runs, {"INSERT": "inserted"})


@pytest.mark.database
async def test_titles_names_and_wordings_turn_nothing_on_any_page(desk, world: World) -> None:
    round_id = await open_round(world, title="Views\u202e\u2066")
    comment_id = await submit(world, "japan", round_id, text="Text\u202e", reason="Reason\u2067")
    async with world.database.writing() as session:
        await session.execute(update(Party).values(name=Party.name + "\u202e", short_name=Party.short_name + "\u202e"))
        await session.execute(update(Person).values(name=Person.name + "\u2066"))
    visitor = await desk("japan")
    paths = ["/", "/texts", f"/texts/{world.version}", f"/rounds/{round_id}", f"/comments/{comment_id}", "/points"]

    for path in (
        *paths,
        "/delegation",
        "/search?q=comments",
        "/bodies",
        "/journal",
        f"/texts/{world.version}?on=general",
    ):
        answer = await visitor.get(path)
        assert answer.status_code == 200, path
        shown = re.sub(r"<textarea.*?</textarea>|<input[^>]*>|data-[a-z]+=\"[^\"]*\"", "", answer.text, flags=re.DOTALL)
        assert not set(shown) & set(TURNING), path
