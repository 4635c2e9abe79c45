"""Ways in which people write the name of an institution otherwise, each alone, as tables, forms and papers have it.

A way makes a string of a name, or nothing where it does not fit it. What it draws comes from what it is handed. Letters and words
that are left out or changed may make a name that nobody could know again: such a way is measured against itself on another tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from unidecode import unidecode


class Told(NamedTuple):
    """A name that is to be written otherwise, and what is known beside it.

    Attributes:
        name: of an institution.
        bare: the same without the country in brackets that ROR sets behind companies.
        place: its city; its prefecture, in Japanese, for a Japanese name; empty if unknown.
        country: in English; empty if unknown.
        company: whether it is one.
        other: a name of another institution, in the same script.
        shown: what that other is shown by.
    """

    name: str
    bare: str
    place: str
    country: str
    company: bool
    other: str
    shown: str


class Way(NamedTuple):
    """A way of writing.

    Attributes:
        label: a few words.
        write: makes the string, empty where the way does not fit.
        both: whether the string names the other institution, too.
    """

    label: str
    write: Callable[[Told, Random], str]
    both: bool = False


def _list_letters(encoding: str) -> list[str]:
    """The letter of each byte; of one that is undefined, a control."""
    return [bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in range(256)]


_PAIRS = """
university:Univ. institute:Inst. department:Dept. national:Natl. technology:Tech. research:Res. center:Ctr. centre:Ctr.
hospital:Hosp. laboratory:Lab. international:Int'l and:& college:Coll. sciences:Sci. science:Sci. medical:Med.
academy:Acad. foundation:Fdn. association:Assoc.
"""
SHORT = dict(pair.split(":") for pair in _PAIRS.split())
"""Words as people shorten them in tables: some without a rule, as `benchmarks/known_names.py` has those of Web of Science."""
FUNCTION_WORDS = frozenset(["of", "the", "for", "and"])
_LETTERS, _KANJI = "aeiorstln", "大学研究所科院東京立国"
_OLD = str.maketrans("学国医会応広", "學國醫會應廣")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_ONE_BYTE = {encoding: _list_letters(encoding) for encoding in ("cp1252", "cp1251", "cp1250")}
_TURNED = re.compile(r"University of (?P<behind>[A-Z]\w+)|(?P<before>[A-Z]\w+) University")


def misspell(name: str, draw: Random) -> str:
    """A name with a letter left out, turned with the next or written as another one.

    >>> {misspell("ABC", Random(seed)) for seed in range(9)} > {"AC", "ACB"}
    True
    """
    places = [place for place in range(1, len(name) - 1) if name[place - 1 : place + 2].isalpha()]
    if not places:
        return ""
    place = draw.choice(places)
    now = draw.choice(("", name[place + 1] + name[place], draw.choice(_LETTERS)))
    return name[:place] + now + name[place + (2 if len(now) > 1 else 1) :]


def shorten(name: str) -> str:
    """A name with words cut short.

    >>> shorten("National Institute of Science and Technology")
    'Natl. Inst. of Sci. & Tech.'
    """
    return " ".join(SHORT.get(word.lower(), word) for word in name.split())


def turn(name: str) -> str:
    """University of X for X University, and the other way round; nothing for other names."""
    found = _TURNED.fullmatch(name)
    if not found:
        return ""
    return f"{found['behind']} University" if found["behind"] else f"University of {found['before']}"


def leave_out_a_word(name: str, draw: Random) -> str:
    """A name without one of its words, where it has more than three."""
    words = name.split()
    left = draw.randrange(len(words))
    return " ".join(words[:left] + words[left + 1 :]) if len(words) > 3 else ""


def add_initials(name: str) -> str:
    """A name of more than two words with the first letters of its words in capitals behind; nothing behind other brackets."""
    words = [] if name.endswith(")") else name.split()
    initials = "".join(word[0] for word in words if word[0].isupper())
    return f"{name} ({initials})" if len(words) > 2 and len(initials) > 1 else ""


def break_line(name: str) -> str:
    """A name of several words on two lines."""
    words = name.split()
    half = len(words) // 2
    return f"{' '.join(words[:half])}\n{' '.join(words[half:])}" if half else ""


def join_told(told: Told, pattern: str) -> str:
    """A pattern with the name, its place and its country; nothing where one that it asks for is unknown."""
    wanted = {label: text for label, text in told._asdict().items() if f"{{{label}}}" in pattern}
    return pattern.format_map(wanted) if all(wanted.values()) else ""


def put_into(pattern: str, *, only: str = "") -> Callable[[Told, Random], str]:
    """The way that sets a name into a pattern; names that end otherwise than `only` are left out."""
    return lambda told, _: join_told(told, pattern) if told.name.endswith(only) else ""


def change(write: Callable[[str], str]) -> Callable[[Told, Random], str]:
    """The way that does something with the name; a name that it leaves as it is does not fit."""
    return lambda told, _: written if (written := write(told.name)) != told.name else ""


def drop_one(name: str, draw: Random) -> str:
    """A name of more than four characters without one inside."""
    place = draw.randrange(1, max(2, len(name) - 1))
    return name[:place] + name[place + 1 :] if len(name) > 4 else ""


def replace_one(name: str, draw: Random) -> str:
    """A name of more than four characters with another one inside."""
    place = draw.randrange(1, max(2, len(name) - 1))
    return f"{name[:place]}{draw.choice(_KANJI)}{name[place + 1 :]}" if len(name) > 4 else ""


def drawn(write: Callable[[str, Random], str]) -> Callable[[Told, Random], str]:
    """The way that does by chance something with the name; a name that it leaves as it is does not fit."""
    return lambda told, draw: written if (written := write(told.name, draw)) != told.name else ""


def halve(mark: str) -> Callable[[str], str]:
    """Put a mark into the middle of a name."""
    return lambda name: f"{name[: len(name) // 2]}{mark}{name[len(name) // 2 :]}"


def both(mark: str) -> Callable[[Told, Random], str]:
    """The way that names both institutions, with a mark between."""
    return lambda told, _: f"{told.name}{mark}{told.other}"


def misread(name: str, written: str, read: str) -> str:
    """A name that was written in one encoding and read in another; nothing where that cannot be.

    >>> misread("Zürich", "utf-8", "cp1252"), misread("Zürich", "cp932", "cp1252")
    ('ZÃ¼rich', '')
    """
    try:
        data = name.encode(written)
        # bytes that Windows leaves undefined are read as controls
        return data.decode(read) if read not in _ONE_BYTE else "".join(map(_ONE_BYTE[read].__getitem__, data))
    except UnicodeError:
        return ""


def garble(written: str, read: str) -> Callable[[Told, Random], str]:
    """The way that writes a name in one encoding and reads it in another; a name that this leaves as it is does not fit."""
    return change(lambda name: misread(name, written, read) or name)


def _found_company(told: Told) -> str:
    return f"株式会社{told.name}" if told.company and "会社" not in told.name else ""


AS_IT_IS = Way("as it is", lambda told, _: told.name)
LATIN = (
    AS_IT_IS,
    Way("small letters", change(str.lower)),
    Way("capitals", change(str.upper)),
    Way("without accents", change(unidecode)),
    Way("accents as question marks", change(lambda name: name.encode("ascii", errors="replace").decode())),
    Way("accented letters left out", change(lambda name: name.encode("ascii", errors="ignore").decode())),
    Way("UTF-8 read as Windows-1252", garble("utf-8", "cp1252")),
    Way("UTF-8 read as Windows-1251", garble("utf-8", "cp1251")),
    Way("UTF-8 read as Shift JIS", garble("utf-8", "cp932")),
    Way("one letter wrong", drawn(misspell)),
    Way("words cut short", change(shorten)),
    Way("The in front", change(lambda name: name if name.startswith("The ") else f"The {name}")),
    Way(
        "without of, the, for, and",
        change(lambda name: " ".join(word for word in name.split() if word.lower() not in FUNCTION_WORDS)),
    ),
    Way("University of X turned", change(turn)),
    Way("one word left out", drawn(leave_out_a_word)),
    Way("and as &amp;", change(lambda name: name.replace(" and ", " &amp; "))),
    Way("without marks", change(lambda name: " ".join(re.sub(r"[^\w ]", " ", name).split()))),
    Way("hyphens as spaces", change(lambda name: name.replace("-", " "))),
    Way("on two lines", change(break_line)),
    Way("initials in brackets", change(add_initials)),
    Way("department in front", put_into("Department of Physics, {name}")),
    Way("two departments in front", put_into("Division of Cardiology, Department of Internal Medicine, {name}")),
    Way("city behind", put_into("{bare}, {place}")),
    Way("country behind", put_into("{bare}, {country}")),
    Way("city and country behind", put_into("{bare}, {place}, {country}")),
    Way("department, city, country", put_into("Dept. of Chemistry, {bare}, {place}, {country}")),
    Way("street, city, country", put_into("{bare}, 123 Main Street, {place} 12345, {country}")),
    Way("mail address behind", put_into("{bare}, {place}, {country}. Electronic address: a.b@example.org")),
    Way("footnote number in front", put_into("1 {bare}, {place}, {country}.")),
    Way("From the in front", put_into("From the {bare}, {place}")),
    Way("two with a semicolon", both("; "), both=True),
)
JAPANESE = (
    AS_IT_IS,
    Way("faculty of a university", put_into("{name}理学部", only="大学")),
    Way("graduate school of a university", put_into("{name}大学院工学研究科", only="大学")),
    Way("department behind a space", put_into("{name} 経営企画部")),
    Way("national corporation in front", put_into("国立大学法人{name}", only="大学")),  # of any owner's: a legal form
    Way("school corporation in front", put_into("学校法人{name}", only="大学")),  # says nothing
    Way("company form in front", lambda told, _: _found_company(told)),
    Way("company form as (株)", change(lambda name: name.replace("株式会社", "(株)"))),
    Way("company form as ㈱", change(lambda name: name.replace("株式会社", "㈱"))),
    Way("without company form", change(lambda name: name.replace("株式会社", ""))),
    Way("address behind", put_into("{name} 〒100-0001 {place}中央1-2-3")),
    Way("address in front", put_into("〒100-0001 {place}中央1-2-3 {name}")),
    Way("prefecture in brackets", put_into("{name}（{place}）")),
    Way("Japan behind", put_into("{name}, Japan")),
    Way("wide letters", change(lambda name: name.translate(_WIDE))),
    Way("old kanji", change(lambda name: name.translate(_OLD))),
    Way("UTF-8 read as Windows-1252", garble("utf-8", "cp1252")),
    Way("UTF-8 read as Shift JIS", garble("utf-8", "cp932")),
    Way("Shift JIS read as Windows-1252", garble("cp932", "cp1252")),
    Way("EUC-JP read as Windows-1252", garble("euc_jp", "cp1252")),
    Way("a space between all", change(" ".join)),
    Way("a space inside", change(halve(" "))),
    Way("on two lines", change(halve("\n"))),
    Way("one character left out", drawn(drop_one)),
    Way("one character wrong", drawn(replace_one)),
    Way("field label in front", put_into("所属：{name}")),
    Way("title behind", put_into("{name}教授")),
    Way("title and person behind", put_into("{name} 教授 山田太郎")),
    Way("numbered, 1)", put_into("1) {name}")),
    Way("asterisk behind", put_into("{name}*")),
    Way("footnote number behind", put_into("{name}1")),
    Way("two with 、", both("、"), both=True),
    Way("two with ・", both("・"), both=True),
    Way("two with a semicolon", both("; "), both=True),
    Way("two on two lines", both("\n"), both=True),
    Way("two, one in Latin", lambda told, _: f"{told.name}; {told.shown}", both=True),
)
