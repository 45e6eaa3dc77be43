"""`python -m server.tools.contracts [--check]`: regenerate `frontend-contracts/`, or list the stale files."""

import sys
from pathlib import Path

from server.tools.contracts.build import build_contracts

FOLDER = Path(__file__).parents[3] / "frontend-contracts"


def main() -> int:
    """Write the generated files; with --check write nothing, and return status 1 if one is stale."""
    check = "--check" in sys.argv[1:]
    stale = build_contracts(FOLDER, write=not check)
    for name in stale:
        sys.stdout.write(f"{'stale' if check else 'wrote'} {name}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
