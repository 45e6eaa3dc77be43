"""The tests. Whatever imports one forgets what the shell says first, so that they are the same in every shell."""

import os

TERMINAL = {
    *("COLUMNS", "LINES", "TERMINAL_WIDTH"),
    *("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
}
"""Variables by which the console command is told to write colours into a pipe, or into lines of another width."""
SERVERS = {"FORWARDED_ALLOW_IPS", "WEB_CONCURRENCY"}
"""Variables that uvicorn reads."""
LIBPQ = "PG"
"""What every variable begins with that PostgreSQL's own library reads, such as PGHOST and PGOPTIONS."""

# `make` exports a setting itself. The names of settings count in either case of letters.
for variable in list(os.environ):
    if variable.upper().startswith(("INTERSESSION_", LIBPQ)) or variable in TERMINAL | SERVERS:
        del os.environ[variable]
