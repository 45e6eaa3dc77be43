"""Who may have calendar addresses. Pure."""

from server.domain.notices.policy import everybody
from server.kernel.acts import Act

DEADLINES = "Deadlines and sittings belong into the calendars of those who prepare them, and move there by themselves"

open_calendar_feed = Act("open_calendar_feed", "calendar.opened", everybody, (), DEADLINES)
close_calendar_feed = Act("close_calendar_feed", "calendar.closed", everybody, (), DEADLINES)

ACTS = (open_calendar_feed, close_calendar_feed)
