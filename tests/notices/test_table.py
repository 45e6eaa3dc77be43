"""The table of notices knows every act: by a row, or by a reason to be silent."""

import re

from server.domain.notices.queries.table import ANNOUNCEMENTS, MOMENTS, ROWS, SILENT, TELLINGS
from server.domain.rights.rules.areas import all_acts
from server.vocabulary.parties import Language
from server.web.desk.routes import PAGES

OTHER = {
    "officer.appointed",
    "delegate.seeded",
    "invitation.accepted",
    "comment.closed",
    "comment.draft_closed",
    "sealed_comments.read",
}
"""Tags of entries that come of no act that a policy lists."""


def test_every_act_has_a_row_or_a_reason_to_be_silent() -> None:
    tags = {act.tag for act in all_acts()} | OTHER
    told = {row.act for row in TELLINGS}

    assert tags - told - SILENT.keys() == set(), (
        "say in server/domain/notices/queries/table.py what is told, or why not"
    )
    assert told - tags == set()
    assert SILENT.keys() - tags == set()
    assert told & SILENT.keys() == set()


def test_names_are_unique_and_pages_exist() -> None:
    paths = [re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(page.path))) for page in PAGES]

    assert len(ROWS) == len(TELLINGS) + len(MOMENTS) + len(ANNOUNCEMENTS)
    for row in ROWS.values():
        address = row.page.format(subject="RND_1", object="RND_2")
        assert any(path.fullmatch(address) for path in paths), row.page


def test_sentences_name_their_object_once_in_both_languages() -> None:
    for row in ROWS.values():
        for language in Language:
            said = row.words.say("T1", language)
            assert said.count("T1") == 1, row.name
            assert said.endswith((".", "».")), row.name
        assert "« T1 »" in row.words.french.replace("{title}", "T1") or "“" not in row.words.english
