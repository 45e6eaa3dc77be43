"""Who may mark notices and say what they want to hear of. Pure."""

from typing import Any

from server.kernel.acts import Act, Condition

INBOX = "People hear in time of what concerns them, and of nothing twice; each decides what they want to hear of"

everybody: Condition[Any] = Condition("every delegate, for themselves", lambda actor, _: actor.is_signed_in)

mark_notices = Act("mark_notices", "notices.marked", everybody, (), INBOX)
watch_object = Act("watch_object", "object.watched", everybody, (), INBOX)

ACTS = (mark_notices, watch_object)
