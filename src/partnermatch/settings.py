"""Every number that decides something, once, with its unit, its direction and its reason.

One frozen object a step, and `Settings` over them all. Its hash is written with every result, so that a result can be
traced to the numbers that made it. A setting that does not exist or is out of its range is refused.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from partnermatch.errors import SettingsError


def _number(default: float, low: float, high: float) -> Any:
    """A numeric field that must lie in low..high, both included."""
    return field(default=default, metadata={"low": low, "high": high})


class _Checked:
    """Refuses a number outside its range when it is made, and what is no number."""

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):  # type: ignore[arg-type]
            value, low, high = getattr(self, item.name), item.metadata.get("low"), item.metadata.get("high")
            if low is None or high is None:
                continue
            whole = isinstance(item.default, int)
            number = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
            if not number or not low <= value <= high:
                kind = "a whole number" if whole else "a number"
                raise SettingsError(
                    f"The setting {item.name} is {value!r}; it must be {kind} between {low} and {high}."
                )


@dataclass(frozen=True, kw_only=True)
class TextSettings(_Checked):
    """How raw strings are made safe.

    Attributes:
        max_characters: characters; a longer name is no name but a document, and gets `none`, reason `too_long`. Sudachi
            stops at 49,149 bytes, which 12,000 characters never reach.
        max_marks: combining marks kept on one letter; Vietnamese needs two, floods slow normalisation quadratically.
    """

    max_characters: int = _number(2_000, 10, 12_000)
    max_marks: int = _number(3, 0, 10)


@dataclass(frozen=True, kw_only=True)
class WeightSettings(_Checked):
    """How much a word of each role asks to be explained, 0..1; more is more telling.

    The distinctive rest is the measure (1.0); what many institutions share asks for less. Within a role, a word that
    many institutions of the registry use asks for less again (see `rarity_floor`).

    Attributes:
        rarity_floor: share of its role's weight that the commonest word keeps.
    """

    rest: float = _number(1.0, 0, 1)
    place: float = _number(0.9, 0, 1)
    number: float = _number(0.6, 0, 1)
    topic: float = _number(0.75, 0, 1)
    country: float = _number(0.5, 0, 1)
    qualifier: float = _number(0.35, 0, 1)
    kind: float = _number(0.6, 0, 1)
    rarity_floor: float = _number(0.1, 0, 1)


@dataclass(frozen=True, kw_only=True)
class LinkSettings(_Checked):
    """When two different words may stand for each other. Similarities are 0..1, more is more alike.

    Attributes:
        min_typo_letters: letters; in a shorter word one letter makes another word.
        two_typo_letters: letters from which two edits are still one word.
        two_misread_kana: kana from which two that differ are still one word.
        min_sound: similarity in sound below which two words are not linked; 0.60 takes one random pair in 70,000, 0.54 in 30,000.
        min_kanji_sound: the same for Chinese and Korean readings of kanji, which are spelled exactly or not at all.
        min_sound_consonants: consonants a word needs before its sound tells anything but by being the same.
        sound_doubt: how much of what two words lack in sound counts against them; above the threshold it is mostly
            spelling.
        misread: similarity of two katakana words that differ only in what is misread or spelled by turns.
    """

    min_typo_letters: int = _number(5, 3, 20)
    two_typo_letters: int = _number(10, 5, 40)
    two_misread_kana: int = _number(9, 5, 40)
    min_sound: float = _number(0.54, 0, 1)
    min_kanji_sound: float = _number(0.80, 0, 1)
    min_sound_consonants: int = _number(2, 1, 10)
    sound_doubt: float = _number(0.5, 0, 1)
    misread: float = _number(0.92, 0, 1)


@dataclass(frozen=True, kw_only=True)
class CandidateSettings(_Checked):
    """How far blocking goes.

    Attributes:
        see: names that each name looks at, at most.
        keep: the nearest of these that are compared in full. Of 100,000 rows of a made job B-cubed F1 is .947 with 8 of 60 and
            .948 with 10 of 80 (`python benchmarks/dedupe_scale.py --rows 100000 --seed 101 --settings ...`).
        min_joined: names; two keys that so many hold are looked up together.
    """

    see: int = _number(60, 1, 100_000)
    keep: int = _number(8, 1, 10_000)
    min_joined: int = _number(30, 1, 100_000)


@dataclass(frozen=True, kw_only=True)
class EvidenceSettings(_Checked):
    """How strong a claim about a pair is. Weights are in the units of `WeightSettings`; strengths are 0..1.

    Attributes:
        same_family: how far a kind of organization answers for another of its family: institute and laboratory.
        enough_shared: weight of shared words that is beyond chance: two proper names.
        full_name: weight from which a distinctive word that is missing counts in full; commoner words count in part.
        full_field: the same for fields.
        full_standing: the same for words of standing (national, general).
        full_country: share of the registry's institutions up to which those of one country are so few that being of it says all
            that it can; of the United States, which have 16%, it says 0.4 of that.
        letters_only: how well an acronym fits where a translation gives its letters but not their order.
    """

    same_family: float = _number(0.75, 0, 1)
    enough_shared: float = _number(2.0, 0.1, 10)
    full_name: float = _number(0.7, 0.01, 1)
    full_field: float = _number(0.35, 0.01, 1)
    full_standing: float = _number(0.2, 0.01, 1)
    full_country: float = _number(0.01, 0.000001, 0.5)
    letters_only: float = _number(0.8, 0, 1)


@dataclass(frozen=True, kw_only=True)
class ShortlistSettings(_Checked):
    """How many known names are compared with each name that is asked of a registry.

    Attributes:
        keep: names of the registry compared in full; of 3,417 Japanese names among 51,370 institutions, 50 hold the right one
            for 91.4% and put it among ten for 90.7%, 80 for 92.1% and 91.1%, 120 for 92.7% and 91.3%.
        max_postings: names; a word that more share finds nothing by itself where the name has rarer ones.
    """

    keep: int = _number(80, 1, 10_000)
    max_postings: int = _number(15_000, 1, 10_000_000)


@dataclass(frozen=True, kw_only=True)
class ScoreSettings(_Checked):
    """Where a probability becomes a decision. More is more certain.

    Attributes:
        match: probability from which two names mean one institution; groups are joined by the mean over the likeliest pairs
            between them. Of RIKEN and KI mentions and of a made job F1 is flat from 0.5 to 0.7 and precision rises; recall of
            the mentions falls from 0.65.
        answer: probability from which a name is answered by an institution of a registry, of which there are many that
            it may mean. Japanese names of ROR, cross-validated: 0.53 answers 80% of them, 95% rightly, 0.65 76%, 96% rightly.
        mention: probability from which an institution whose name stands in a string is an answer.
        beside: the same beside a likelier one whose name stands elsewhere in the string: most strings that name two mean one.
            Of 46 answers to affiliation strings between 0.5 and 0.6, held back, 21 are right; 0.6 costs strings that mean two.
        exact: the same where the string is nothing but its name and where it is: labels are often those of what is above it.
        extract: the same in running text. Of passages in Latin script, held back, 0.3 finds 88% of the mentions, 95% rightly,
            0.5 finds 83%.
        unseen: probability from which a string that is not in Japanese, and in which no name may be meant, means the
            institution whose name it is most like. On affiliation strings such answers are right as often as not.
        registry: probability from which a name of a table has the ID of a registry, and is one with all others that have it. Made
            tables of ROR names: 98.9% of 3,136 are right, of those between 0.7 and 0.8 it is 95.7%.
        review: probability from which a person should look; at most `match`.
        veto: probability under which a pair that speaks against itself forbids joining its sides through a third name.
    """

    match: float = _number(0.6, 0, 1)
    answer: float = _number(0.57, 0, 1)
    mention: float = _number(0.5, 0, 1)
    beside: float = _number(0.55, 0, 1)
    exact: float = _number(0.03, 0, 1)
    extract: float = _number(0.3, 0, 1)
    unseen: float = _number(0.94, 0, 1)
    registry: float = _number(0.8, 0, 1)
    review: float = _number(0.2, 0, 1)
    veto: float = _number(0.2, 0, 1)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.review > self.match:
            raise SettingsError(
                f"The setting review is {self.review!r} and match {self.match!r}; review must not be above match."
            )


@dataclass(frozen=True, kw_only=True)
class StoreSettings(_Checked):
    """How much of a store is looked at again when rows are added.

    Attributes:
        min_known: records; a store that holds fewer is deduped anew as a whole, which takes some seconds.
        near: probability from which a known name is looked at again beside a new one, with all of its institution. Pairs
            below decide nothing; the confidence of a name that stands alone may be so much too high.
    """

    min_known: int = _number(2_000, 0, 1_000_000_000)
    near: float = _number(0.05, 0, 1)


@dataclass(frozen=True, kw_only=True)
class Settings(_Checked):
    """All settings of a run, one group a step."""

    text: TextSettings = TextSettings()
    weights: WeightSettings = WeightSettings()
    links: LinkSettings = LinkSettings()
    candidates: CandidateSettings = CandidateSettings()
    shortlist: ShortlistSettings = ShortlistSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    scores: ScoreSettings = ScoreSettings()
    store: StoreSettings = StoreSettings()

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            group, kind = getattr(self, item.name), type(item.default)
            if not isinstance(group, kind):
                raise SettingsError(f"The settings {item.name} are {group!r}; they must be {kind.__name__}(...).")

    @classmethod
    def from_dict(cls, groups: Mapping[str, Mapping[str, Any]]) -> Self:
        """Settings from nested names and values, as a configuration file gives them.

        Raises:
            SettingsError: a group or a setting is unknown, or a number is out of its range.
            TypeError: the groups are no mapping.
        """
        if not isinstance(groups, Mapping):
            raise TypeError(f"Settings are made from a mapping of groups, not from {type(groups).__name__}.")
        made: dict[str, Any] = {}
        kinds = {item.name: type(getattr(cls(), item.name)) for item in dataclasses.fields(cls)}
        for group, values in groups.items():
            if group not in kinds:
                raise SettingsError(f"There is no group of settings {group!r}; there are {', '.join(kinds)}.")
            if not isinstance(values, Mapping):
                raise SettingsError(
                    f"The settings {group} are {values!r}; give names and values, or leave {group} out."
                )
            known = [item.name for item in dataclasses.fields(kinds[group])]
            for name in values:
                if name not in known:
                    raise SettingsError(f"There is no setting {group}.{name}; {group} has {', '.join(known)}.")
            made[group] = kinds[group](**values)
        return cls(**made)

    def hash(self) -> str:
        """Twelve hexadecimal digits that change when any setting does."""
        text = json.dumps(dataclasses.asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


DEFAULTS = Settings()
"""Those of a run that is given none."""


def take_settings(settings: Settings | None) -> Settings:
    """Those that a caller gave, or the defaults.

    Raises:
        TypeError: they are something else.
    """
    if not isinstance(settings, Settings | None):
        raise TypeError(f"Settings are made by pm.Settings; this is {type(settings).__name__}.")
    return settings or DEFAULTS
