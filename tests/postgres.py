"""A private PostgreSQL for one test run: own folder, own socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Missing(RuntimeError):
    """PostgreSQL is not installed; ``make install-test`` installs it."""


def tools() -> Path:
    """The folder of initdb and pg_ctl."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    for places in ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin",
                   "/usr/local/opt/postgresql@*/bin"):
        candidates += sorted(Path("/").glob(places[1:]), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Missing("PostgreSQL is not installed. Run `make install-test`.")


def _owner() -> str | None:
    """Somebody who is not root, where we are root: the server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Missing("PostgreSQL cannot run as root and no other account was found.")


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the URL of an empty database."""
    binaries, owner = tools(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="citizen-pg-", dir="/tmp"))
    if owner:
        shutil.chown(folder, owner)

    def run(*line: str) -> None:
        done = subprocess.run(line, user=owner, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{line[0]} failed: {done.stderr or done.stdout}")

    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    run(str(binaries / "initdb"), "-D", str(data), "-U", "citizen", "-A", "trust", "-E", "UTF8", "--locale=C")
    try:
        log = str(folder / "log")
        run(str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", log, "-o", options, "start")
        yield f"postgresql://citizen@/postgres?host={folder}"
    finally:
        subprocess.run([str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
                       user=owner, cwd=folder, capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)
