"""One name written in two ways of one script is one institution, in a list and in a table."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache

import pandas as pd
from cases import FIXTURES, read_cases
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch import lexicon
from partnermatch.text.fold import fold

PAIRS = read_cases("text_cases/same_script.tsv")


def list_partners() -> list[str]:
    with (FIXTURES / "partners.csv").open(encoding="utf-8", newline="") as lines:
        return sorted({row["name"] for row in csv.DictReader(lines)})


PARTNERS = list_partners()


def test_every_name_is_found_however_it_is_written() -> None:
    names = [name for _, name, _ in PAIRS]
    table = pd.DataFrame({"id": [f"n{place}" for place in range(len(names))], "name": names})
    registry = pm.Registry.from_table(table, id="id", name="name")
    answer = pm.resolve([written for _, _, written in PAIRS], registry)
    found = zip(answer["canonical_name"], answer["decision"], strict=True)
    lost = [pair for pair, got in zip(PAIRS, found, strict=True) if got != (pair[1], "match")]
    assert lost == []


@cache
def other_ways() -> dict[str, list[str]]:
    """Characters and words, each with what is folded to it."""
    ways: dict[str, list[str]] = {"-": ["\u2010", "\u2212"], "'": ["\u2019"], "・": ["\uff65"], "ー": ["\uff70"]}
    for table in (lexicon.variants(), lexicon.spellings()):
        for other, usual in table.items():
            ways.setdefault(usual, []).append(other)
    for code in range(0x21, 0x7F):
        ways.setdefault(chr(code), []).append(chr(code + 0xFEE0))
    return ways


@given(name=st.sampled_from([*PARTNERS, *(name for _, name, _ in PAIRS)]), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_folding_removes_never_makes_two_institutions(name: str, data: st.DataObject) -> None:
    written = name
    for usual in sorted(way for way in other_ways() if way in name):
        if data.draw(st.booleans()):
            written = written.replace(usual, data.draw(st.sampled_from(other_ways()[usual])))
    written = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), written)
    assume(fold(written) == fold(name))
    answer = pm.dedupe(pd.DataFrame({"name": [name, "京都大学", written]}), name="name")
    assert answer["canonical_id"][0] == answer["canonical_id"][2]
