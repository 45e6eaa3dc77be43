"""Bind what a party declares in a round, and the reminders to those that are silent."""

from server.journal.bindings.kinds import Binding
from server.models.delegations import NoComment, Reminder

BINDINGS = (
    Binding(NoComment, ("no_comment.declared",), ("no_comment.taken_back",)),
    # What the server itself notes when it sends a reminder is no act.
    Binding(Reminder, ("silent.reminded",), left_out=("sent_at", "letter_count")),
)
