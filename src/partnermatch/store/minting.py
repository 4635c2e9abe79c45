"""Minted IDs: opaque, random, with two characters that show a misprint, and never the same twice.

`pm`, twelve base-32 letters of chance (60 bits), two of check: the number that the twelve stand for modulo 1021, the largest
prime below 32², which changes whenever one letter does, or any two change places.
"""

from __future__ import annotations

from collections.abc import Callable

PREFIX = "pm"
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
LETTERS = 12
"""Letters of chance: 60 bits, so that a million IDs hold a double with a chance of one in two million."""
CHECK_PRIME = 1021
LENGTH = len(PREFIX) + LETTERS + 2
Randomness = Callable[[int], bytes]
"""Gives so many random bytes, such as `os.urandom`."""


def mint(randomness: Randomness) -> str:
    """A new ID; whether it was ever given before is for the caller to see.

    >>> mint(bytes)
    'pmaaaaaaaaaaaaaa'
    """
    number = int.from_bytes(randomness(8), "big") >> (64 - 5 * LETTERS)
    return PREFIX + _spell(number, LETTERS) + _check(number)


def is_minted(text: str) -> bool:
    """Whether a text is an ID as they are minted, with check characters that fit.

    >>> is_minted("pmaaaaaaaaaaabab"), is_minted("pmaaaaaaaaaaabba")
    (True, False)
    """
    letters = text[len(PREFIX) : -2]
    if len(text) != LENGTH or not text.startswith(PREFIX) or set(letters) - set(ALPHABET):
        return False
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return text[-2:] == _check(number)


def _check(number: int) -> str:
    return _spell(number % CHECK_PRIME, 2)


def _spell(number: int, letters: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(letters)))
