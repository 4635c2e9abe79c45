"""How far a run is, told to whoever asks."""

from __future__ import annotations

from collections.abc import Callable

TELL_EVERY = 500
"""Names between two words about how far reading is."""
Progress = Callable[[str, int, int], None]
"""Told of the step, how much of it is done, and how much there is."""
Note = Callable[[str], None]
"""Told, in a sentence, what a run left out."""


def count(progress: Progress, step: str, total: int) -> Callable[[int], None]:
    """What is told of every few names that were read, and now and then tells how many they are by now."""
    read = told = 0
    progress(step, 0, total)

    def advance(done: int) -> None:
        nonlocal read, told
        read += done
        if read - told >= TELL_EVERY:
            told = read
            progress(step, read, total)

    return advance


def note_nothing(sentence: str) -> None:
    """The notes that are told to nobody."""


def say_nothing(step: str, done: int, total: int) -> None:
    """The progress that is told to nobody."""
