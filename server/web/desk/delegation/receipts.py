"""The receipt of filed comments: what was filed and when, how it is verified, and what happens next."""

from starlette.responses import Response

from server.web.desk.several import MOST_AT_ONCE
from server.web.desk.visits import NothingHere, Visit, found


async def show_receipt(visit: Visit) -> Response:
    """Return the receipt of a comment, and of those filed with it."""
    comment_id = visit.parameter("comment")
    ids = list(dict.fromkeys([comment_id, *visit.request.query_params.getlist("also")]))[:MOST_AT_ONCE]
    proof, listed = await visit.read_all(("FilingReceipt", {"subjectId": comment_id}), ("ReceiptList", {"ids": ids}))
    receipt = found(proof["filingReceipt"])
    comments = [each for each in listed["nodes"] if each and each.get("receipt")]
    if not comments or comments[0]["id"] != comment_id:
        raise NothingHere
    first = comments[0]
    together = [each for each in comments if (each["party"]["id"], each["round"]["id"]) == _origin(first)]
    return visit.render("delegation/receipt.html", receipt=receipt, comments=together, round=first["round"])


def _origin(comment: dict[str, dict[str, str]]) -> tuple[str, str]:
    return comment["party"]["id"], comment["round"]["id"]
