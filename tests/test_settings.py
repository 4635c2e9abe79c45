"""Settings: frozen, in range, known by name, and traceable by their hash."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.errors import SettingsError
from partnermatch.settings import ScoreSettings, Settings, TextSettings

NUMBERS = [
    (group.name, item.name, item.metadata["low"], item.metadata["high"])
    for group in dataclasses.fields(Settings)
    for item in dataclasses.fields(getattr(Settings(), group.name))
]
WHOLE = {(group, name) for group, name, *_ in NUMBERS if isinstance(getattr(getattr(Settings(), group), name), int)}


@pytest.mark.parametrize(("group", "name", "low", "high"), NUMBERS)
def test_each_number_has_a_range_and_lies_in_it(group: str, name: str, low: float, high: float) -> None:
    assert low <= getattr(getattr(Settings(), group), name) <= high


@pytest.mark.parametrize(("group", "name", "low", "high"), NUMBERS)
def test_a_number_out_of_its_range_is_refused(group: str, name: str, low: float, high: float) -> None:
    for value in (low - 1, high + 1, "1", None, float("nan")):
        with pytest.raises(SettingsError) as caught:
            Settings.from_dict({group: {name: value}})
        kind = "a whole number" if (group, name) in WHOLE else "a number"
        assert str(caught.value) == f"The setting {name} is {value!r}; it must be {kind} between {low} and {high}."


@pytest.mark.parametrize(("group", "name", "low", "high"), NUMBERS)
def test_a_truth_is_no_number_and_a_part_no_whole_one(group: str, name: str, low: float, high: float) -> None:
    for value in (True, (low + high) / 2 + 0.3) if (group, name) in WHOLE else (True,):
        with pytest.raises(SettingsError, match=f"The setting {name} is {value!r}; it must be"):
            Settings.from_dict({group: {name: value}})


@pytest.mark.parametrize("values", [None, [], "match", 1])
def test_a_group_without_names_is_refused(values: Any) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_dict({"scores": values})
    assert str(caught.value) == (f"The settings scores are {values!r}; give names and values, or leave scores out.")


def test_what_is_no_group_is_refused() -> None:
    wrong: Any = {"match": 0.5}
    with pytest.raises(SettingsError) as caught:
        Settings(scores=wrong)
    assert str(caught.value) == "The settings scores are {'match': 0.5}; they must be ScoreSettings(...)."
    with pytest.raises(TypeError, match="a mapping of groups, not from list"):
        Settings.from_dict([])  # type: ignore[arg-type]


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_dict({"textt": {}})
    groups = ", ".join(item.name for item in dataclasses.fields(Settings))
    assert str(caught.value) == f"There is no group of settings 'textt'; there are {groups}."


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_dict({"text": {"max_length": 5}})
    assert str(caught.value) == "There is no setting text.max_length; text has max_characters, max_marks."


def test_settings_are_made_from_nested_names() -> None:
    made = Settings.from_dict({"scores": {"match": 0.9}})
    assert made == Settings(scores=ScoreSettings(match=0.9))
    assert Settings.from_dict({}) == Settings()


def test_settings_are_frozen() -> None:
    changed: Any = Settings().scores
    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.match = 0.1


@given(characters=st.integers(10, 10_000))
def test_the_hash_changes_with_a_number_and_only_with_it(characters: int) -> None:
    made = Settings(text=TextSettings(max_characters=characters))
    assert made.hash() == Settings(text=TextSettings(max_characters=characters)).hash()
    assert (made.hash() == Settings().hash()) == (made == Settings())
    assert len(made.hash()) == 12
