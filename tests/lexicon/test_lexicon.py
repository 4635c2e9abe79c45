"""The lexicon: a wrong line is named with its file and reason; what is shipped loads and says nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from partnermatch import lexicon
from partnermatch.errors import LexiconError
from partnermatch.lexicon import translations, tsv
from partnermatch.lexicon.tsv import Line, read_columns, read_lines, split_forms
from partnermatch.text.phrases import phrases

DATA = Path(lexicon.__file__).parent / "data"
READERS: dict[str, Callable[[], object]] = {
    "accented.tsv": lexicon.accented,
    "abbreviations.tsv": lexicon.abbreviations,
    "variants.tsv": lexicon.variants,
    "spellings.tsv": lexicon.spellings,
    "kinds.tsv": lexicon.kinds,
    "words.tsv": lexicon.words,
    "expansions.tsv": lexicon.words,
    "countries.tsv": lexicon.countries,
    "places.tsv": lexicon.places,
    "hanja.tsv": lexicon.hanja,
    "kanji.tsv": lexicon.kanji,
    "rarity.tsv": lexicon.rarity,
    "country_sizes.tsv": lexicon.country_sizes,
    "families.tsv": lexicon.families,
    "short_forms.tsv": lexicon.short_forms,
    "japanese_names.tsv": lexicon.japanese_names,
    "second_names.tsv": lexicon.second_names,
    "translations.tsv": translations.translations,
    "jmdict.tsv": translations.glosses,
    "spoken.tsv": translations.spoken,
    "renderings.tsv": translations.renderings,
}
KIND = "university\ttop\tfold\teducation\t大学\tuniversity"


@pytest.fixture
def lay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Puts a text in the place of a shipped file, until the test is over."""
    shipped = tsv._package_text
    texts: dict[str, str] = {}

    def forget() -> None:
        for reader in READERS.values():
            reader.cache_clear()  # type: ignore[attr-defined]

    def put(file: str, text: str) -> None:
        texts[file] = text

    monkeypatch.setattr(tsv, "_package_text", lambda file: texts[file] if file in texts else shipped(file))
    forget()
    yield put
    forget()


def list_twice(forms: Sequence[str]) -> list[str]:
    return sorted({form for form in forms if forms.count(form) > 1}) if len(set(forms)) < len(forms) else []


@pytest.mark.parametrize("file", sorted(READERS))
def test_what_is_shipped_loads(file: str) -> None:
    assert READERS[file]() is not None


def test_every_shipped_file_has_a_reader() -> None:
    assert sorted(path.name for path in DATA.glob("*.tsv")) == sorted(READERS)


@pytest.mark.parametrize("file", ["kinds.tsv", "expansions.tsv", "words.tsv"])
def test_no_form_stands_in_two_lines_of_a_hand_kept_file(file: str) -> None:
    entries = [entry for entry in lexicon.words() if entry.line.file == file]
    assert list_twice([form for entry in entries for form in set(entry.ja)]) == []
    assert list_twice([form for entry in entries for form in set(entry.latin)]) == []


def test_all_forms_can_be_looked_up() -> None:
    assert phrases().japanese["大学"].concepts == phrases().latin["university"].concepts


def test_a_variant_is_folded_in_one_step() -> None:
    variants = lexicon.variants()
    assert {old: new for old, new in variants.items() if new in variants} == {}


def test_places_lie_in_known_countries() -> None:
    assert {place.country for place in lexicon.places().values()} <= {"-", *lexicon.countries()}


def test_comments_and_blank_lines_carry_no_data() -> None:
    lines = list(read_lines("a.tsv", 2, "# head\n\na\tb \n  \n"))
    assert [(line.number, line.cells) for line in lines] == [(3, ("a", "b"))]


def test_columns_are_the_lines_laid_on_their_side() -> None:
    read = read_columns("a.tsv", 2, "# head\na\tb\n\n\tc\n")
    assert (read.numbers, read.cells) == ([2, 4], [["a", ""], ["b", "c"]])
    assert list(read.lines()) == [Line("a.tsv", 2, ("a", "b")), Line("a.tsv", 4, ("", "c"))]


def test_a_file_without_data_has_empty_columns() -> None:
    assert read_columns("a.tsv", 2, "# head\n\t\n").cells == [[], []]


def test_a_line_of_another_width_is_named() -> None:
    with pytest.raises(LexiconError) as caught:
        list(read_lines("a.tsv", 2, "# head\na\tb\nc\n"))
    assert str(caught.value) == "a.tsv, line 3: 1 cells where 2 belong."


def test_forms_are_split_at_bars() -> None:
    assert split_forms(" a | b||") == ("a", "b")


def test_a_form_of_two_meanings_is_named(lay: Callable[[str, str], None]) -> None:
    lay("short_forms.tsv", "東京大学\t東大\tutokyo\n東北大学\t東大\t")
    with pytest.raises(LexiconError) as caught:
        phrases.__wrapped__()
    assert str(caught.value) == "short_forms.tsv, line 2: the form '東大' stands for ('full:東京大学',) already."


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("variants.tsv", "國\t国\n學\t大学\n", "variants.tsv, line 2: each side must be a single character."),
        ("kinds.tsv", KIND.replace("top", "huge"), "the level 'huge' or the parts 'fold' are unknown."),
        ("words.tsv", "physics\ttopik\t物理\tphysics", "the role 'topik' is none of topic, qualifier, stop, expand."),
        ("words.tsv", "a\ttopic\tあ\ta\na\ttopic\tい\tb", "the concept 'a' stands already in line 1."),
        ("expansions.tsv", "nowhere\tか\tka", "the concept 'nowhere' is in neither kinds.tsv nor words.tsv."),
        ("countries.tsv", "JP\t日本\tjapan\t\nJP\t日本\tjapan\t", "the country 'JP' stands twice."),
        ("places.tsv", "1\tJP\tcity\tmany\ttokyo\t東京", "the population 'many' is no number."),
        ("rarity.tsv", "rest:a\tfew", "the count 'few' is no number."),
        ("abbreviations.tsv", "a\tsure\tnoun\tb\t-", "when it counts, 'sure', or the role 'noun' are unknown."),
        ("abbreviations.tsv", "a\tsure\t-\tb\t-\na\tstop\t-\tc\t-", "line 2: the abbreviation 'a' stands twice."),
        ("accented.tsv", "ecole\t2", "the word 'ecole' has no accent."),
        ("accented.tsv", "école\t2\nécole\t3", "line 2: the word 'école' stands twice."),
        ("second_names.tsv", "A University\tZZ\tb", "the country 'ZZ' is unknown."),
        ("second_names.tsv", "A\tUS\tb\nA\tUS\tc", "line 2: the institution 'A' stands twice."),
        ("second_names.tsv", "A\tUS\tb\nC\tUS\tb", "line 2: the second name 'b' is that of 'A' already."),
        (
            "expansions.tsv",
            "country:ZZ rest:a\tか\tka",
            "the concept 'country:ZZ' is in neither kinds.tsv nor words.tsv.",
        ),
    ],
)
def test_a_wrong_line_is_named(lay: Callable[[str, str], None], file: str, text: str, message: str) -> None:
    lay(file, text)
    with pytest.raises(LexiconError) as caught:
        READERS[file]()
    assert str(caught.value).startswith(f"{file}, line ")
    assert str(caught.value).endswith(message)
