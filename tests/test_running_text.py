"""Running text: the passages are what the benchmark takes them for, acronyms are those that a text defines."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.extraction import weighing
from partnermatch.extraction.defined import name_acronyms
from partnermatch.extraction.mention import Mention

FIXTURES = Path(__file__).parents[1] / "fixtures"
PASSAGES = sorted((FIXTURES / "running_text").glob("*.md"))


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_every_bracket_of_a_passage_is_a_link(path: Path) -> None:
    heading, *lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    assert heading.startswith("Passages written by hand") and len(lines) >= 40
    links = [link for line in lines for link in re.findall(r"\]\(([^)]*)\)", line)]
    assert len(links) > 100
    assert all(re.fullmatch("[0-9a-z]{9}|-", link) for link in links)


def test_each_evidence_has_a_weight() -> None:
    assert list(weighing.WEIGHTS) == list(weighing.EVIDENCE)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (
            "the Deutsche Forschungsgemeinschaft (DFG, grant 1); DFG paid.",
            "Deutsche Forschungsgemeinschaft",
            ["DFG", "DFG"],
        ),
        ("DFG is the Deutsche Forschungsgemeinschaft (DFG).", "Deutsche Forschungsgemeinschaft", ["DFG"]),
        ("the University of Bern (ABC) and ABC", "University of Bern", []),
        ("the University of Bern (Bern)", "University of Bern", []),
        ("Kyoto University (KU), KU-1, KU/2, KUX", "Kyoto University", ["KU"]),
        ("科学技術振興機構（JST）とJST", "科学技術振興機構", []),
    ],
)
def test_an_acronym_that_a_text_defines_means_its_institution(text: str, name: str, found: list[str]) -> None:
    start = text.index(name)
    mention = Mention(start, start + len(name), name, "1", 0.9)
    first, *others = sorted(name_acronyms(text, [mention]))
    assert first == mention
    assert [(other.text, other.canonical_id, other.probability) for other in others] == [
        (own, "1", 0.9) for own in found
    ]
    assert all(text[other.start : other.end] == other.text for other in others)


def test_what_was_found_at_an_acronym_gives_way_to_its_definition() -> None:
    text = "the Association for Computing Machinery (ACM) and the ACM"
    name = Mention(4, 39, text[4:39], "acm", 0.8)
    museum = Mention(54, 57, "ACM", "museum", 0.99)
    assert {mention.canonical_id for mention in name_acronyms(text, [name, museum])} == {"acm"}


def test_an_acronym_means_what_the_text_names_in_full() -> None:
    registry = pm.Registry.from_ror(FIXTURES / "registry_cases/dump.json", index=False)
    alone, named = "The work at TMU was paid by others.", " She is at Tsukimi University now."
    before = {mention.text: mention.probability for mention in pm.extract(alone, registry)}
    found = {mention.text: mention.probability for mention in pm.extract(alone + named, registry)}
    assert before.get("TMU", 0.0) < found["TMU"] == found["Tsukimi University"]


PIECES = [
    "University of Oxford",
    " (UO)",
    "UO",
    "'s ",
    " and the ",
    ", ",
    "東京大学",
    "病院",
    "倫理委員会",
    "・",
    "（CERN）",
    "CERN",
    "-1",
    "2003年",
]


@pytest.fixture(scope="module")
def partners() -> pm.Registry:
    table = pd.read_csv(FIXTURES / "affiliations/registry.csv", keep_default_na=False)
    return pm.Registry.from_table(table, id="id", name="name", country="country", alias="alias")


@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_mentions_stand_one_behind_another_where_they_say(text: str, partners: pm.Registry) -> None:
    end = 0
    for mention in pm.extract(text, partners):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert 0 < mention.probability <= 1
        end = mention.end
