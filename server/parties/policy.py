"""Who may admit parties and correct what is known of them. Pure."""

from server.access.conditions import the_secretariat
from server.acts import Act

REGISTER = "The Secretariat keeps the table of parties; capacities as in the chart of WGEC groups of September 2018"

admit_party = Act("admit_party", "party.admitted", the_secretariat, (), REGISTER)
correct_party = Act("correct_party", "party.corrected", the_secretariat, (), REGISTER)

ON_PARTY = (correct_party,)
"""The acts that a party offers."""
ACTS = (admit_party, *ON_PARTY)
