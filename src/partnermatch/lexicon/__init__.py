"""The lexicon: reads, checks and freezes its data files; nothing else opens them.

Every function loads its file on first use and keeps it. Forms are given as the file has them: folding is the business
of `text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from partnermatch.lexicon.tsv import Line, read_lines, split_forms

LEVELS = ("top", "body", "part", "campus", "legal")
PARTS = ("fold", "stand", "nearest", "-")
COUNTS = ("sure", "always", "short", "string", "stop")
SHORT_ROLES = ("head", "kind", "field", "-")
WORD_ROLES = ("topic", "qualifier", "stop", "expand")


class Kind(NamedTuple):
    """What a kind of organization is: see the head of kinds.tsv for the values."""

    name: str
    level: str
    parts: str
    family: str


class Entry(NamedTuple):
    """Forms that stand for one concept, or for several at once.

    Attributes:
        line: where it stands, for messages.
        role: `kind`, `topic`, `qualifier`, `stop`, `expand`, `short`, `family`, `country` or `place`.
        concepts: keys of what it means, `role:name` each.
        ja: Japanese forms.
        latin: forms in Latin letters.
    """

    line: Line
    role: str
    concepts: tuple[str, ...]
    ja: tuple[str, ...]
    latin: tuple[str, ...]


class Country(NamedTuple):
    """A country: its code, its names, and its adjectives (korean, chinese)."""

    code: str
    entry: Entry


class Place(NamedTuple):
    """A city or region, with the country it lies in and how many people live there."""

    key: str
    country: str
    kind: str
    population: int
    entry: Entry


class Abbreviation(NamedTuple):
    """A word cut short: see the head of abbreviations.tsv.

    Attributes:
        form: how it is written.
        counts: when it is one, of `COUNTS`.
        role: of `SHORT_ROLES`.
        meant: what it stands for; empty for nothing.
        otherwise: what it stands for between other words, each with the word before and the word behind it, empty for any.
    """

    form: str
    counts: str
    role: str
    meant: str
    otherwise: tuple[tuple[str, str, str], ...]

    @property
    def sure(self) -> bool:
        """Whether it says that its string is abbreviated."""
        return self.counts == "sure"

    @property
    def always(self) -> bool:
        """Whether it is one wherever it stands."""
        return self.counts in ("sure", "always")

    @property
    def stopped(self) -> bool:
        """Whether it is one with its full stop."""
        return self.counts in ("sure", "always", "short", "stop")

    @property
    def unstopped(self) -> bool:
        """Whether it is one without its full stop in a string that is abbreviated."""
        return self.counts != "stop"

    def choose(self, before: str, behind: str) -> str:
        """What it stands for between two words, a comma for the border of its part; empty for nothing."""
        for meant, first, last in self.otherwise:
            if first in ("", _AND.get(before, before)) and last in ("", _AND.get(behind, behind)):
                return meant
        return self.meant


_AND = {"and": "&"}


class KanjiReadings(NamedTuple):
    """How a kanji is read, in Hepburn letters: in the Chinese way (on) and in the Japanese way (kun)."""

    on: tuple[str, ...]
    kun: tuple[str, ...]


@cache
def variants() -> Mapping[str, str]:
    """Kanji and the form each is folded to, one character each.

    Raises:
        LexiconError: a side is not a single character.
    """
    table: dict[str, str] = {}
    for line in read_lines("variants.tsv", 2):
        old, new = line.cells
        if len(old) != 1 or len(new) != 1:
            raise line.error("each side must be a single character")
        table[old] = new
    return MappingProxyType(table)


@cache
def spellings() -> Mapping[str, str]:
    """Other spellings of a Japanese word, each with the usual one.

    Raises:
        LexiconError: a spelling stands twice.
    """
    table: dict[str, str] = {}
    for line in read_lines("spellings.tsv", 2):
        usual, others = line.cells
        for other in split_forms(others):
            if table.setdefault(other, usual) != usual or other == usual:
                raise line.error(f"the spelling {other!r} stands twice")
    return MappingProxyType(table)


@cache
def kinds() -> Mapping[str, Kind]:
    """Kinds of organization by name."""
    return MappingProxyType({kind.name: kind for kind, _ in _kinds()})


@cache
def words() -> tuple[Entry, ...]:
    """Kinds, topics, qualifiers, function words and expansions, in the order of their files.

    Raises:
        LexiconError: a role is unknown, a concept stands twice, or an expansion names one that does not exist.
    """
    made = [entry for _, entry in _kinds()]
    owner = {entry.concepts[0].partition(":")[2]: entry for entry in made}
    seen: dict[str, Entry] = {}
    waiting: list[Line] = []
    for line in read_lines("words.tsv", 4):
        concept, role, ja, latin = line.cells
        if role not in WORD_ROLES:
            raise line.error(f"the role {role!r} is none of {', '.join(WORD_ROLES)}")
        if role == "expand":
            waiting.append(line)
            continue
        if concept in seen:
            raise line.error(f"the concept {concept!r} stands already in line {seen[concept].line.number}")
        seen[concept] = _entry(line, role, (f"{role}:{concept}",), ja, latin)
        owner.setdefault(concept, seen[concept])
        made.append(seen[concept])
    waiting += [
        line._replace(cells=(line.cells[0], "expand", *line.cells[1:])) for line in read_lines("expansions.tsv", 3)
    ]
    return (*made, *(_expansion(line, owner) for line in waiting))


@cache
def countries() -> Mapping[str, Country]:
    """Countries by ISO 3166 code (EU for Europe)."""
    made: dict[str, Country] = {}
    for line in read_lines("countries.tsv", 4):
        code, ja, latin, adjectives = line.cells
        if code in made:
            raise line.error(f"the country {code!r} stands twice")
        entry = _entry(line, "country", (f"country:{code}",), ja, f"{latin}|{adjectives}")
        made[code] = Country(code, entry)
    return MappingProxyType(made)


@cache
def places() -> Mapping[str, Place]:
    """Cities and regions by key."""
    made: dict[str, Place] = {}
    for line in read_lines("places.tsv", 6):
        key, country, kind, population, latin, ja = line.cells
        if not population.isdigit():
            raise line.error(f"the population {population!r} is no number")
        entry = _entry(line, "place", (f"place:{kind}:{key}",), ja, latin)
        made[key] = Place(key, country, kind, int(population), entry)
    return MappingProxyType(made)


@cache
def short_forms() -> tuple[tuple[str, Entry], ...]:
    """Full names of well-known institutions, each with the forms that stand for it; those of `japanese_names` among them.

    Raises:
        LexiconError: a full name stands twice.
    """
    made: dict[str, Entry] = {}
    for line in (*read_lines("short_forms.tsv", 3), *japanese_names()):
        full, ja, latin = line.cells
        if full in made:
            raise line.error(f"the full name {full!r} stands twice")
        made[full] = _entry(line, "short", (f"full:{full}",), f"{full}|{ja}", f"{full}|{latin}")
    return tuple(made.items())


@cache
def japanese_names() -> tuple[Line, ...]:
    """Institutions of Japan whose name in one language does not tell that in the other."""
    return tuple(read_lines("japanese_names.tsv", 3))


@cache
def second_names() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Names that registries leave out, by a name that they have and the ISO code of its country.

    Raises:
        LexiconError: a country is unknown; an institution, or a second name, stands twice.
    """
    made: dict[tuple[str, str], tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for line in read_lines("second_names.tsv", 3):
        name, country, others = line.cells
        if country not in countries():
            raise line.error(f"the country {country!r} is unknown")
        if (name, country) in made:
            raise line.error(f"the institution {name!r} stands twice")
        made[name, country] = split_forms(others)
        for other in made[name, country]:
            if other in owner:
                raise line.error(f"the second name {other!r} is that of {owner[other]!r} already")
            owner[other] = name
    return MappingProxyType(made)


@cache
def accented() -> tuple[str, ...]:
    """Words with letters beyond ASCII, in small letters.

    Raises:
        LexiconError: a word has none, or stands twice.
    """
    made: dict[str, None] = {}
    for line in read_lines("accented.tsv", 2):
        word = line.cells[0]
        if word.isascii() or word in made:
            raise line.error(f"the word {word!r} {'has no accent' if word.isascii() else 'stands twice'}")
        made[word] = None
    return tuple(made)


@cache
def abbreviations() -> Mapping[str, Abbreviation]:
    """Words that are cut short in names of institutions, by how they are written.

    Raises:
        LexiconError: one stands twice, or when it counts or its role is unknown.
    """
    made: dict[str, Abbreviation] = {}
    for line in read_lines("abbreviations.tsv", 5):
        form, counts, role, meant, otherwise = line.cells
        if counts not in COUNTS or role not in SHORT_ROLES:
            raise line.error(f"when it counts, {counts!r}, or the role {role!r} are unknown")
        if form in made:
            raise line.error(f"the abbreviation {form!r} stands twice")
        made[form] = Abbreviation(form, counts, role, _meant(meant), tuple(_list_otherwise(otherwise)))
    return MappingProxyType(made)


def _list_otherwise(cell: str) -> Iterator[tuple[str, str, str]]:
    """What an abbreviation stands for between other words, see `Abbreviation`."""
    for part in split_forms(_meant(cell)):
        meant, _, places = part.partition(":")
        for place in places.split(";"):
            before, _, behind = place.partition("_")
            yield _meant(meant), before.strip(), behind.strip()


def _meant(word: str) -> str:
    return "" if word == "-" else word


@cache
def families() -> tuple[tuple[str, Entry], ...]:
    """Wholes above every institute that begins with certain words, each with those words."""
    return tuple(
        (line.cells[0], _entry(line, "family", (f"full:{line.cells[0]}",), *line.cells[1:]))
        for line in read_lines("families.tsv", 3)
    )


@cache
def hanja() -> Mapping[str, tuple[str, ...]]:
    """Korean readings of a character, in Latin letters, commonest first."""
    return MappingProxyType({line.cells[0]: split_forms(line.cells[1]) for line in read_lines("hanja.tsv", 2)})


@cache
def kanji() -> Mapping[str, KanjiReadings]:
    """How single kanji are read in Japanese."""
    rows = (line.cells for line in read_lines("kanji.tsv", 3))
    return MappingProxyType({kanji: KanjiReadings(split_forms(on), split_forms(kun)) for kanji, on, kun in rows})


@cache
def rarity() -> Mapping[str, int]:
    """How many of the registry's names use a word, by atom key; what is not listed is rare."""
    return _read_counts("rarity.tsv")


@cache
def country_sizes() -> Mapping[str, int]:
    """How many institutions of the registry are in each country, by ISO 3166 code."""
    return _read_counts("country_sizes.tsv")


def _read_counts(file: str) -> Mapping[str, int]:
    table: dict[str, int] = {}
    for line in read_lines(file, 2):
        key, count = line.cells
        if not count.isdigit():
            raise line.error(f"the count {count!r} is no number")
        table[key] = int(count)
    return MappingProxyType(table)


def _kinds() -> list[tuple[Kind, Entry]]:
    made = []
    for line in read_lines("kinds.tsv", 6):
        name, level, parts, family, ja, latin = line.cells
        if level not in LEVELS or parts not in PARTS:
            raise line.error(f"the level {level!r} or the parts {parts!r} are unknown")
        made.append((Kind(name, level, parts, family), _entry(line, "kind", (f"kind:{name}",), ja, latin)))
    return made


def _entry(line: Line, role: str, concepts: tuple[str, ...], ja: str, latin: str) -> Entry:
    return Entry(line, role, concepts, split_forms(ja), split_forms(latin))


def _expansion(line: Line, owner: Mapping[str, Entry]) -> Entry:
    """A form for several concepts; `rest:planck` among them is a proper name spelled out (MPI), `country:GB` a country."""
    names, _, ja, latin = line.cells
    concepts: list[str] = []
    for name in names.split():
        role, _, word = name.partition(":")
        if role == "rest" or (role == "country" and word in countries()):
            concepts.append(name)
        elif name in owner:
            concepts.extend(owner[name].concepts)
        else:
            raise line.error(f"the concept {name!r} is in neither kinds.tsv nor words.tsv")
    return _entry(line, "expand", tuple(concepts), ja, latin)
