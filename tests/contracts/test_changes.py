"""The gate before a release: a break is explained, and nothing goes without notice."""

import json
from datetime import date
from pathlib import Path

import pytest
from graphql import build_schema

from server.kernel.clock import utc_now
from server.schema.root import schema
from server.tools.contracts.changes import build_page, find_last_release, list_changes, list_faults
from tests.factories.api import CONTRACTS

CHANGELOG = (CONTRACTS.parent / "CHANGELOG.md").read_text(encoding="utf-8")
TODAY = date(2027, 6, 1)
OLD = """
    type Query { comment(id: ID!, first: Int, least: Int = 1): Comment  search: String @deprecated(reason: "REASON") }
    type Comment { id: ID! version: Int! text: String }
    enum Verdict { ACCEPTED NOTED }
    input Wanted { text: String }
    input Chosen { count: Int = 1 }
    input Other { one: Int two: Int }
    union Fact = Comment
"""
REASON = "Ask comment. Removed after 2027-05-31."


def faults(folder: Path, new: str, *, changelog: str = "", advice: dict[str, str] | None = None) -> list[str]:
    """Return the faults of a schema after a release of OLD, with this entry in the changelog."""
    (folder / "instead.json").write_text(json.dumps(advice or {}), encoding="utf-8")
    written = f"# Changelog\n\n## Unreleased\n\n{changelog}\n\n## 0.3.0\n\n- `Comment.version` is new.\n"
    return list(list_faults(folder, build_schema(new), written, TODAY))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A contracts folder of which OLD is the last release, with an older release beside it."""
    return released(tmp_path, "0.3.0")


def released(folder: Path, number: str, reason: str = REASON) -> Path:
    """Write the releases of a folder."""
    (folder / "releases").mkdir(exist_ok=True)
    (folder / "releases" / "0.0.9.graphql").write_text("type Query { nothing: Int }", encoding="utf-8")
    (folder / "releases" / f"{number}.graphql").write_text(OLD.replace("REASON", reason), encoding="utf-8")
    return folder


CURRENT = OLD.replace("REASON", REASON)


def test_this_schema_may_be_released() -> None:
    assert list(list_faults(CONTRACTS, schema._schema, CHANGELOG, utc_now().date())) == []


def test_changelog_leads_to_the_page_of_changes() -> None:
    unreleased = CHANGELOG.partition("## Unreleased")[2].partition("\n## ")[0]

    assert "(frontend-contracts/CHANGES.md)" in unreleased


def test_newest_release_is_found_by_number_and_not_by_spelling(tmp_path: Path) -> None:
    released(tmp_path, "0.9.0")
    released(tmp_path, "0.10.0")

    assert find_last_release(tmp_path)[0] == (0, 10, 0)


def test_schema_that_only_grows_needs_no_word(folder: Path) -> None:
    grown = CURRENT.replace("text: String }\n    enum", "text: String more: Int }\n    enum").replace(
        "NOTED", "NOTED NEW"
    )

    assert faults(folder, grown) == []


BREAKS = [
    (CURRENT.replace("text: String }\n    enum", "text: Int }\n    enum"), "Comment.text"),
    (CURRENT.replace("input Wanted { text: String }", "input Wanted { text: String more: Int! }"), "Wanted.more"),
    (CURRENT.replace("input Wanted { text: String }", "input Wanted { text: String! }"), "Wanted.text"),
    (CURRENT.replace("union Fact = Comment", ""), "Fact"),
    (CURRENT.replace("first: Int", "first: Int!"), "Query.comment(first:)"),
    (CURRENT.replace("id: ID!, first", "id: ID!, more: Int!, first"), "Query.comment(more:)"),
    (CURRENT.replace("least: Int = 1", "least: Int = 2"), "Query.comment(least:)"),
    (CURRENT.replace("least: Int = 1", "least: Int"), "Query.comment(least:)"),
    (CURRENT.replace("count: Int = 1", "count: Int = 2"), "Chosen.count"),
    (CURRENT.replace("input Other {", "input Other @oneOf {"), "Other"),
]


@pytest.mark.parametrize(("new", "name"), BREAKS, ids=lambda each: each if len(each) < 30 else "")
def test_break_is_named_by_its_place_until_somebody_explains_it(folder: Path, new: str, name: str) -> None:
    parts = " ".join(f"`{part}`" for part in name.removeprefix("Query.").strip(":)").replace("(", ".").split("."))
    last = name.rpartition(".")[2]

    (fault,) = faults(folder, new)
    others = faults(folder, new, changelog="- **Changed**: `Verdict` is another.")

    assert f"instead of `{name}`" in fault
    assert others == [fault]
    assert faults(folder, new, changelog=f"- **Changed**: {parts}.") == []
    assert faults(folder, new, changelog=f"- **Changed**: `{name}`.") == []
    assert faults(folder, new, advice={name: "another"}) == []
    assert faults(folder, new, advice={f"*.{last}" if "." in name else name: "another"}) == []


def test_root_type_that_is_gone_is_not_excused_by_any_entry(tmp_path: Path) -> None:
    listening = f"{CURRENT} type Subscription {{ comment: Comment }}"
    released(tmp_path, "0.3.0")
    (tmp_path / "releases" / "0.3.0.graphql").write_text(listening, encoding="utf-8")

    (fault,) = faults(tmp_path, CURRENT, changelog="- **Changed**: `Verdict` is another.")

    assert "instead of `Subscription`" in fault
    assert faults(tmp_path, CURRENT, changelog="- **Changed**: `Subscription` is gone.") == []


def test_two_entries_do_not_name_one_break_together(folder: Path) -> None:
    new = BREAKS[0][0]

    assert len(faults(folder, new, changelog="- `Comment` is better.\n- `text` is a word.")) == 1


def test_advice_that_would_excuse_everything_or_nothing_is_a_fault(folder: Path) -> None:
    everything = faults(folder, BREAKS[0][0], advice={"Comment.*": "anything"})
    nothing = faults(folder, CURRENT, advice={"Comment.text": "another"})

    assert everything == [
        "instead.json advises on `Comment.*`: name the field, or it would excuse whatever breaks next."
    ]
    assert nothing == ["instead.json advises on `Comment.text`, and nothing of that name breaks."]


REMOVED = CURRENT.replace(f'search: String @deprecated(reason: "{REASON}")', "")
EXPLAINED = "- **Changed**: `search` and `Comment.version` are gone."


def test_removal_after_its_day_is_released_and_before_it_is_not(tmp_path: Path) -> None:
    past = faults(released(tmp_path, "0.3.0"), REMOVED, changelog=EXPLAINED)
    today = faults(released(tmp_path, "0.3.0", "Removed after 2027-06-01."), REMOVED, changelog=EXPLAINED)

    assert past == []
    assert today == ["Field Query.search was removed. It was promised until 2027-06-01."]


def test_removal_without_notice_is_a_fault_although_it_is_explained(folder: Path) -> None:
    new = CURRENT.replace("version: Int!", "").replace("ACCEPTED NOTED", "ACCEPTED")

    assert faults(folder, new, changelog=f"{EXPLAINED}\n- `Verdict.NOTED` is gone.") == [
        "Field Comment.version was removed. Deprecate it for one release before.",
        "Enum value Verdict.NOTED was removed. Deprecate it for one release before.",
    ]


def test_removal_since_a_release_before_the_rule_needs_no_notice(tmp_path: Path) -> None:
    new = CURRENT.replace("version: Int!", "")

    assert faults(released(tmp_path, "0.2.0"), new, changelog=EXPLAINED) == []


@pytest.mark.parametrize("reason", ["Old.", "Removed after summer.", "Removed after 2027-05-31, or later."])
def test_deprecation_without_a_day_is_a_fault(folder: Path, reason: str) -> None:
    new = CURRENT.replace("text: String }\n    enum", f'text: String @deprecated(reason: "{reason}") }}\n    enum')

    assert faults(folder, new) == ["`Comment.text` is deprecated: end its reason with 'Removed after YYYY-MM-DD.'"]


def test_page_groups_changes_by_type_and_says_what_to_write_instead(folder: Path) -> None:
    new = BREAKS[0][0].replace("ACCEPTED NOTED", "ACCEPTED NOTED DEFERRED") + " type Extra { id: ID! }"
    (folder / "instead.json").write_text('{"*.text": "`words`."}', encoding="utf-8")

    page = build_page(folder, build_schema(new))

    assert page[page.index("## Comment") :] == [
        "## Comment",
        "",
        "- **breaks**: Field Comment.text changed type from String to Int. Instead: `words`.",
        "",
        "## Verdict",
        "",
        "- added: `DEFERRED`",
        "",
        "## New types",
        "",
        "- `Extra`",
        "",
    ]


def test_every_change_of_the_schema_since_the_last_release_has_a_name_of_it() -> None:
    number, old = find_last_release(CONTRACTS)
    new = schema._schema

    changes = list_changes(old, new)

    of_types = [change for change in changes if not change.name.startswith("@")]
    assert [change for change in of_types if change.type not in {*old.type_map, *new.type_map}] == []
    assert number
