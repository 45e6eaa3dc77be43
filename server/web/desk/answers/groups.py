"""Comments in the order of the text: one group for each provision, with the words marked that they are about."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from string import ascii_lowercase
from typing import Any, NamedTuple

from server.vocabulary.rounds import GONE

LONGEST = 600
"""Characters of a provision that are shown; of a longer one what stands around the marked words."""
AROUND = 160
"""Characters that are shown on each side of marked words in a long provision."""
LEFT_OUT = " … "

Comment = Mapping[str, Any]


class MarkedPiece(NamedTuple):
    """Words of a provision. `is_marked` says that a comment is about them; the letters are of those that end there."""

    text: str
    is_marked: bool
    ending: Sequence[Mapping[str, Any]] = ()


class CommentedProvision(NamedTuple):
    """The comments on one provision, None for the whole text, with the names of the parties that ask for its words."""

    provision: Mapping[str, Any] | None
    comments: Sequence[Comment]
    pieces: Sequence[MarkedPiece]
    letters: Mapping[str, str]
    sharing: Sequence[str]
    asking_same: Sequence[str]


def group_comments(comments: Iterable[Comment]) -> list[CommentedProvision]:
    """Return comments, which are in the order of the text, in groups by provision."""

    def key_of(comment: Comment) -> str:
        return str(comment["provision"]["key"]) if comment["provision"] else ""

    return [_gather(list(same)) for _, same in groupby(comments, key=key_of)]


def _gather(comments: Sequence[Comment]) -> CommentedProvision:
    provision = comments[0]["provision"]
    standing = [comment for comment in comments if comment["status"] not in GONE]
    letters = {comment["id"]: _letter(place) for place, comment in enumerate(comments)}
    text = provision["text"] if provision else ""
    return CommentedProvision(
        provision,
        comments,
        _shorten(_cut(text, comments, letters)) if provision else (),
        letters,
        _names(_overlapping(standing)),
        _names(_asking_same(standing)),
    )


def _letter(place: int) -> str:
    """Return the letter of a place: a to z, then aa, ab and so on."""
    before, last = divmod(place, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[last]


def _cut(text: str, comments: Sequence[Comment], letters: Mapping[str, str]) -> list[MarkedPiece]:
    """Return a text cut where marked words begin and end."""
    spans = [(each["quotation"]["start"], each["quotation"]["end"], each) for each in comments if each["quotation"]]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    pieces = []
    for start, end in pairwise(cuts):
        ending = [
            {"id": comment["id"], "letter": letters[comment["id"]], "party": comment["party"]["shortName"]}
            for _, last, comment in spans
            if last == end
        ]
        is_marked = any(first <= start and end <= last for first, last, _ in spans)
        pieces.append(MarkedPiece(text[start:end], is_marked, ending))
    return pieces


def _shorten(pieces: Sequence[MarkedPiece]) -> list[MarkedPiece]:
    """Return the pieces of a long text without words that are far from the marked ones."""
    if sum(len(piece.text) for piece in pieces) <= LONGEST:
        return list(pieces)
    last = len(pieces) - 1
    return [
        piece if piece.is_marked else piece._replace(text=_excerpt(piece.text, place > 0, place < last))
        for place, piece in enumerate(pieces)
    ]


def _excerpt(text: str, follows: bool, precedes: bool) -> str:
    if not follows and not precedes:
        return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + LEFT_OUT
    if len(text) <= 2 * AROUND + len(LEFT_OUT):
        return text
    begin = text[:AROUND].rpartition(" ")[0] if follows else ""
    end = text[-AROUND:].partition(" ")[2] if precedes else ""
    return f"{begin}{LEFT_OUT}{end}"


def _overlapping(comments: Sequence[Comment]) -> list[Comment]:
    """Return the comments whose proposed wording reaches into the words of another one, by other parties."""
    asking = [comment for comment in comments if comment["proposedWording"] is not None]
    return [each for each in asking if any(_overlap(each, other) for other in asking if other is not each)]


def _overlap(one: Comment, other: Comment) -> bool:
    if one["party"]["id"] == other["party"]["id"]:
        return False
    if not one["quotation"] or not other["quotation"]:
        return True
    first, second = one["quotation"], other["quotation"]
    return bool(first["start"] < second["end"] and second["start"] < first["end"])


def _asking_same(comments: Sequence[Comment]) -> list[Comment]:
    """Return the comments that ask for exactly the words in the place of the same words as another one."""

    def asked(comment: Comment) -> Any:
        quoted = comment["quotation"]
        return comment["proposedWording"], quoted and (quoted["start"], quoted["end"])

    asking = [comment for comment in comments if comment["proposedWording"] is not None]
    return [each for each in asking if any(asked(each) == asked(other) for other in asking if other is not each)]


def _names(comments: Iterable[Comment]) -> list[str]:
    return list(dict.fromkeys(comment["party"]["shortName"] for comment in comments))
