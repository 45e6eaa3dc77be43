"""Bind nominations, promises, contributions and reports of groups; silence procedures and what was said in them."""

from server.journal.bindings.kinds import Binding, Computed, column_terms
from server.journal.digests import digest_of_silence
from server.models.groups import Contribution, GroupReport, Nomination, Promise
from server.models.silence import SilenceExtension, SilenceObjection, SilenceProcedure, SilenceStatement

BINDINGS = (
    Binding(
        Nomination,
        ("nomination.made",),
        ("nomination.accepted", "nomination.declined", "nomination.agreed", "nomination.withdrawn"),
    ),
    Binding(
        Promise,
        ("promise.asked", "promise.made"),
        (
            *("promise.accepted", "promise.declined", "promise.kept", "promise.handed_back", "promise.nudged"),
            "items.transferred",
        ),
    ),
    Binding(Contribution, ("contribution.made",)),
    Binding(
        GroupReport,
        ("group_report.drafted",),
        ("group_report.revised", "group_report.circulated", "group_report.adopted"),
    ),
    Binding(
        SilenceProcedure,
        ("silence.opened", "silence.restarted"),
        (
            *("silence.extended", "silence.broken", "silence.cancelled", "silence.recorded"),
            *("silence.referred", "silence.restarted"),
        ),
        terms=(
            *column_terms("silence.opened", text_digest="text_digest", body="body_id", title="title"),
            *column_terms("silence.opened", until="expires_at"),
            *column_terms("silence.restarted", until="expires_at"),
            *column_terms("silence.extended", after="expires_at"),
        ),
        computed=(Computed("text_digest", lambda row, _: digest_of_silence(row.text, row.subject_id)),),
    ),
    Binding(SilenceObjection, ("silence.broken",), subject="procedure_id"),
    Binding(SilenceStatement, ("statement.made",)),
    Binding(SilenceExtension, ("silence.extended",), subject="procedure_id"),
)
