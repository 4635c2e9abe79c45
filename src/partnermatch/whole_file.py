"""A file is there whole or not at all: written beside, synced, renamed."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from partnermatch.errors import InputError


def write_whole(path: Path, blocks: Iterable[bytes | memoryview]) -> None:
    """Write a file so that it is there whole or not at all: beside, synced, renamed.

    What a link leads to is written and the link stays; a file that is replaced keeps who may read it. A pipe or a device,
    such as /dev/stdout, holds nothing to be replaced and is written into.

    Args:
        path: the file.
        blocks: its content, one behind another.

    Raises:
        InputError: the folder is missing or cannot be written.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        _write_into(path, blocks)
        return
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        file = beside.open("xb")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}. Name a folder that exists.") from None
    try:
        with file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)  # what a run left that was stopped, too


def check_place(path: Path) -> None:
    """Refuse, before the work that is to fill it, a file that cannot be written where it was named.

    Raises:
        InputError: there is no such folder, or a folder of that name.
    """
    if path.is_dir():
        raise InputError(f"{path} cannot be written: Is a directory. Name a file.")
    if not path.parent.is_dir():
        raise InputError(f"{path} cannot be written: No such file or directory. Name a folder that exists.")


def _write_into(path: Path, blocks: Iterable[bytes | memoryview]) -> None:
    try:
        with path.open("wb") as file:
            file.writelines(blocks)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None
