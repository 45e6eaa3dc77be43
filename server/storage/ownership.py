"""Say whether the server has more power over its database than serving needs."""

from sqlalchemy import text

from server.storage.database import Database

_OWNS = text(
    "SELECT rolsuper OR pg_has_role(rolname, relowner, 'MEMBER') FROM pg_roles, pg_class "
    "WHERE rolname = current_user AND pg_class.oid = to_regclass('journal')"
)


async def serves_as_owner(database: Database) -> bool:
    """Return whether this role owns the tables on PostgreSQL, or is a superuser, and could so drop their triggers."""
    if database.is_sqlite:
        return False
    async with database.reading() as connection:
        return bool(await connection.scalar(_OWNS))
