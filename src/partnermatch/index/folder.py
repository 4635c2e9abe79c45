"""Where the index of a dump is kept if nobody names a file: the folder for what a user's programs may make again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from partnermatch.errors import InputError

SUFFIX = ".pmindex"


def find_place(sha256: str) -> Path:
    """The file for a dump: one a dump, so that an older index makes way for the new one.

    The folder is that of the XDG Base Directory Specification, or what takes its place on macOS and Windows; setting
    XDG_CACHE_HOME moves it everywhere.
    """
    return find_folder() / "partnermatch" / f"{sha256[:32]}{SUFFIX}"


def make_folder(path: Path) -> None:
    """Make the folder of a file, for its user alone.

    Raises:
        InputError: it cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path.parent} cannot be made: {error.strerror}. Name a file with --index.") from None


def find_folder() -> Path:
    """The user's folder for caches."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if Path(named).is_absolute():  # the specification says that other paths are to be ignored
        return Path(named)
    local = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else ""
    if local:
        return Path(local)
    try:
        home = Path.home()
    except RuntimeError:
        return Path(os.devnull)  # a user without a home, as in some containers: nothing can be kept
    ways = {"win32": ("AppData", "Local"), "darwin": ("Library", "Caches")}
    return home.joinpath(*ways.get(sys.platform, (".cache",)))
