"""`python -m server.tools.contracts [--check]`: regenerate `frontend-contracts/`, or list what is stale or breaks."""

import sys
from pathlib import Path

from server.kernel.clock import utc_now
from server.schema.root import schema
from server.tools.contracts.build import build_contracts
from server.tools.contracts.changes import list_faults
from server.tools.contracts.typescript import TYPES, are_types_stale

FOLDER = Path(__file__).parents[3] / "frontend-contracts"
CHANGELOG = FOLDER.parent / "CHANGELOG.md"


def main() -> int:
    """Write the generated files; with --check write nothing, and return status 1 if one is stale.

    A change that may not be released yet is listed in both cases, and fails with --check.
    """
    check = "--check" in sys.argv[1:]
    stale = build_contracts(FOLDER, write=not check)
    if check and are_types_stale(FOLDER):
        stale.append(TYPES)
    for name in stale:
        sys.stdout.write(f"{'stale' if check else 'wrote'} {name}\n")
    faults = list(list_faults(FOLDER, schema._schema, CHANGELOG.read_text(encoding="utf-8"), utc_now().date()))
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if check and (stale or faults) else 0


if __name__ == "__main__":
    sys.exit(main())
