"""Who may admit parties and correct what is known of them, and how the first officer comes in. Pure."""

from server.access.conditions import the_secretariat
from server.acts import Act, Condition
from server.parties.rules import AppointmentFacts, not_accredited

REGISTER = "The Secretariat keeps the table of parties; capacities as in the chart of WGEC groups of September 2018"
SHELL = "A database without an officer gets one from whoever runs the server; the journal names the officer"

whoever_holds_the_shell: Condition[AppointmentFacts] = Condition(
    "whoever holds the shell of the server", lambda actor, _: actor.is_secretariat
)
"""The actor is the officer who is being appointed: nobody else is there yet."""

admit_party = Act("admit_party", "party.admitted", the_secretariat, (), REGISTER)
correct_party = Act("correct_party", "party.corrected", the_secretariat, (), REGISTER)
appoint_officer = Act("appoint_officer", "officer.appointed", whoever_holds_the_shell, (not_accredited,), SHELL)

ON_PARTY = (correct_party,)
"""The acts that a party offers."""
ACTS = (admit_party, *ON_PARTY)
INTERNAL = (appoint_officer,)
"""Acts that no mutation exposes."""
