"""Joining and leaving groups, holding functions in bodies, and recording when they sit and what they decide. Every act
goes the same way: visible, permitted, possible, well-formed, done, recorded."""

from server.domain.bodies.actions.functions import appoint_function, end_function
from server.domain.bodies.actions.joining import join_body, leave_body
from server.domain.bodies.actions.recording import Sees, add_decision, record_decision, record_sitting
from server.domain.bodies.actions.seats import accept_invitation

__all__ = [
    "Sees",
    "accept_invitation",
    "add_decision",
    "appoint_function",
    "end_function",
    "join_body",
    "leave_body",
    "record_decision",
    "record_sitting",
]
