"""Who may register applications, open service accounts, and end what programs may do. Pure."""

from server.identity.applications.rules import (
    ApplicationFacts,
    GrantFacts,
    has_secret,
    is_program,
    not_retired,
    not_revoked,
)
from server.kernel.acts import Act, Condition
from server.kernel.conditions import an_officer, party_itself, the_administrator
from server.kernel.scopes import Scope

REGISTER = "The Secretariat keeps the register of programs; addresses and secrets as in RFC 6749, 8252 and 9700"
ENDING = "What a person let a program do ends when they say so, and at once"

secretariat_of_program: Condition[ApplicationFacts] = Condition(
    "the Secretariat in person, for applications other than service accounts",
    lambda actor, facts: actor.is_secretariat and not actor.is_service and facts.party_id is None,
    frozenset({Scope.SECRETARIAT}),
)
administrator_of_program: Condition[ApplicationFacts] = Condition(
    "a technical administrator, for applications other than service accounts",
    lambda actor, facts: actor.is_administrator and facts.party_id is None,
    frozenset({Scope.ADMINISTER}),
)
"""Not for service accounts: their secret is for their party only, because it lets one speak for the party."""
own_grant: Condition[GrantFacts] = Condition(
    "the person who gave it",
    lambda actor, facts: bool(actor.person_id) and actor.person_id == facts.person_id,
    frozenset({Scope.WRITE, Scope.ADMINISTER}),
)
keepers = an_officer | the_administrator

register_application = Act("register_application", "application.registered", keepers, (), REGISTER)
correct_application = Act("correct_application", "application.corrected", keepers, (is_program, not_retired), REGISTER)
retire_application = Act("retire_application", "application.retired", keepers, (is_program, not_retired), REGISTER)
rotate_application_secret = Act(
    "rotate_application_secret",
    "application.secret_rotated",
    secretariat_of_program | administrator_of_program | party_itself,
    (has_secret, not_retired),
    REGISTER,
)
revoke_grant = Act("revoke_grant", "grant.revoked", own_grant, (not_revoked,), ENDING)

ON_APPLICATION = (correct_application, rotate_application_secret, retire_application)
"""The acts that an application offers."""
ON_GRANT = (revoke_grant,)
"""The acts that a grant offers."""
ACTS = (register_application, *ON_APPLICATION, *ON_GRANT)
