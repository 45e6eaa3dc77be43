"""Decide how long each text may be that people send, and which of them lose the blanks around them.

One table for the inputs of all acts and previews, by the name of the field. The description of a field says its limit.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from strawberry.types.base import StrawberryContainer

from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import graphql_name
from server.vocabulary.parties import EVIDENCE_LIMIT, NAME_LIMIT, REASON_LIMIT, SHORT_NAME_LIMIT
from server.wording.folding import shows_nothing

LONG = 20_000
"""Longest text of a comment, a proposal or an answer, in characters."""

LINES: Mapping[str, int] = {
    "name": NAME_LIMIT,
    "short_name": SHORT_NAME_LIMIT,
    "short_names": SHORT_NAME_LIMIT,
    "further_names": NAME_LIMIT,
    "body_short_name": 30,
    "parent_short_name": 30,
    "title": 300,
    "short_title": 200,
    "label": 120,
    "source_name": 200,
    "place": 200,
    "verb": 100,
    "topic": 200,
    "agenda_item": 100,
    "paragraph": 200,
    "period": 100,
    "code": 12,
    "confirmed": 64,
    "series": 12,
    "unit": 40,
    "choices": 200,
    "tags": 60,
    "file": 500,
    "redirect_uris": 500,
    "sign_out_uris": 500,
    "evidence": EVIDENCE_LIMIT,
    "purpose": 400,
    "hint": 1_000,
    "reason": REASON_LIMIT,
    "responsible": 200,
    "remarks": 2_000,
    "waits_for": 500,
    "number": 20,
    "remark": 1_000,
    "note": 4_000,
    "terms": LONG,
    "question": LONG,
    "advice": LONG,
    "introduction": LONG,
}
"""Longest texts, in characters, that lose the blanks around them."""
WORDS: Mapping[str, int] = {
    "text": LONG,
    "rationale": LONG,
    "wording": LONG,
    "proposed_wording": LONG,
    "exact": LONG,
    "prefix": LONG,
    "suffix": LONG,
    **dict.fromkeys(("message", "reply"), 4_000),
    "words": 50_000,
    "passage": 2_000,
    "replacement": 2_000,
    "printed_number": 40,
}
"""Longest texts, in characters, in which blanks may be part of what is said: they are kept as they were sent."""
FORMED = frozenset({"series"})
"""Fields with a form that their rules check and their descriptions say, so that a limit would tell nothing more."""
PAPERS = frozenset({"markdown", "sheet"})
"""Whole papers, whose size is limited where they are read."""
_COMMENTS = ("DraftCommentInput", "SubmitCommentInput", "ReviseCommentInput", "ReplaceCommentInput", "MergeDraftsInput")
_ANSWERS = (
    *("AnswerInput", "KeepAnswerInput", "ProposeAnswersInput", "ProposeDispositionInput", "ReactToAnswerInput"),
    *("RecordAnswersInput", "RecordDispositionInput", "SettleConflictInput", "SettleStructureInput"),
)
_PROPOSALS = (
    *("DeclineCoSignatureInput", "DeclineCoSponsorshipInput", "DroppedAmendmentInput", "RestatedAmendmentInput"),
    *("OpposeCommentInput", "RecordViewInput"),
)
OF_INPUTS: Mapping[tuple[str, str], int] = {
    **{(name, "reason"): LONG for name in (*_COMMENTS, *_ANSWERS, *_PROPOSALS)},
    **{(f"{verb}ApplicationInput", "name"): 120 for verb in ("Register", "Correct")},
    ("RetireApplicationInput", "reason"): 400,
    ("BreakSilenceInput", "reason"): 5_000,
    ("MakeStatementInput", "text"): 5_000,
    **{(f"{verb}PromiseInput", "text"): 500 for verb in ("Ask", "Make")},
    ("KeepAnswerInput", "title"): 120,
    ("NewProvisionInput", "title"): LONG,
    ("NewProvisionInput", "words"): LONG,
    ("QuestionInput", "text"): 1_000,
    ("ReplyToCommentInput", "text"): 4_000,
    ("WriteNoteInput", "text"): 4_000,
    ("ReviseProvisionInput", "text"): 50_000,
    ("TranslateProvisionInput", "text"): 50_000,
    ("CorrectEditoriallyInput", "words"): 200,
    ("CorrectEditoriallyInput", "replacement"): 200,
    ("CorrectReferenceInput", "words"): 200,
    ("CorrectReferenceInput", "replacement"): 200,
    ("CorrectLinguisticallyInput", "words"): 2_000,
}
"""Limits of single inputs that differ from those of the fields elsewhere."""


ELSEWHERE = PAPERS | {"idempotency_key"}
"""Texts with a check of their own."""


class TextField(NamedTuple):
    """A field of an input that holds texts or further inputs: its limit in characters, and whether it is trimmed.

    `limit` is None for a field that holds further inputs.
    """

    name: str
    limit: int | None
    is_trimmed: bool


def tidy(sent: Any) -> Any:
    """Take away the blanks around the short texts of an input, and return the input.

    A text of characters that show nothing becomes an empty one, so that it never counts as words.
    """
    input_type: Any = type(sent)
    for field in _list_fields(input_type):
        value = getattr(sent, field.name)
        if field.limit is None:
            for each in value if isinstance(value, list) else [value]:
                tidy(each)
        else:
            setattr(sent, field.name, _trim(value, is_short=field.is_trimmed))
    return sent


def _trim(value: Any, *, is_short: bool) -> Any:
    if isinstance(value, list):
        return [_trim(each, is_short=is_short) for each in value]
    if not isinstance(value, str):
        return value
    return "" if shows_nothing(value) else value.strip() if is_short else value


def find_too_long(sent: Any, path: str = "") -> Iterator[Issue]:
    """Yield a fault for each text of an input that is longer than its field takes."""
    input_type: Any = type(sent)
    for field in _list_fields(input_type):
        value = getattr(sent, field.name)
        is_list = isinstance(value, list)
        for number, each in enumerate(value if is_list else [value]):
            place = f"{path}{graphql_name(field.name)}" + (f".{number}" if is_list else "")
            if field.limit is None:
                yield from find_too_long(each, f"{place}.")
            elif isinstance(each, str) and len(each) > field.limit:
                yield Issue(place, IssueCode.TOO_LONG, limit=field.limit)


@cache
def _list_fields(input_type: type[Any]) -> tuple[TextField, ...]:
    """Return the fields of an input that hold texts or further inputs; none of another type."""
    fields = []
    for field, kind in _yield_fields(input_type):
        limit = limit_of(input_type.__name__, field.python_name) if kind is str else None
        fields.append(TextField(field.python_name, limit, limit is not None and field.python_name in LINES))
    return tuple(fields)


def _yield_fields(input_type: type[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the fields of an input that hold texts or further inputs, each with what stands in its lists or nulls."""
    definition = getattr(input_type, "__strawberry_definition__", None)
    for field in definition.fields if definition else ():
        kind = field.type
        while isinstance(kind, StrawberryContainer):
            kind = kind.of_type
        if hasattr(kind, "__strawberry_definition__") or (kind is str and field.python_name not in ELSEWHERE):
            yield field, kind


def limit_of(input_name: str, field: str) -> int:
    """Return the limit of a text in an input, in characters. Raise LookupError for a field that has none."""
    if (input_name, field) in OF_INPUTS:
        return OF_INPUTS[input_name, field]
    return LINES[field] if field in LINES else WORDS[field]


def say_limits(input_type: type) -> None:
    """Let the description of each text of an input, and of the inputs within it, say its limit."""
    for field, kind in _yield_fields(input_type):
        if kind is not str:
            say_limits(kind)
            continue
        limit = limit_of(input_type.__name__, field.python_name)  # also where it is said: who has none fails here
        if field.python_name not in FORMED and not _says_limit(field.description or ""):
            whole = (field.description or "").rstrip(".")
            field.description = f"{whole}. At most {limit:,} characters."


def _says_limit(description: str) -> bool:
    return "characters" in description or "bytes" in description
