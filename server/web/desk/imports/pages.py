"""Imports of papers by the Secretariat."""

from server.web.desk.imports.participants import show_participants
from server.web.desk.imports.plans import fill_plan, show_plan_import
from server.web.desk.imports.texts import show_import
from server.web.desk.pages import Page

IMPORT_PAGES = (
    Page(
        "/import/participants",
        show_participants,
        acts=frozenset({"importParticipants"}),
        onward=lambda _, __, fact: "/import/participants",
        brings_papers=True,
    ),
    Page(
        "/import/text",
        show_import,
        acts=frozenset({"importText"}),
        onward=lambda _, __, fact: f"/texts/{fact['textVersion']['id']}",
        brings_papers=True,
    ),
    Page(
        "/import/plan",
        show_plan_import,
        acts=frozenset({"importWorkPlan"}),
        fill=fill_plan,
        onward=lambda _, __, fact: f"/plans/{fact['workPlan']['id']}",
        brings_papers=True,
    ),
)
