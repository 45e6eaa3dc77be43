"""Install the clients that the lock beside this file names, once per lock, in a folder outside of the repository."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import gettempdir

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"


class NotInstalled(Exception):
    """Raised when the clients cannot run here; the message says why."""


def install() -> Path:
    """Return a folder with the clients and the scripts of this folder. Raise NotInstalled without Node or a network."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NotInstalled(f"{program} is not installed")
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "intersession" / f"clients-{digest}"
    if not (folder / "node_modules" / ".package-lock.json").exists():
        _install_in(folder)
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, folder / script.name)
    return folder


def _install_in(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = folder.with_name(f"{folder.name}.{os.getpid()}")  # renamed when whole, so that two may install at once
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, making / name)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=making, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode != 0:
        shutil.rmtree(making, ignore_errors=True)
        raise NotInstalled("npm ci failed: the packages could not be installed (offline?)")
    if folder.exists():
        shutil.rmtree(making)
    else:
        making.rename(folder)


def run(script: str, *arguments: str, seconds: float = 300) -> str:
    """Run a script of this folder with the clients, without a proxy, and return what it prints."""
    folder = install()
    own = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = ["node", str(folder / script), *arguments]
    ended = subprocess.run(
        command,
        cwd=folder,
        env=own | {"TMPDIR": gettempdir()},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    if ended.returncode != 0:
        raise RuntimeError(f"{script} failed: {ended.stdout}{ended.stderr}")
    return ended.stdout
