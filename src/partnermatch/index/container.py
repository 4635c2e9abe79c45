"""Arrays by name in one file, which is mapped into memory and never runs code.

    20 bytes   MAGIC
     4 bytes   FORMAT
     8 bytes   length of the header
    32 bytes   BLAKE2b of all that follows
    header     JSON: `about`, what the file says of itself; `arrays`, the name, type, shape and place of each
    arrays     little-endian, each at a multiple of 64 bytes behind the header

Whole numbers are little-endian. Nothing in a file depends on the time, the machine or the order of anything, so that the
same content has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnermatch.errors import InputError, WrongIndex
from partnermatch.whole_file import check_place, write_whole

MAGIC = b"partnermatch index\n\0"
FORMAT = 1
"""Rises when a file is laid out otherwise."""
ALIGNMENT = 64
"""Bytes; what processors like arrays to begin at."""
_DIGEST = 32
_HEAD = len(MAGIC) + 4 + 8 + _DIGEST
_KINDS = "buif"
"""Kinds of numbers that an array may hold: never objects."""
AGAIN = "Make it anew with `partnermatch index DUMP -o FILE`, or Registry.save."


class Container(NamedTuple):
    """The content of a file.

    Attributes:
        about: what it says of itself.
        arrays: by name; they can be read only.
    """

    about: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


def write_container(path: Path, about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a file, whole or not at all.

    Raises:
        InputError: the folder is missing or cannot be written.
    """
    packed = {name: _pack(array) for name, array in arrays.items()}
    rows, end = [], 0
    for name, array in packed.items():
        rows.append([name, array.dtype.str, array.shape, end])
        end += array.nbytes + _padding(array.nbytes)
    header = json.dumps({"about": dict(about), "arrays": rows}, sort_keys=True).encode()
    header += b" " * _padding(_HEAD + len(header))
    digest = hashlib.blake2b(header, digest_size=_DIGEST)
    for block in _list_blocks(packed):
        digest.update(block)
    head = MAGIC + FORMAT.to_bytes(4, "little") + len(header).to_bytes(8, "little") + digest.digest()
    write_whole(path, (head, header, *_list_blocks(packed)))


def is_container(path: Path) -> bool:
    """Whether there is a file that begins like one of these; a damaged one may."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def check_index_place(path: Path) -> None:
    """Refuse, before the work that is to fill it, a file that cannot be written or that is something else.

    Raises:
        InputError: there is no such folder.
        WrongIndex: there is something else.
    """
    refuse_other_file(path)
    check_place(path)


def refuse_other_file(path: Path) -> None:
    """Refuse to write over what is no such file.

    Raises:
        WrongIndex: there is something else.
    """
    if path.exists() and not is_container(path):
        raise WrongIndex(f"{path} is no index of a registry and is left as it is: name another file.")


def read_container(path: Path) -> Container:
    """Map a file into memory.

    Raises:
        InputError: there is no such file, or it cannot be opened.
        WrongIndex: it is no index, of another format, cut short or damaged.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise WrongIndex(f"{path} is no index of a registry: give the file that `partnermatch index` wrote.")
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}. Check the path.") from None
    start = len(MAGIC)
    format = int.from_bytes(mapped[start : start + 4], "little")
    length = int.from_bytes(mapped[start + 4 : start + 12], "little")
    if format != FORMAT and len(mapped) >= _HEAD:
        raise WrongIndex(f"{path} has format {format} of an index where {FORMAT} is read. {AGAIN}")
    if hashlib.blake2b(mapped[_HEAD:], digest_size=_DIGEST).digest() != mapped[_HEAD - _DIGEST : _HEAD]:
        raise refuse_damaged(path)
    try:
        header = json.loads(bytes(mapped[_HEAD : _HEAD + length]))
        return Container(header["about"], dict(_read_arrays(mapped, header["arrays"], _HEAD + length)))
    except (ValueError, KeyError, TypeError):
        raise refuse_damaged(path) from None


def refuse_damaged(path: Path) -> WrongIndex:
    """The error that says so."""
    return WrongIndex(f"{path} is a damaged index: it was cut short or changed. {AGAIN}")


def _read_arrays(mapped: memoryview, rows: list[Any], start: int) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, kind, shape, place in rows:
        dtype = np.dtype(kind)
        if dtype.kind not in _KINDS:
            raise ValueError(kind)
        count = int(np.prod(shape, dtype=np.int64))
        yield name, np.frombuffer(mapped, dtype, count, start + place).reshape(shape)


def _pack(array: NDArray[Any]) -> NDArray[Any]:
    packed = np.ascontiguousarray(array)
    return packed.astype(packed.dtype.newbyteorder("<"), copy=False)


def _list_blocks(arrays: Mapping[str, NDArray[Any]]) -> Iterator[bytes | memoryview]:
    for array in arrays.values():
        if array.size:
            yield array.reshape(-1).view(np.uint8).data
        yield bytes(_padding(array.nbytes))


def _padding(length: int) -> int:
    return -length % ALIGNMENT
