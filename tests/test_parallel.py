"""Work that is shared out gives what one process gives, in the same order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.errors import InterruptedRun
from partnermatch.parallel import beside, cut, spread


@given(items=st.lists(st.integers()), workers=st.integers(1, 4), least=st.integers(1, 5), most=st.integers(5, 9))
def test_parts_are_the_items_in_their_order(items: list[int], workers: int, least: int, most: int) -> None:
    parts = cut(items, workers, least, most)
    assert [item for part in parts for item in part] == items
    assert parts and all(len(part) <= most for part in parts)
    assert len(parts) == 1 or all(len(part) >= least for part in parts[:-1])


@given(parts=st.lists(st.lists(st.integers(), max_size=3), max_size=5))
@settings(max_examples=10, deadline=None)
def test_copies_give_what_one_process_gives(parts: list[list[int]]) -> None:
    offset = 7  # a copy knows it without being told
    assert list(spread(lambda part: [item + offset for item in part], parts, 3)) == [
        [item + offset for item in part] for part in parts
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_work_beside_gives_what_it_gives_alone(workers: int) -> None:
    offset = 7
    with beside(lambda: offset + 1, workers) as wait:
        offset = 9  # a copy does not see what happens after it was made
    assert wait() == (8 if workers > 1 else 10)


def test_a_copy_beside_that_ends_is_told_in_a_sentence() -> None:
    with (
        pytest.raises(InterruptedRun, match="one worker"),
        beside(lambda: os.kill(os.getpid(), signal.SIGKILL), 2) as wait,
    ):
        wait()


def test_a_copy_that_ends_is_told_in_a_sentence() -> None:
    first = os.getpid()

    def end(_: int) -> None:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(InterruptedRun, match="one worker"):
        list(spread(end, [1, 2], 2))


def test_copies_end_with_a_process_that_is_killed() -> None:
    code = (
        "import os, time\n"
        "from partnermatch.parallel import spread\n"
        "list(spread(lambda part: os.write(1, b'%d\\n' % part) and time.sleep(600), range(3), 3))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert sorted(int(first.stdout.readline()) for _ in range(3)) == [0, 1, 2]
        first.kill()
        first.communicate(timeout=30)  # its output ends when the last copy has ended


def test_this_process_does_its_share() -> None:
    first = os.getpid()

    def work(part: int) -> tuple[int, int]:
        if os.getpid() != first:
            time.sleep(0.3)
        return part, os.getpid()

    done = list(spread(work, range(12), 2))
    assert [part for part, _ in done] == list(range(12))
    own = [process == first for _, process in done]
    assert own[0] and own.count(True) >= 9 and not all(own)  # a copy has one part in work and at most one in hand
