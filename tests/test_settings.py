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


@pytest.mark.parametrize(("group", "name", "low", "high"), NUMBERS)
def test_each_number_has_a_range_and_lies_in_it(group: str, name: str, low: float, high: float) -> None:
    assert low <= getattr(getattr(Settings(), group), name) <= high


@pytest.mark.parametrize(("group", "name", "low", "high"), NUMBERS)
def test_a_number_out_of_its_range_is_refused(group: str, name: str, low: float, high: float) -> None:
    for value in (low - 1, high + 1, "1", None, float("nan")):
        with pytest.raises(SettingsError) as caught:
            Settings.from_dict({group: {name: value}})
        assert str(caught.value) == f"The setting {name} is {value!r}; it must lie between {low} and {high}."


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
