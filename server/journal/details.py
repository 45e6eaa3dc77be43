"""Say what the details of a journal entry are, act by act.

The table is the only place: the published JSON Schema is made from it, and tests hold every entry against it. A detail
that is added to an act later is optional (`?`), because the entries of before have none and stay for ever.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

KINDS: Mapping[str, dict[str, object]] = {
    "id": {"type": "string", "pattern": "^[A-Z]{3}_[0-9a-hjkmnp-tv-z]{26}$"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "instant": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)$"},
    "text": {"type": "string"},
    "word": {"type": "string", "pattern": "^[A-Z][A-Z_]*$"},
    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "count": {"type": "integer", "minimum": 0},
    "truth": {"type": "boolean"},
    "object": {"type": "object"},
    "map": {"type": "object", "additionalProperties": {"type": ["string", "array", "null"]}},
}
"""The kinds of values, each with its JSON Schema. `ids` is a list of `id`, and so on; `day?` may be null."""

NAMES: Mapping[str, tuple[str, str]] = {
    "added": ("object", "How many rows of each kind were added."),
    "administrator": ("truth", "Whether the accreditation is that of a technical administrator."),
    "adopted_on": ("day", "The day of adoption."),
    "after": ("text", "What stands after the act."),
    "amendment": ("id", "The amendment."),
    "amendments": ("count", "How many amendments there are."),
    "application": ("id", "The application."),
    "applied": ("count", "How many changes were written into the text."),
    "as_appropriate": ("truth", 'Whether the decision was taken "as appropriate".'),
    "audience": ("words", "The capacities that may comment."),
    "base": ("id", "The version that this one is made from."),
    "before": ("text", "What stood before the act."),
    "body": ("id", "The body."),
    "by_hand": ("map", "The numbers that were set by hand, by permanent key."),
    "by_party": ("id", "The party that may speak."),
    "capacity": ("word", "In what capacity the party takes part."),
    "changed": ("texts", "The names of the fields that changed."),
    "closes_at": ("instant", "When the round closes."),
    "closes_on": ("day?", "The last day; null while it is open."),
    "co_sponsor": ("id", "The co-sponsorship."),
    "co_sponsors": ("ids", "The parties that are named as co-sponsors."),
    "conflicts": ("count", "How many conflicts wait to be settled."),
    "content_digest": ("digest", "The SHA-256 of what was filed."),
    "cycle": ("id", "The review cycle."),
    "decision": ("id", "The decision."),
    "delegate": ("id", "The delegate."),
    "disposition": ("id", "The answer to the comment."),
    "end": ("count?", "Where the words end in the provision, in code points."),
    "ended_at": ("instant?", "When it was ended; null where it ends on its last day."),
    "ends_on": ("day?", "The last day; null without an end."),
    "evidence": ("text", "The document or the letter that proves it."),
    "first_number": ("count", "The number of the session."),
    "focal_point": ("truth", "Whether the delegate is a focal point."),
    "follows": ("id", "The version of the original that a translation follows."),
    "functions": ("ids", "The functions that were taken over."),
    "instrument": ("id", "The instrument."),
    "invitation": ("id", "The invitation."),
    "joined_on": ("day", "The first day of the membership."),
    "keys": ("map", "Permanent keys that were given anew: from which to which."),
    "kind": ("word", "The kind of the object."),
    "label": ("text", "The label as printed."),
    "language": ("text", "The language, as a BCP 47 tag."),
    "left_on": ("day", "The last day of the membership."),
    "lines": ("count", "How many lines were confirmed."),
    "may_file": ("truth", "Whether the account may file in the name of the party."),
    "mechanism": ("id", "The mechanism in whose rules it runs."),
    "mends": ("count", "How many places of the paper were mended by hand."),
    "name": ("text", "The name."),
    "named": ("truth", "Whether the round or a comment in it was asked for; otherwise a list ranged over it."),
    "number": ("count", "The number that was given."),
    "numbers": ("map", "The printed numbers that changed, by permanent key: before and after."),
    "opens_at": ("instant", "When the round opens."),
    "opens_on": ("day", "The first day."),
    "original": ("text", "The words of the original."),
    "outcome": ("word", "The outcome, normalised."),
    "paragraph": ("text", "The paragraph of the report as printed; empty without one."),
    "party": ("id", "The party."),
    "person": ("id", "The person."),
    "place": ("text", "Where it is held; empty if not said."),
    "predecessor": ("id?", "The delegate who had the seat before; null if nobody had."),
    "provision": ("id", "The provision: its permanent key, or its id in the version."),
    "provisions": ("count", "How many provisions the text has."),
    "purpose": ("text", "What the application is for."),
    "reason": ("text", "The reason, in the words of who acted; empty if none was needed."),
    "redirect_uris": ("texts", "Where the application takes its answers."),
    "reference": ("text", "The reference of the paper as printed."),
    "references": ("count", "How many references followed."),
    "representation": ("id", "The mandate under which a party acted on behalf of another."),
    "rest_stands": ("truth", "Whether what was not contested stands nevertheless."),
    "round": ("id", "The round."),
    "rows": ("digest", "The SHA-256 of what the act wrote, by which rows are bound to the journal."),
    "scopes": ("texts", "The scopes of the application."),
    "second_number": ("count?", "The number of the session held together with it; null without one."),
    "sentences": ("digests", "The sentences that were read, by the SHA-256 of their words."),
    "sign_out_uris": ("texts", "Where the application sends people who sign out."),
    "since": ("instant", "The beginning of the hour in which it was read."),
    "sitting": ("id", "The sitting."),
    "source_digest": ("digest", "The SHA-256 of the paper that was read."),
    "standing": ("ids", "The sources of the changes that stand, in their order."),
    "start": ("count?", "Where the words begin in the provision, in code points."),
    "starts_on": ("day", "The first day."),
    "state": ("word", "What became of it."),
    "status": ("word", "The status after the act."),
    "subject": ("id", "What the decision is about."),
    "suspended_at": ("instant", "Since when the person was suspended."),
    "target": ("id", "The version that is made."),
    "text_digest": ("digest", "The SHA-256 of the text."),
    "title": ("text", "The title."),
    "verb": ("text", "The verb as printed."),
    "verdict": ("word", "The verdict on the comment."),
    "version": ("id", "The version of the text."),
    "view": ("word", "The view of the group."),
    "visibility": ("word", "Who sees what is filed before the close."),
    "wording": ("text?", "The wording that is asked for now; null if none is."),
    "wording_digest": ("digest?", "The SHA-256 of the wording; null without one."),
    "words": ("text", "The words that stand."),
    "zone": ("text", "The time zone in which the deadline was announced."),
}
"""Every name of a detail: its kind, and what it is."""

_CORRECTION = "version provision before after reason"
_SEAT = "party focal_point administrator starts_on ends_on"
ACTS: Mapping[str, str] = {
    "accreditation.ended": "ends_on reason ended_at?",
    "activity.completed": "evidence",
    "activity.dropped": "reason",
    "activity.redated": "before after reason",
    "activity.started": "",
    "amendment.restated": "amendment version provision after:id? wording reason state",
    "application.corrected": "before:object after:object",
    "application.registered": "kind name purpose redirect_uris sign_out_uris scopes",
    "application.retired": "reason",
    "application.secret_rotated": "",
    "body.joined": "body joined_on?",
    "body.left": "body left_on?",
    "co_sponsorship.confirmed": "version:count co_sponsor?",
    "comment.cleared": "content_digest number? round?",
    "comment.drafted": "round",
    "comment.opposed": "reason round? content_digest?",
    "comment.place_confirmed": "version provision start end",
    "comment.revised": "",
    "comment.submitted": "round content_digest number?",
    "comment.supported": "round? content_digest?",
    "comment.withdrawn": "round? before?:word",
    "conflict.settled": "words reason rest_stands",
    "conflict.structure_settled": "standing reason rest_stands",
    "consideration.concluded": "status",
    "correction.made": _CORRECTION,
    "correction.objected": "reason",
    "cycle.opened": "kind opens_on closes_on? mechanism?",
    "decision.recorded": "sitting subject outcome verb? text_digest? as_appropriate? paragraph?",
    "delegate.invited": _SEAT,
    "delegate.seeded": "person",
    "disposition.proposed": "verdict disposition reason? wording_digest?",
    "disposition.recorded": "verdict disposition reason? wording_digest?",
    "edition.published": "version decision label adopted_on? instrument?",
    "focal_point.appointed": "starts_on ends_on",
    "focal_point.released": "reason ends_on",
    "function.appointed": "body party delegate:id? kind starts_on ends_on",
    "function.ended": "reason ends_on ended_at?",
    "grant.revoked": "application",
    "invitation.accepted": "invitation predecessor functions person? starts_on? ends_on?",
    "invitation.withdrawn": "party",
    "lineage.confirmed": "lines keys",
    "officer.appointed": "person",
    "paper.issued": "reference title? sitting?:id? version?:id?",
    "party.admitted": "name kind capacity",
    "party.corrected": "reason before:object after:object",
    "person.corrected": "changed reason",
    "person.restored": "reason suspended_at?",
    "person.signed_out": "reason",
    "person.suspended": "reason suspended_at?",
    "profile.updated": "changed",
    "proposal.assigned": "body",
    "proposal.decided": "decision sitting outcome status verb? text_digest? as_appropriate? paragraph?",
    "proposal.drafted": "cycle version amendments",
    "proposal.registered": "number",
    "proposal.revised": "version amendments co_sponsors",
    "proposal.submitted": "content_digest cycle? version? amendments? co_sponsors?",
    "proposal.withdrawn": "before:word",
    "provision.revised": "provision before after reason decision:text",
    "provision.translated": "provision before after original",
    "reference.corrected": _CORRECTION,
    "representation.ended": "reason ends_on ended_at?",
    "representation.granted": "party by_party evidence starts_on ends_on",
    "round.cancelled": "reason",
    "round.completed": "",
    "round.extended": "before:instant after:instant reason",
    "round.opened": "closes_at zone version title? body? audience? visibility? opens_at?",
    "sealed_comments.read": "named since",
    "seat.handed_over": f"{_SEAT} predecessor reason",
    "sentences.read": "sentences",
    "service_account.closed": "reason",
    "service_account.opened": "party name scopes may_file ends_on delegate",
    "sitting.recorded": "body starts_on ends_on? first_number? second_number? place?",
    "text.imported": "provisions source_digest mends?",
    "translation.corrected": _CORRECTION,
    "translation.opened": "base follows",
    "version.abandoned": "reason",
    "version.consolidated": "base target applied conflicts",
    "version.issued": "number label? language? base?:id? provisions? text_digest?",
    "version.renumbered": "numbers references by_hand",
    "view.recorded": "amendment view reason",
    "work_item.assigned": "before:id? after:id?",
    "work_plan.imported": "added source_digest",
}
"""The details of each act by name, with `?` if it may be missing and `:kind` if it is of another kind than usual."""
ALWAYS_POSSIBLE = "representation? rows?"
"""What the entry of any act may have besides."""


class Detail(NamedTuple):
    """One detail of an act."""

    name: str
    schema: dict[str, object]
    is_required: bool


def details_of(tag: str) -> Iterator[Detail]:
    """Yield the details that an entry of an act has, each with its JSON Schema."""
    for item in f"{ACTS[tag]} {ALWAYS_POSSIBLE}".split():
        name, _, kind = item.partition(":")
        is_optional = name.endswith("?")
        name = name.removesuffix("?")
        usual, description = NAMES[name]
        yield Detail(name, {**_read_kind(kind or usual), "description": description}, not is_optional)


def _read_kind(kind: str) -> dict[str, object]:
    singular = kind.removesuffix("?")
    schema = KINDS[singular] if singular in KINDS else {"type": "array", "items": KINDS[singular.removesuffix("s")]}
    return {**schema, "type": [schema["type"], "null"]} if kind.endswith("?") else dict(schema)
