"""Everything that partnermatch raises, one tree with one root.

    PartnermatchError
    ├── InputError            the input cannot be read or lacks something (exit code 3)
    │   ├── MissingColumn     a column that was named is not there
    │   ├── WrongEncoding     the bytes are not in the encoding they were read with
    │   ├── EmptyInput        there is nothing to read
    │   ├── WrongIndex        a file is no index of a registry, is damaged, or was made otherwise
    │   └── StoreError        a store cannot be opened, read or written
    │       └── StoreBusy     somebody else is writing to it
    ├── SettingsError         a setting is unknown or out of its range (exit code 2)
    ├── LexiconError          a data file of the lexicon has a wrong line
    └── InterruptedRun        a run stopped part-way (exit code 4)

Every text is one sentence for the person who sees it: which file, record or field, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class PartnermatchError(Exception):
    """Root of the tree: catch this to catch everything the library raises on purpose."""

    exit_code = 1


class InputError(PartnermatchError):
    """The input cannot be read or lacks something."""

    exit_code = 3


class MissingColumn(InputError):
    """A column that was named is not in the table."""

    def __init__(self, column: str, present: Sequence[str], *, flag: str = "name") -> None:
        """Say which column is missing and which ones are there.

        Args:
            column: the name asked for.
            present: the names of the table, in its order.
            flag: the option that names the column.
        """
        listed = ", ".join(map(repr, present)) or "none"
        super().__init__(
            f"There is no column {column!r}; the table has {listed}. Name one of these with --{flag} ({flag}=)."
        )


class WrongEncoding(InputError):
    """The bytes are not in the encoding they were read with."""

    def __init__(self, source: str, encoding: str, byte: int, *, cut: bool = False) -> None:
        """Say where reading stopped.

        Args:
            source: the file as the caller named it.
            encoding: the encoding tried.
            byte: offset in bytes, from 0, of the first byte that does not fit.
            cut: whether the file ends in the middle of a character.
        """
        fault = f"its last character, from byte {byte} on, is cut short" if cut else f"byte {byte} does not fit"
        advice = "Take the file anew if it is not whole, or give" if cut else "Give"
        super().__init__(
            f"{source} is not {encoding}: {fault}. {advice} its encoding with --encoding (encoding=), for example cp932."
        )


class EmptyInput(InputError):
    """There is nothing to read."""

    def __init__(self, source: str) -> None:
        """Say which source is empty."""
        super().__init__(f"{source} is empty: a header line and at least one row are needed.")


class WrongIndex(InputError):
    """A file is no index of a registry, is damaged, or was made from or by something else than what is here."""


class StoreError(InputError):
    """A store of identities cannot be opened, read or written; nothing in it was changed."""


class StoreBusy(StoreError):
    """Somebody else is writing to the store."""

    def __init__(self, place: str) -> None:
        """Say which store."""
        super().__init__(f"{place} is being written by another run; wait until it has ended, and run this again.")


class SettingsError(PartnermatchError):
    """A setting is unknown or out of its range."""

    exit_code = 2


class LexiconError(PartnermatchError):
    """A data file of the lexicon has a wrong line."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        """Say which line of which file, and why.

        Args:
            file: name of the data file.
            line: its line, from 1.
            reason: what is wrong with it.
        """
        super().__init__(f"{file}, line {line}: {reason}.")


class InterruptedRun(PartnermatchError):
    """A run stopped part-way."""

    exit_code = 4
