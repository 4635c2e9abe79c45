"""The JSON list of a dump, record by record: unpacked, counted and decoded as it is read, never held whole."""

from __future__ import annotations

import codecs
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from partnermatch.errors import InputError

MAX_BYTES = 2 * 1024**3
"""Bytes that a dump may unpack to; the whole of ROR is some 300 MB."""
MAX_RATIO = 200
"""Times its size that a dump may unpack to; ROR's unpacks to 5 times, and deflate can pack a thousandfold."""
MAX_RECORD = 4 * 1024**2
"""Characters that one record may have; ROR's longest has 120,000."""
CHUNK = 1024**2
"""Bytes read at once."""

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Place(NamedTuple):
    """Where in a dump a record stands, counted from 1."""

    source: str
    number: int
    id: str = ""

    def error(self, reason: str) -> InputError:
        """What is wrong with the record, and what to do."""
        named = f" ({repr(self.id[:60])[1:-1]})" if self.id else ""
        return InputError(f"{self.source}, record {self.number}{named}, {reason}.")


def read_list(file: IO[bytes], source: str) -> Iterator[tuple[Place, Any]]:
    """The records of a JSON list, which may be packed as .zip; the first bytes say so.

    Args:
        file: open at its start, seekable.
        source: the file as it is called in errors.

    Raises:
        InputError: the file is damaged, too large once unpacked, no list, or not whole JSON; says which record.
    """
    text = _Text(_decode(_unpack(file, source), source))
    if text.peek() != "[":
        raise InputError(f"{source} is not a list of records: give the ROR dump, schema v2, as .zip or .json.")
    text.at += 1
    place = Place(source, 1)
    mark = text.peek()
    while mark != "]":
        yield place, text.read_value(place)
        mark = text.peek()
        if mark not in ("]", ","):
            raise _not_whole(place, "a comma or the end of the list must follow")
        text.at += mark == ","
        place = place._replace(number=place.number + 1)
    text.at += 1
    if text.peek():
        raise InputError(f"{source} goes on after the end of its list: take the dump anew.")


class _Text:
    """What was decoded and not yet used up, from `at` on."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.chunks = chunks
        self.held = ""
        self.at = 0

    def peek(self) -> str:
        """The next character that is no blank, empty at the end."""
        while True:
            self.at = _SPACE.match(self.held, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.held):
                return self.held[self.at]
            if not self._grow():
                return ""

    def read_value(self, place: Place) -> Any:
        """The value that begins here; more is read until it is whole."""
        self.peek()
        while True:
            try:
                value, self.at = _DECODER.raw_decode(self.held, self.at)
            except json.JSONDecodeError as error:
                if len(self.held) - self.at > MAX_RECORD or not self._grow():
                    raise _not_whole(place, error.msg) from None
            except RecursionError:
                raise place.error("is nested too deeply to be read: repair or remove it") from None
            except ValueError:
                raise place.error("has a number of too many digits: repair or remove it") from None
            else:
                return value

    def _grow(self) -> bool:
        """Twice as much as is left, so that a long record is not read anew too often."""
        pieces = [self.held[self.at :]]
        wanted = len(pieces[0])
        for chunk in self.chunks:
            pieces.append(chunk)
            wanted -= len(chunk)
            if wanted <= 0:
                break
        self.held, self.at = "".join(pieces), 0
        return len(pieces) > 1


def _not_whole(place: Place, reason: str) -> InputError:
    return place.error(f"is not whole JSON ({reason}): the file may be cut short, take it anew")


def _unpack(file: IO[bytes], source: str) -> Iterator[bytes]:
    size = file.seek(0, 2)
    file.seek(0)
    packed = file.read(2) == b"PK"
    file.seek(0)
    most = min(MAX_BYTES, MAX_RATIO * size)
    if not packed:
        yield from _count(file, most, source)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            member = _choose_member(archive, source)
            if member.file_size > most:
                raise _too_large(most, source)
            if member.flag_bits & 1:
                raise InputError(f"{source} is locked with a password: unpack it and give its .json file.")
            with archive.open(member) as stream:
                yield from _count(stream, most, source)
    except _DAMAGE as error:
        raise InputError(f"{source} is a .zip file that cannot be unpacked ({error}): take the dump anew.") from None


def _choose_member(archive: zipfile.ZipFile, source: str) -> zipfile.ZipInfo:
    """The .json file; of several, as releases of 2024 and 2025 have them, the one that says v2."""
    found = [item for item in archive.infolist() if item.filename.endswith(".json") and "__MACOSX" not in item.filename]
    chosen = [item for item in found if "v2" in item.filename.rpartition("/")[2].partition("_")[2]] or found
    if len(chosen) != 1:
        listed = ", ".join(repr(item.filename) for item in found) or "none"
        raise InputError(
            f"{source} must hold one .json file and holds {listed}: unpack it and give the file of schema v2."
        )
    return chosen[0]


def _count(stream: IO[bytes], most: int, source: str) -> Iterator[bytes]:
    total = 0
    while chunk := stream.read(CHUNK):
        total += len(chunk)
        if total > most:
            raise _too_large(most, source)
        yield chunk


def _too_large(most: int, source: str) -> InputError:
    reason = f"{MAX_BYTES} in all" if most == MAX_BYTES else f"{MAX_RATIO} times its size"
    return InputError(
        f"{source} unpacks to more than {most} bytes ({reason}), which no ROR dump does: take the dump anew."
    )


def _decode(chunks: Iterator[bytes], source: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = 0
    for chunk in chunks:
        kept = len(decoder.getstate()[0])
        yield _decode_chunk(decoder, chunk, before - kept, source)
        before += len(chunk)
    _decode_chunk(decoder, b"", before - len(decoder.getstate()[0]), source, final=True)


def _decode_chunk(
    decoder: codecs.IncrementalDecoder, chunk: bytes, start: int, source: str, *, final: bool = False
) -> str:
    try:
        text = decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{source} is not UTF-8: byte {start + error.start} does not fit. Take the dump anew."
        ) from None
    return text.removeprefix("\ufeff") if start == 0 else text
