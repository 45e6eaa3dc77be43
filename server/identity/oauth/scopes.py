"""The scopes of the embedded issuer in words, and which of the requested ones an application gets."""

from collections.abc import Iterable, Mapping

from server.kernel.scopes import Scope

OPENID, PROFILE, EMAIL, OFFLINE = "openid", "profile", "email", "offline_access"

MEANINGS: Mapping[str, str] = {
    OPENID: "know that it is you",
    PROFILE: "know your name, language and time zone",
    EMAIL: "know your e-mail address",
    Scope.READ.value: "see what you may see here",
    Scope.COMMENT.value: "draft, file, withdraw and support comments in your name",
    Scope.WRITE.value: "do your other acts as a delegate or coordinator: proposals, groups, rounds, the work plan",
    Scope.SECRETARIAT.value: "do the acts of the Secretariat, if you are accredited for it",
    Scope.ADMINISTER.value: "administer applications, service accounts and sign-ins, if you are an administrator",
    OFFLINE: "go on doing so while you are away, until you or the administrator end it",
}
"""Every scope that can be asked for, with what it lets an application do."""


def allowed_scopes(requested: str | None, registered: Iterable[str]) -> list[str]:
    """Return the requested scopes (separated by spaces) for which the application is registered, in order and once.

    Nothing is given that was not requested.
    """
    permitted = set(registered) & MEANINGS.keys()
    return [name for name in dict.fromkeys((requested or "").split()) if name in permitted]
