"""Faults of the machine that the server runs on. An administrator reads them, in one line and without a traceback."""


class MachineFault(Exception):
    """Raised when this machine withholds something the server needs. The message says what, and what to set."""
