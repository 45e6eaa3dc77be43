"""The report of a round, what goes to the plenary, and the map of who commented where."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.responses import Response

from server.vocabulary.triage import CoverageGrouping
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

PAGE = 50
WIDTH, ROW, LABEL, GAP = 1110, 16, 260, 8
"""Width of the drawing, height of a row, width of its label and of the gap between two cells."""
MOST_SHADES = 4


class Square(NamedTuple):
    """A cell of the drawing: where it is, and its shade from 0 (silent) to 4."""

    x: int
    shade: int


class CoverageLine(NamedTuple):
    """A provision of the drawing with its cells."""

    y: int
    row: Mapping[str, Any]
    squares: Sequence[Square]


async def show_report(visit: Visit) -> Response:
    """Return the report of a round: its statistics, and its comments with their answers by provision."""
    round_id = visit.parameter("id")
    standing = {"isSubmitted": True, "isReplaced": False}
    in_round = {"roundId": round_id, "filter": {"roundId": [round_id], **standing}}
    listed = {"roundId": round_id, "filter": standing, "first": PAGE, "after": visit.query.get("after")}
    figures, comments, offered = await visit.read_all(
        ("RoundReport", in_round), ("ReportedComments", listed), ("EvidencePack", {"subjectId": round_id})
    )
    return visit.render(
        "triage/report.html",
        round=found(figures["round"]),
        figures=figures,
        comments=comments["round"]["comments"],
        pack=offered["evidencePack"],
    )


async def show_plenary(visit: Visit) -> Response:
    """Return the objections on substance that Members maintain, and below them what others maintain."""
    round_id, after = visit.parameter("id"), visit.query.get("after")
    others = {"roundId": round_id, "filter": {"reaction": ["MAINTAINS"]}, "first": PAGE}
    plenary, every = await visit.read_all(
        ("PlenaryList", {"roundId": round_id, "first": PAGE, "after": after}), ("ReactionList", others)
    )
    round_ = found(plenary["round"])
    own = {node["id"] for node in round_["reactions"]["nodes"]}
    rest = [node for node in every["round"]["reactions"]["nodes"] if node["id"] not in own]
    return visit.render("triage/plenary.html", round=round_, rest=[node for node in rest if not _is_plenary(node)])


def _is_plenary(node: Mapping[str, Any]) -> bool:
    """Return whether a reaction stands on the plenary list, on whatever page."""
    subject = node["disposition"]["point"] or node["comment"]
    return bool(node["party"]["capacity"] == "MEMBER" and subject["type"] == "SUBSTANTIVE")


async def show_coverage(visit: Visit) -> Response:
    """Return the map of who commented where, as a drawing and as a table."""
    by = visit.query.get("by", "")
    grouping = by if by in CoverageGrouping.__members__ else CoverageGrouping.CAPACITY.value
    after = visit.query.get("after", "")
    variables = {
        "roundId": visit.parameter("id"),
        "by": grouping,
        "after": int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0,
    }
    answer = await visit.read("CoverageMap", **variables)
    coverage = answer["coverageMap"]
    round_ = found(answer["round"])
    return visit.render(
        "triage/coverage.html",
        round=round_,
        coverage=coverage,
        by=grouping,
        groupings=list(CoverageGrouping),
        lines=draw(coverage),
        columns=place_columns(len(coverage["groups"])),
        size=(WIDTH, 24 + ROW * len(coverage["rows"])),
        cell=(WIDTH - LABEL) // max(len(coverage["groups"]), 1) - GAP,
    )


def draw(coverage: Mapping[str, Any]) -> list[CoverageLine]:
    """Return the lines of the drawing; the more comments, the darker the cell."""
    columns = place_columns(len(coverage["groups"]))
    most = max((count for row in coverage["rows"] for count in row["counts"]), default=0)
    return [
        CoverageLine(
            24 + ROW * place,
            row,
            [Square(x, _shade(count, most)) for x, count in zip(columns, row["counts"], strict=True)],
        )
        for place, row in enumerate(coverage["rows"])
    ]


def place_columns(number: int) -> list[int]:
    """Return where the columns of so many groups begin."""
    return [LABEL + (WIDTH - LABEL) * place // number for place in range(number)]


def _shade(count: int, most: int) -> int:
    """Return the shade of a number of comments: 0 for none, and 1 to 4 in equal steps up to the largest."""
    return -(-MOST_SHADES * count // most) if count else 0


REPORT_PAGES = (
    Page("/rounds/{id}/report", show_report),
    Page("/rounds/{id}/plenary", show_plenary),
    Page("/rounds/{id}/coverage", show_coverage),
)
