"""Tell what a client sends to prove who it is, under the names that clients give it."""

AUTHORIZATION = "authorization"
ACTING_AS = "actingas"
HINT = "Send the access token as Authorization: Bearer TOKEN."
_TOKENS = frozenset(
    {
        "accesstoken",
        "apikey",
        "auth",
        "authentication",
        "authtoken",
        "bearer",
        "bearertoken",
        "credential",
        "credentials",
        "idtoken",
        "jwt",
        "sessiontoken",
        "token",
        "xaccesstoken",
        "xapikey",
        "xauthorization",
        "xauthtoken",
    }
)


def fold_name(name: str) -> str:
    """Return a name as it is compared: without case, hyphens and underscores."""
    return name.lower().replace("-", "").replace("_", "")


def is_token(name: str) -> bool:
    """Return whether a name other than Authorization says that its value is a credential."""
    return fold_name(name) in _TOKENS
