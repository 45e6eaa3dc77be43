"""Vocabulary of silence procedures: decisions that exist if nobody objects before an instant."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class SilenceStatus(StrEnum):
    """What people did with a silence procedure. `SilencePhase` says where it stands now."""

    OPENED = "OPENED"
    """Opened; after its last instant the decision exists, whether or not anybody has recorded it."""
    BROKEN = "BROKEN"
    """A Member objected before the last instant."""
    RESTARTED = "RESTARTED"
    """It was broken, and another one was opened in its place."""
    REFERRED = "REFERRED"
    """It was broken, and a sitting takes the matter up."""
    CANCELLED = "CANCELLED"
    """It was called off before its last instant."""
    RECORDED = "RECORDED"
    """Nobody objected, and the decision is on record."""


class SilencePhase(StrEnum):
    """Where a silence procedure stands now, by its status and the server's clock."""

    OPEN = "OPEN"
    """A Member can still object."""
    ADOPTED = "ADOPTED"
    """Nobody objected before the last instant: the decision exists since then."""
    BROKEN = "BROKEN"
    """A Member objected."""
    RESTARTED = "RESTARTED"
    """Broken; another one was opened in its place."""
    REFERRED = "REFERRED"
    """Broken; a sitting takes the matter up."""
    CANCELLED = "CANCELLED"
    """Called off."""


SILENCE_LIFECYCLE = Lifecycle(
    "silence procedure",
    SilenceStatus.OPENED,
    (
        moves("extend_silence", SilenceStatus.OPENED, to=SilenceStatus.OPENED),
        moves("make_statement", SilenceStatus.OPENED, to=SilenceStatus.OPENED),
        moves("break_silence", SilenceStatus.OPENED, to=SilenceStatus.BROKEN),
        moves("cancel_silence", SilenceStatus.OPENED, to=SilenceStatus.CANCELLED),
        moves("record_silence", SilenceStatus.OPENED, to=SilenceStatus.RECORDED),
        moves("restart_silence", SilenceStatus.BROKEN, to=SilenceStatus.RESTARTED),
        moves("refer_silence", SilenceStatus.BROKEN, to=SilenceStatus.REFERRED),
    ),
    finals=frozenset(
        {SilenceStatus.RESTARTED, SilenceStatus.REFERRED, SilenceStatus.CANCELLED, SilenceStatus.RECORDED}
    ),
)
