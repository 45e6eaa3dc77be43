"""Rows of the table of visits: meetings and groups, plans that are kept, what persons are told, open editions."""

from tests.desk.states import ISSUED, KEPT, MEETING, NEIGHBOURS, RETURNED, TOLD, Row, refused

_MEETINGS = (
    *(Row("/bodies/{body}", who, MEETING) for who in ("canada", "japan", "secretariat")),
    *(Row("/bodies/{lapsed}", who, MEETING) for who in ("japan", "secretariat")),
    Row("/bodies/{above}", "japan", MEETING),
    *(Row("/bodies/{body}/work", who, MEETING) for who in ("canada", "upu", "secretariat")),
    *(Row("/sittings/{sitting}/agenda", who, MEETING) for who in ("japan", "secretariat")),
    *(Row("/sittings/{sitting}/report", who, MEETING) for who in ("japan", "secretariat")),
    Row("/agenda-items/{agenda_item}", "secretariat", MEETING),
    *(Row("/sittings/{called_off}", who, MEETING) for who in ("japan", "secretariat")),
    Row("/sittings/{called_off}/agenda", "secretariat", MEETING),
    *(Row("/silence/{broken}", who, MEETING) for who in ("japan", "secretariat")),
    *(Row("/silence/{silence}", who, MEETING) for who in ("japan", "gea", "secretariat")),
    Row("/silence", "japan", MEETING),
    *(Row("/promises/{promise}", who, MEETING) for who in ("japan", "canada")),
    *(Row("/nominations/{nomination}", who, MEETING) for who in ("gea", "secretariat")),
    Row("/group-reports/{report}", "canada", MEETING),
    refused("/silence/{silence}", "japan", "breakSilence", MEETING, passage="no such words"),
    refused("/bodies/{body}/work", "canada", "askPromise", MEETING),
    refused("/sittings/{sitting}/agenda", "secretariat", "placeItem", MEETING, number="item X"),
)
_KEPT = (
    Row("/plans/new", "secretariat"),
    *(Row("/plans/{plan}/keep", who, KEPT) for who in ("secretariat", "canada", "japan")),
    *(
        Row(f"/plans/{{plan}}/{page}", who, KEPT)
        for page in ("changes", "hand-over")
        for who in ("secretariat", "japan")
    ),
    Row("/plans/{plan}", "canada", KEPT),
    *(Row(f"/plans/{{plan}}/{view}", "japan", KEPT) for view in ("path", "slips", "shift?subject={milestone}&days=21")),
    Row("/plans/overview", "japan", KEPT),
    *(Row("/milestones/{milestone}", who, KEPT) for who in ("secretariat", "canada", "japan")),
    Row("/milestones/{refused}", "secretariat", KEPT),
    *(
        Row(f"/milestone-changes/{{{of}}}", who, KEPT)
        for of in ("change", "declined")
        for who in ("secretariat", "japan")
    ),
    refused("/plans/{plan}/keep", "secretariat", "addMilestone", KEPT, period="one day"),
    refused("/milestones/{milestone}", "secretariat", "redateMilestone", KEPT, expectedRevision="99"),
    refused("/milestone-changes/{change}", "secretariat", "declineMilestoneChange", KEPT, reason=""),
)
_TOLD = (
    *(Row(path, "japan") for path in ("/notices", "/watching", "/calendars")),
    *(Row(path, "japan", TOLD) for path in ("/notices", "/notices?box=all", "/watching", "/calendars")),
    *(Row(f"/watching/{{{thing}}}", "japan", TOLD) for thing in ("watched", "muted", "body")),
    refused("/watching/{watched}", "japan", "watchObject", TOLD, mode="WATCHED"),
    Row("/calendars", "japan", TOLD, sends="openCalendarFeed"),
    Row("/profile", "japan", TOLD),
)
_NEIGHBOURS = (
    *(Row("/proposals/{own}/neighbours", who, NEIGHBOURS) for who in ("canada", "japan", "secretariat")),
    *(Row(path, "canada", NEIGHBOURS) for path in ("/proposals/{own}/precedents", "/provisions/{asked}")),
    *(Row("/neighbour-invitations/{invitation}", who, NEIGHBOURS) for who in ("canada", "japan")),
    *(Row("/texts/{version}/what-if", who, NEIGHBOURS) for who in ("canada", "secretariat")),
    Row("/texts/{version}/what-if?item={own}&item={other}&at-{other}=1", "japan", NEIGHBOURS),
    Row("/texts/{version}/what-if?item={own}&other={other}", "canada", NEIGHBOURS),
    refused("/proposals/{own}/neighbours", "canada", "inviteNeighbour", NEIGHBOURS, message="x" * 4_001),
    refused("/neighbour-invitations/{invitation}", "japan", "acceptNeighbourInvitation", NEIGHBOURS, reply="x" * 4_001),
)
_RETURNED = (
    *(Row("/proposals/{filed}", who, RETURNED) for who in ("secretariat", "japan")),
    *(Row("/proposals/{back}", who, RETURNED) for who in ("japan", "japan-assistant")),
    *(Row("/proposals/returned", who, RETURNED) for who in ("secretariat", "japan")),
    Row("/proposals/{filed}", "secretariat", RETURNED, 422, sends="returnProposal", fields=(("defects.0.reason", ""),)),
)
_OPEN = (
    *(Row(path, None, ISSUED) for path in ("/public", "/public/decisions", "/public/provisions/{key}")),
    *(Row(f"/public/editions/{{edition}}{view}", None, ISSUED) for view in ("", "/changes")),
    Row("/public/editions/none", None, ISSUED, status=404),
)
ROWS_OF_WORK = (*_MEETINGS, *_KEPT, *_TOLD, *_NEIGHBOURS, *_RETURNED, *_OPEN)
