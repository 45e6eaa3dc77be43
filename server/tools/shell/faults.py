"""Say what is wrong with a setting: a line each, which names the setting and what it must be, and no value."""

import re

from pydantic import ValidationError
from pydantic_settings import SettingsError

PREFIX = "INTERSESSION"
_FORMS = {
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "enum": "must be {expected}",
    "string_too_long": "must have {max_length} characters at most",
    "dict_type": "must be a JSON object",
    "string_type": "must be a JSON object of texts",
    "value_error": "{error}",
}
"""What a setting must be, by the kind of the fault."""


def say_faults(error: ValidationError) -> list[str]:
    """Return a line for each setting that has a wrong value."""
    lines = []
    for fault in error.errors(include_input=False, include_url=False):
        words = _FORMS.get(fault["type"], fault["msg"]).format(**fault.get("ctx", {}))
        if fault["loc"]:
            lines.append(f"{_name(str(fault['loc'][0]))}: {words}")
        else:  # of several settings together: the message begins with the field
            field, _, words = words.partition(": ")
            lines.append(f"{_name(field)}: {words}")
    return lines


def say_unreadable(error: SettingsError) -> str:
    """Return the line for a setting that should be JSON and is not."""
    field = re.search(r'field "(\w+)"', str(error))
    return f"{_name(field[1]) if field else PREFIX}: must be JSON, and is not: {error.__cause__}"


def _name(field: str) -> str:
    return f"{PREFIX}_{field.upper()}"
