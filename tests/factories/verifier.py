"""The verifier that stands alone, loaded as a stranger would: from its one file."""

import importlib.util
from pathlib import Path
from types import ModuleType

VERIFICATION = Path(__file__).parents[2] / "frontend-contracts" / "verification"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", VERIFICATION / "verify.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = _load()
