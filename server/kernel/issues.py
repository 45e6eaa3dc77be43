"""Define issues: the single faults of an input, each with a code and the values that belong to it.

The words of an issue follow from its code and its parameters, so that a frontend can say the same in another language.
"""

from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from server.kernel.issue_codes import IssueCode
from server.kernel.zones import say_day, say_instant

Plain: TypeAlias = str | int | tuple[str, ...]
"""A value that JSON has a form for: text, a number, or several texts."""
DAYS = frozenset({"day", "earliest", "latest"})
"""Parameters that are days, "2026-12-09"; an issue says them in words."""

INSTANTS = frozenset({"since", "until"})
"""Parameters that are instants, "2026-12-09T16:00:00+00:00"; an issue says them in words."""

_NO_CHANGE = "these are the words or values that stand there already: nothing would change"
WORDS: dict[IssueCode, str] = {
    IssueCode.ACCREDITATION_ENDS: "the accreditation ends on {day}",
    IssueCode.ADDITION_ALONE: "a new provision goes with no wording, quotation, cell or section besides",
    IssueCode.ADMINISTRATOR_CLEARS_NOTHING: "a technical administrator clears nothing",
    IssueCode.ADMINISTRATOR_OF_SECRETARIAT: "a technical administrator is accredited for the Secretariat",
    IssueCode.AFTER_ITSELF: "a provision cannot stand after itself",
    IssueCode.AMENDMENT_STALE: "this amendment is STALE",
    IssueCode.ANCHOR_UNFIT: (
        "say one of three: a period, a sitting or a round; days are counted from a sitting or a round"
    ),
    IssueCode.ANOTHER_INSTRUMENT: "this is a version of another instrument",
    IssueCode.ANSWER_MISSING: "this question must be answered: {question}",
    IssueCode.BODY_DECIDES: "a {kind} decides; proposals are assigned to a group",
    IssueCode.BODY_BELOW_ITSELF: "{name} already stands below this body, or is it",
    IssueCode.BODY_UNKNOWN: "there is no body {name!r}",
    IssueCode.CAPACITY_UNFIT: "a party of kind {kind} takes part as {possible}",
    IssueCode.CELLS_DIFFER: "the row has {cells} cells, one on each line",
    IssueCode.CELL_UNKNOWN: "this provision has {cells} cells",
    IssueCode.CHANGES_EXCLUDE: "these exclude each other: {rivals}",
    IssueCode.CIRCLE: "each would wait for the next, and the last for the first: {steps}",
    IssueCode.CLEARERS_MISSING: (
        "two clearances need two focal points, or one and two more delegates: let them be appointed or invited first"
    ),
    IssueCode.CLOSES_BEFORE_OPENING: "the closing instant must come after the opening instant",
    IssueCode.CLOSES_IN_PAST: "the closing instant must lie in the future",
    IssueCode.CODE_MALFORMED: "a capital letter, then letters and digits, such as R3 or TS2-1, at most 12 in all",
    IssueCode.CODE_TAKEN: "{taken} is the code of another round, for ever",
    IssueCode.COMMENT_UNFIT: "name a filed comment of the same party in the same round",
    IssueCode.COORDINATORS_LEAD_GROUPS: "coordinators lead working groups and intersessional groups only",
    IssueCode.COLUMNS_MISSING: "no row has the headings of the columns: a party, a name (or two) and an e-mail",
    IssueCode.CORRECTED_ALREADY: "these words were corrected already",
    IssueCode.COUNT: "1 to {limit} entries",
    IssueCode.DAYS_REVERSED: "the last day must not come before the first",
    IssueCode.DAY_OUT_OF_RANGE: "from {earliest} to {latest}",
    IssueCode.DAY_PASSED: "the last day must not come before the first, nor before today",
    IssueCode.DAY_TOO_EARLY: "{earliest} or later",
    IssueCode.DAY_UNREADABLE: "a day such as 2026-11-30",
    IssueCode.DECIDES_OTHERWISE: "a decision on this subject also moves it on: use {act}",
    IssueCode.DECISION_UNFIT: "this decision does not carry a change of this text: name one on it or a version",
    IssueCode.DELEGATE_UNFIT: "{why}",
    IssueCode.DIGEST_UNKNOWN: "no sentence of the check has this digest",
    IssueCode.EMAIL_IS_OWN: "your own address is corrected by another officer or by a technical administrator",
    IssueCode.EMAIL_MALFORMED: "an e-mail address of at most {limit} characters",
    IssueCode.EMAIL_OF_PROGRAM: "a service account has no address",
    IssueCode.EMAIL_TAKEN: "another person has this address",
    IssueCode.EMPTY: "must not be empty",
    IssueCode.ENDS_ALREADY: "it ends on {day} already",
    IssueCode.EVIDENCE_MISSING: "name an issued version, a decision or a completed round",
    IssueCode.EVIDENCE_OLDER: "this is of {day}, and the step was planned on {earliest}: name what came of it",
    IssueCode.FIXED_ONCE_OPEN: "this cannot change any more: the round has opened",
    IssueCode.FOCAL_POINT_UNTIL: "you are a focal point until {day}; choose that day or an earlier one",
    IssueCode.FILES_WITH_COMMENT_ONLY: "an account that files has the scope comment, and read at most besides",
    IssueCode.FILING_ALLOWED_BY_PARTY: "only a focal point of the party itself lets a program file in its name",
    IssueCode.FORMULA: "begins like a formula ({character})",
    IssueCode.GENERAL_NOT_TAKEN: "this round takes no comments on the whole text: name a provision",
    IssueCode.GENERAL_OR_PROVISION: "name the provision, or make the comment GENERAL",
    IssueCode.FILE_UNFIT: "an address that begins with https://, or the number of a paper on record, such as PC0618Eb",
    IssueCode.GROUP_UNFIT: "name an intersessional group of the body whose work plan this is",
    IssueCode.IDENTIFIER_EMPTY: "an identifier is never empty",
    IssueCode.INVITED_OFTEN: "this address was invited too often within a day",
    IssueCode.KEY_IN_USE: "another provision has this key: say in the same act where that one comes from",
    IssueCode.KEY_UNKNOWN: "no provision of the version has this permanent key",
    IssueCode.KIND_UNFIT: "use {act}",
    IssueCode.LANGUAGE_MALFORMED: "must be a language tag such as en, fr, pt-BR or zh-Hant",
    IssueCode.LANGUAGE_OF_ORIGINAL: "{language} is the language of the original",
    IssueCode.KEPT_UNTIL: "the group was concluded on {day}: nothing in it begins later",
    IssueCode.LENGTH: "1 to {limit} characters",
    IssueCode.LETTER_UNFIT: "name the letter or note, in 1 to {limit} characters",
    IssueCode.INSTANT_OUT_OF_RANGE: "from {since}, and before {until}",
    IssueCode.LINEAGE_UNCERTAIN: "{kind}, likeness {likeness}",
    IssueCode.LINE_UNKNOWN: "name a line of the lineage of this version, once",
    IssueCode.MANDATE_MISSING: "a group has a mandate: give its terms of reference and its first day",
    IssueCode.MANDATE_OF_GROUPS: "a {kind} is a standing body: it has no mandate and no number",
    IssueCode.MANDATE_RUNS: "the mandate before runs until {day}: choose a later day",
    IssueCode.MANDATE_WITHOUT_END: "the mandate has no last day that could be moved",
    IssueCode.MECHANISM_KINDS: "this version of the mechanism knows {known} only",
    IssueCode.MECHANISM_NOT_IN_FORCE: "this version of the mechanism is not in force on that day",
    IssueCode.MECHANISM_OVERLAPS: "{title!r} is in force on {day}: two versions are never in force at once",
    IssueCode.MECHANISM_SCOPE: "the mechanism of this review does not cover {title!r}",
    IssueCode.MECHANISM_WINDOW: "a review takes proposals for {days} days at most, here until {latest}",
    IssueCode.NAME_HAS_LINE_END: "on one line: leave the line end out ({character})",
    IssueCode.NAME_HAS_OTHER_SPACE: "with plain spaces: leave out the space of another kind ({character})",
    IssueCode.NAME_HAS_UNSEEN: "leave out the character that cannot be seen ({character})",
    IssueCode.NAME_LOOKS_TAKEN: "looks like {name!r}, a name of another party or body",
    IssueCode.NAME_TURNS: "leave out the character that turns the direction of writing ({character})",
    IssueCode.NAME_TAKEN: "{name!r} is a name of another party, body or application",
    IssueCode.NOTHING_CHANGES: _NO_CHANGE,
    IssueCode.NOT_FILED: "{why}",
    IssueCode.NOT_FOR_KIND: "{kind} has no such field",
    IssueCode.NOT_ONE_OF: "one of {allowed}",
    IssueCode.NO_REFERENCE: "these words are no reference, or more than a reference",
    IssueCode.NUMBER_OUT_OF_RANGE: "{least} to {most}",
    IssueCode.NUL: "the character U+0000 cannot be stored",
    IssueCode.NUMBERS_NOT_PAIRED: "the second session number follows the first",
    IssueCode.OBJECT_UNKNOWN: "nothing that fits here has this identifier",
    IssueCode.OFFSET_UNFIT: "{zone} is {offsets} at that time: write it with this offset, or in UTC",
    IssueCode.ONLY_LOOSER: "the round has opened: this can be loosened only",
    IssueCode.ON_RECORD: "on record is {was!r}: confirm the changes as the preview shows them, or correct the paper",
    IssueCode.ON_RECORD_PERIOD: (
        "on record is {was!r}: confirm the changes as the preview shows them, and the period is dated anew, or correct "
        "the paper"
    ),
    IssueCode.ORIGINAL_MISSING: "the original is in {language}: name the version that this translates",
    IssueCode.ORIGINAL_UNFIT: "name an issued version of the original",
    IssueCode.ORPHANED: "the words of this comment no longer stand: quote those that are meant now",
    IssueCode.OUTSIDE_SCOPE: "this provision is outside the scope of the round",
    IssueCode.OWN_PARENT: "a body is not its own parent",
    IssueCode.PARENT_UNFIT: "a {kind} stands below {possible}",
    IssueCode.PARTY_KNOWN: "{name!r} is not admitted yet: admit it from the list of known parties",
    IssueCode.PARTY_REPEATED: "the proponent itself, or a party named twice",
    IssueCode.PARTY_UNKNOWN: "no party is called {name!r}: admit it, or give it to a party as a further name",
    IssueCode.PARTY_UNFIT: "there is no such party that could do this",
    IssueCode.PERSON_SUSPENDED: "the person with this address is suspended",
    IssueCode.PROPOSAL_WAITS: "the proposal {proposal_id} is {status}",
    IssueCode.PROVISION_MISSING: "{kind} needs the provision",
    IssueCode.PROVISION_UNKNOWN: "this provision does not stand in the version",
    IssueCode.QUOTATION_AMBIGUOUS: "these words stand there more than once: add what comes directly before and after",
    IssueCode.QUOTATION_NOT_FOUND: "these words do not stand in the provision",
    IssueCode.REASON_MISSING: "say why",
    IssueCode.REPEATED: "each once",
    IssueCode.REVIEWS_LEFT: "reviews under the version before open on that day or later: {titles}",
    IssueCode.ROW_REPEATED: "row {first} names the same person for the same party",
    IssueCode.REPLY_UNFIT: "name a reply that stands under the same comment",
    IssueCode.SAME_PERSON: "a seat is handed over to another person",
    IssueCode.SCOPE_UNFIT: "the version to compare with goes with CHANGED, provisions with NAMED; this is {scope}",
    IssueCode.SCOPE_ONLY_WEB: "one of {allowed}, and administer only for the kind WEB",
    IssueCode.SECRETARIAT_FOR_ITSELF: "the Secretariat speaks for itself only",
    IssueCode.SECRETARIAT_STAYS: "there is one Secretariat only, and it stays the Secretariat",
    IssueCode.SECTION_AS_WHOLE: (
        "a comment on a section as a whole names its first provision, and neither quotes nor proposes words"
    ),
    IssueCode.SENTENCE_UNREAD: "{words}",
    IssueCode.SERIES_MALFORMED: "two capital letters, such as PC",
    IssueCode.SIDES_UNKNOWN: "name sources of sides of this conflict, each once",
    IssueCode.SITTING_OVER: "this sitting was over on {day}, before the subject was there ({since})",
    IssueCode.SIGNED_AS_DRAFT: "other parties sign a comment while it is a draft: draft it first",
    IssueCode.SUBSTANCE: "{words} carries what was agreed: this is no error of typing",
    IssueCode.TAKEN: "{taken!r} is used already: choose another",
    IssueCode.TIME_SKIPPED: "the clocks of {zone} skip this time of day: write an earlier or a later one",
    IssueCode.TIME_TWICE: "the clocks of {zone} show this time of day twice: say which is meant",
    IssueCode.TITLE_TAKEN: "round {reference} on this version has this title: choose another one",
    IssueCode.TOO_FEW: "name at least one of {allowed}",
    IssueCode.TOO_LONG: "at most {limit} characters",
    IssueCode.TOO_MANY: "at most {limit}",
    IssueCode.TYPE_NEEDS_WORDING: "a comment that is {kind} says how the words should read",
    IssueCode.UNEXPLAINED: "{kind}: {words}",
    IssueCode.UNFIT: "{why}",
    IssueCode.UNREADABLE: "{why}",
    IssueCode.UNTRANSLATED: "{words}",
    IssueCode.VERB_MEANS: "{verb!r} means {possible}, not {outcome}",
    IssueCode.WINDOW_SHORTER: "an extension must end later than the round does now",
    IssueCode.WORDING_MISSING: "give the wording that is accepted",
    IssueCode.WORDING_SUPERFLUOUS: "a wording belongs to ACCEPTED_WITH_MODIFICATION only",
    IssueCode.WORDING_WITHOUT_PLACE: "this comment names no provision, so no wording can go into the text",
    IssueCode.WORDING_WITHOUT_PROPOSAL: (
        "this comment proposes no wording: note it, or accept it with a modification that gives the words"
    ),
    IssueCode.ZONE_UNKNOWN: "the name of a time zone, such as Europe/Brussels",
}
"""What each issue says, with the names of its parameters in braces."""


class Issue:
    """One fault in the input.

    `path` names the field in dotted GraphQL names below `input`, such as "amendments.0.wording"; it is "" where the
    fault lies in an object and not in what was sent. `code` says what is wrong, and `parameters` with which values.
    """

    __slots__ = ("code", "message", "parameters", "path")

    def __init__(self, path: str, code: IssueCode, **parameters: Plain) -> None:
        self.path = path
        self.code = code
        self.parameters = MappingProxyType(parameters)
        self.message = WORDS[code].format(**{name: _words_of(name, value) for name, value in parameters.items()})

    @property
    def place(self) -> str:
        """Return where a fault lies, for a person: the row and column of a table, the path, or the id of an object."""
        if row := self.parameters.get("row"):
            column = self.parameters.get("column")
            return f"row {row}, {column}" if column else f"row {row}"
        objects = ("provision_key", "provision_id", "proposal_id", "amendment_id")
        return self.path or next((str(self.parameters[name]) for name in objects if name in self.parameters), "")

    def at(self, path: str) -> "Issue":
        """Return the same fault in another field."""
        return Issue(path, self.code, **self.parameters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Issue) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        parameters = "".join(f", {name}={value!r}" for name, value in self.parameters.items())
        return f"Issue({self.path!r}, {self.code}{parameters})"

    def _key(self) -> tuple[Any, ...]:
        return (self.path, self.code, tuple(sorted(self.parameters.items())))


def _words_of(name: str, value: Plain) -> Plain:
    """Return a parameter as the words of an issue show it: days and instants in words, several texts in a row."""
    if name in DAYS:
        return say_day(date.fromisoformat(str(value)))
    if name in INSTANTS and "T" in str(value):
        return say_instant(datetime.fromisoformat(str(value)))
    return ", ".join(value) if isinstance(value, tuple) else value
