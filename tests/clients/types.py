"""Make the TypeScript types of the published operations anew, if they are stale and there is Node."""

import sys

from server.tools.contracts.typescript import TYPES, are_types_stale, head_of
from tests.clients.install import NotInstalled, run
from tests.factories.api import CONTRACTS


def build_types() -> str:
    """Return the types as graphql-codegen makes them now. Raise NotInstalled where it cannot run."""
    return run("codegen.mjs", str(CONTRACTS), head_of(CONTRACTS))


def main() -> None:
    """Write the types; say so where somebody with Node has to do it."""
    if not are_types_stale(CONTRACTS):
        return
    try:
        types = build_types()
    except NotInstalled as reason:
        sys.stdout.write(f"stale {TYPES}: {reason}. Run `make contracts` where Node is.\n")
        return
    (CONTRACTS / TYPES).parent.mkdir(exist_ok=True)
    (CONTRACTS / TYPES).write_text(types, encoding="utf-8")
    sys.stdout.write(f"wrote {TYPES}\n")


if __name__ == "__main__":
    main()
