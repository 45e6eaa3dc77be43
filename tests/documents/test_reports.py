"""The report of a round in Markdown: what it says, and that nothing that people wrote is more than words."""

import re

import pytest
from markdown_it import MarkdownIt

from server.documents.reports import (
    ReportedAnswer,
    ReportedComment,
    ReportedParty,
    ReportedPoint,
    RoundReport,
    escape,
    write_report,
)

HOSTILE = (
    "# Decided\n\n| a | b |\n- <script>alert(1)</script> [x](http://e.example) **bold** ![i](y) `c` <!-- z\n1. one\n---"
)
PLAIN = ReportedComment(
    *("Japan-1", "Japan", "member", "substantive", "Paragraph 3", "Make it a duty.", "shall"),
    is_late=False,
    is_withdrawn=False,
    answer=ReportedAnswer("not accepted", "The text invites."),
)


def report_of(*comments: ReportedComment) -> RoundReport:
    """Return a report with these comments."""
    return RoundReport("Draft 1", (("Body", "WGEC"),), comments)


def test_report_lists_comments_by_provision_with_their_answers() -> None:
    lines = write_report(report_of(PLAIN, PLAIN._replace(reference="China-2", party="China"))).splitlines()

    assert lines[0] == r"# Report: Draft 1"
    assert lines.count("### Paragraph 3") == 1
    assert r"**Japan\-1** \(substantive\)" in lines
    assert lines.count(r"Answer: not accepted. The text invites\.") == 2


def test_statistics_count_types_capacities_and_outcomes() -> None:
    withdrawn = PLAIN._replace(is_withdrawn=True, answer=None)
    text = write_report(report_of(PLAIN, withdrawn, PLAIN._replace(answer=None)))

    assert "| not accepted | 1 |\n| withdrawn | 1 |\n| Together | 3 |" in text
    assert "| no recorded answer | 1 |" in text


def test_maintained_objections_of_members_are_apart_from_those_of_others() -> None:
    maintained = PLAIN._replace(reaction="maintains", reaction_reason="It is a duty.", stance="maintains")
    text = write_report(report_of(maintained._replace(is_for_plenary=True), maintained._replace(reference="UPU-1")))

    plenary, others = text.index("## For the plenary"), text.index("## Maintained by others")
    assert plenary < text.index(r"Japan\-1") < others < text.index(r"UPU\-1")


def test_points_and_late_comments_are_said() -> None:
    point = ReportedPoint(1, "Since when?", ReportedAnswer("noted", "Since 2018."))
    text = write_report(report_of(PLAIN._replace(points=(point,), is_late=True)))

    assert "## Filed late, by admission" in text
    assert "Point 1: Since when?\n\nAnswer: noted. Since 2018\\." in text


def test_parties_are_counted_by_capacity_and_region_and_those_without_a_comment_are_listed() -> None:
    parties = (
        ReportedParty("Chile", "member", "", "silent"),
        ReportedParty("Japan", "member", "asia pacific", "answered"),
        ReportedParty("UPU", "observer", "", "declared none"),
    )
    text = write_report(report_of(PLAIN, PLAIN)._replace(parties=parties))

    assert "| member | 2 | 1 | 0 | 1 | 2 |\n| observer | 1 | 0 | 1 | 0 | 0 |\n| Together | 3 | 1 | 1 | 1 | 2 |" in text
    assert "| asia pacific | 1 | 1 | 0 | 0 | 2 |\n| not said | 2 | 0 | 1 | 1 | 0 |" in text
    assert "| Chile | member | not said | 0 | silent | 0 |" in text
    assert "| Japan | member | asia pacific | 2 | not accepted 2 | 0 |" in text


def test_reaction_to_a_point_is_said_under_it_and_in_the_list_of_what_is_maintained() -> None:
    point = ReportedPoint(2, "Since when?", ReportedAnswer("noted", "Soon."), "maintains", "Say a day.")
    text = write_report(report_of(PLAIN._replace(points=(point,), stance="maintains")))

    assert "Answer: noted. Soon\\.\n\nJapan: maintains. Say a day\\." in text
    assert r"| not accepted | \(2\) Say a day\. |" in text


@pytest.mark.parametrize("field", ["text", "wording", "reference", "party", "place", "reaction_reason"])
def test_nothing_that_people_wrote_becomes_markup(field: str) -> None:
    maintained = PLAIN._replace(reaction="maintains", stance="maintains", is_late=True)
    written = write_report(RoundReport(HOSTILE, (("Body", HOSTILE),), (maintained._replace(**{field: HOSTILE}),)))

    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(written)

    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z!]+)", html))
    allowed = {"h", "ul", "li", "p", "blockquote", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert tags <= allowed, tags - allowed
    assert html.count("<strong>") == 1


def test_escaped_words_read_as_they_were_written() -> None:
    words = r"""a*b_c [d](e) <f> #g + h - i. 1) j! k|l ~m & n = o: "p" 'q' @r \s `t` {u}"""

    html = MarkdownIt("commonmark").render(escape(words))

    plain = html.removeprefix("<p>").removesuffix("</p>\n")
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, char)
    assert plain == words
