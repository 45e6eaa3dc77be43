"""Watch whether the schema of the database stays one that this program can serve, while another release migrates it."""

import structlog

from server.storage.database import Database
from server.storage.schema import UnknownSchema

_log = structlog.get_logger("server.storage")


class SchemaWatch:
    """Looks at the schema of a database again and again, and logs when it stops or begins to be known.

    As long as it is unknown, the database refuses every use of it, and everything is answered 503.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fault = ""

    async def look(self) -> None:
        """Check the schema once. Raise an error if it cannot be read."""
        before = self._fault
        try:
            await self._database.check_schema()
            self._fault = ""
        except UnknownSchema as error:
            self._fault = str(error)
        if self._fault and not before:
            _log.error("the schema cannot be served", reason=self._fault)
        elif before and not self._fault:
            _log.warning("the schema can be served again")
