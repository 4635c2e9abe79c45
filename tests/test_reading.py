"""Names read by several processes: the same profiles, and a sentence where one of them ends."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence

import pytest

from partnermatch.errors import InterruptedRun
from partnermatch.profiles import build_profiles, reading
from partnermatch.settings import Settings

NAMES = ["東京大学医学部", "Univ. of Tokyo", "カロリンスカ研究所", "", "\ud800", "Kyoto University", "MIT", "京都大学"]


@pytest.fixture(autouse=True)
def _hand_out_few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MIN_SHARE", 2)
    monkeypatch.setattr(reading, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(reading, "LEAST_AT_ONCE", 3)


def test_several_processes_read_what_one_reads() -> None:
    told: list[int] = []
    alone = build_profiles(NAMES, [None] * len(NAMES), Settings())
    together = build_profiles(NAMES, [None] * len(NAMES), Settings(), told.append, workers=3)
    assert repr(together) == repr(alone)
    assert (sum(told), len(told)) == (len(NAMES), 3)


def test_a_process_that_ends_is_said_to_have_ended() -> None:
    first = os.getpid()

    def end(texts: Sequence[str]) -> int:
        return len(texts) if os.getpid() == first else os._exit(1)

    with pytest.raises(InterruptedRun, match="A process that did a part of the work has ended: run again with one"):
        list(reading.read_parts(end, NAMES, lambda _: None, 2))


def test_garbage_is_looked_for_again_after_reading() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), reading.without_collecting():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
