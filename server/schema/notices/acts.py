"""Acts of people on their own notices."""

import strawberry

from server.domain.notices import policy
from server.domain.notices.actions import choosing
from server.schema.mutations import act_field
from server.schema.notices.types import WatchedObject
from server.schema.parties.person_acts import PersonFact
from server.schema.reads.roots import fact

OWN = "it is about one's own notices, and the later choice stands"


@strawberry.type
class WatchFact:
    """What every fact about a watch shows."""

    subject_id: strawberry.Private[str]
    watched_object: WatchedObject = fact("What the caller wants to hear of the object now.")


@strawberry.type
class NoticeMutations:
    """Acts on notices."""

    mark_notices = act_field(
        policy.mark_notices,
        choosing.mark_notices,
        "Mark notices of the caller as read, or as unread.",
        about="Notices to mark.",
        notice_ids="Ids of the notices, at most 200; null for all of the caller.",
        is_read="Whether they were read.",
        outcome="Notices were marked.",
        answer=PersonFact,
        unlocked=OWN,
    )
    watch_object = act_field(
        policy.watch_object,
        choosing.watch_object,
        "Say what to hear of an object: everything, nothing, or what concerns the caller as usual.",
        about="An object to watch or to mute.",
        object_id="Id of a round, call, proposal, review cycle, body, sitting, work plan or version of a text.",
        mode="What to hear of it.",
        outcome="What a person hears of an object was chosen.",
        answer=WatchFact,
        unlocked=OWN,
    )
