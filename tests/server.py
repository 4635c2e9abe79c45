"""A PostgreSQL server of its own for the tests: found on the machine, started on a private socket, stopped and deleted.

Also when the tests are killed; the address of a socket must be short, so its folder lies in the folder for temporary files.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from endings import STOP_SERVER, at_the_end

DEBIAN = Path("/usr/lib/postgresql")
USERS = ("postgres", "nobody")
"""The server refuses to run as root; then it runs as the first of these that there is."""
MISSING = "no PostgreSQL server is installed: on Debian, apt-get install postgresql"


def find_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest version first; None if there is none."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name.partition(".")[0]), reverse=True)
    on_path = shutil.which("pg_ctl")
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def start_server(programs: Path) -> Iterator[str]:
    """A running server; gives the URL of its first database, without a database's name."""
    folder = Path(tempfile.mkdtemp(prefix="pm-server-"))
    data, log = folder / "data", folder / "log"
    user = next(pwd.getpwnam(name) for name in USERS if _has_user(name)) if os.getuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def call(program: str, *options: str) -> None:
        command = [str(programs / program), "-D", str(data), *options]
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **who)  # type: ignore[call-overload]
        said = log.read_text(encoding="utf-8") if log.exists() else ""
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}{said}"

    with at_the_end(STOP_SERVER, folder):
        call("initdb", "--auth=trust", "--username=partnermatch", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=30"
        call("pg_ctl", "--log", str(log), "--wait", "--options", options, "start")
        yield f"postgresql://partnermatch@/{{}}?host={folder}"


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
