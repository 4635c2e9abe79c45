"""How many names that are known to mean an institution of ROR are answered with it: the easy cases, which must not fail.

    python benchmarks/known_names.py                      the figures
    python benchmarks/known_names.py --failures 20        and so many of each list that are answered otherwise, or not at all
    python benchmarks/known_names.py --index out/ror.pmindex

Lists, each alone and in a longer string (Department of Physics, ... or ...理学部), without a country:

    short forms     of short_forms.tsv, of institutions of which ROR has another form as a name; those that ROR has itself
                    are left out, and so are Latin ones of one word
    second names    of second_names.tsv, of institutions that ROR has
    own names       2,500 names in Japanese script of institutions in Japan, and 2,500 others that institutions are shown by and
                    that nothing was learned from, drawn with seed 5; with and without their country, and not in longer strings
    cut short       2,500 of those others with words that Web of Science abbreviates, as it writes them (Univ N Texas), in the
                    same way

An answer counts if the institution, or the successor of a withdrawn one, is the first. Registry: all 51,370 records of
../shared/data/ror-subset-schema-v2.zip. Some own names cannot be found: ROR has one institution twice (LIXIL), or two of one name.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd
from affiliations import DUMP
from registry_names import list_shown

import partnermatch as pm
from partnermatch import lexicon
from partnermatch.index.second_names import fold_names
from partnermatch.registry import Registry
from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import is_japanese

SEED, DRAWN = 5, 2_500
_PAIRS = """
academy:Acad advanced:Adv administration:Adm agency:Agcy agricultural:Agr agriculture:Agr american:Amer animal:Anim
applied:Appl astronomy:Astron atomic:Atom biological:Biol biology:Biol biomedical:Biomed biotechnology:Biotechnol
botanical:Bot california:Calif cancer:Canc cardiology:Cardiol catholic:Cathol center:Ctr central:Cent centre:Ctr
chemical:Chem chemistry:Chem clinic:Clin clinical:Clin college:Coll computer:Comp conservation:Conservat county:Cty
cultural:Cult dental:Dent department:Dept development:Dev disease:Dis diseases:Dis east:E economics:Econ
education:Educ electrical:Elect electronic:Elect engineering:Engn environment:Environm environmental:Environm
experimental:Expt federal:Fed foundation:Fdn general:Gen genetics:Genet geological:Geol geology:Geol geophysics:Geophys
graduate:Grad health:Hlth history:Hist hospital:Hosp hygiene:Hyg immunology:Immunol industrial:Ind industry:Ind
infectious:Infect informatics:Informat information:Informat innovation:Innovat institute:Inst institution:Inst
international:Int laboratories:Labs laboratory:Lab library:Lib linguistics:Linguist materials:Mat mathematical:Math
mathematics:Math mechanical:Mech mechanics:Mech medical:Med medicine:Med memorial:Mem metal:Met microbiology:Microbiol
military:Mil mining:Min ministry:Minist molecular:Mol mount:Mt national:Natl natural:Nat neurology:Neurol
neuroscience:Neurosci north:N nuclear:Nucl nutrition:Nutr observatory:Observ oceanography:Oceanog office:Off
oncology:Oncol optics:Opt organization:Org park:Pk petroleum:Petr pharmaceutical:Pharmaceut pharmacology:Pharmacol
physical:Phys physics:Phys physiology:Physiol political:Polit polytechnic:Polytech prevention:Prevent product:Prod
products:Prod provincial:Prov psychiatric:Psychiat psychiatry:Psychiat psychology:Psychol public:Publ radiology:Radiol
regional:Reg rehabilitation:Rehabil research:Res royal:Royal school:Sch science:Sci sciences:Sci scientific:Sci
service:Serv services:Serv social:Social society:Soc south:S state:State station:Stn statistical:Stat statistics:Stat
studies:Studies surgery:Surg system:Syst systems:Syst technical:Tech technological:Technol technology:Technol
telecommunications:Telecommun theoretical:Theoret traditional:Tradit tropical:Trop university:Univ veterinary:Vet
vocational:Vocat welfare:Welf west:W
"""
SHORT = dict(pair.split(":") for pair in _PAIRS.split())
"""Words as Web of Science has them in addresses; beside the library's own table, so that each tells what the other lacks."""
LEFT_OUT = frozenset(["of", "the", "for", "in", "at"])
_WORD = re.compile(r"[^\W\d_]+")


class Known(NamedTuple):
    """A name, the row of the institution that it means, and its country, empty where it is not told."""

    name: str
    row: int
    country: str = ""


def list_rows(registry: Registry) -> dict[str, set[int]]:
    """Rows of the institutions that have each name, folded, acronyms aside."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    owners = registry.current_rows[registry.owners].tolist()
    folded = fold_names(registry.texts, TextSettings())
    for name, owner, kind in zip(registry.texts, owners, registry.kinds, strict=True):
        if kind != "acronym":
            rows[folded[name]].add(owner)
    return dict(rows)


def list_short_forms(rows: dict[str, set[int]]) -> Iterator[Known]:
    """Forms of institutions that ROR has by another form alone."""
    for full, entry in lexicon.short_forms():
        words = fold_names((full, *entry.latin, *entry.ja), TextSettings())
        owners = set[int]().union(*(rows.get(text, set()) for text in words.values()))
        if len(owners) == 1:
            for form, text in words.items():
                if text not in rows and (not text.isascii() or " " in text):
                    yield Known(form.title() if form.isascii() else form, min(owners))


def list_second_names(rows: dict[str, set[int]], registry: Registry) -> Iterator[Known]:
    """Second names of institutions that ROR has."""
    known = lexicon.second_names()
    words = fold_names((name for name, _ in known), TextSettings())
    for (name, country), others in known.items():
        owners = [row for row in rows.get(words[name], ()) if registry.countries[row] == country]
        if len(owners) == 1:
            yield from (Known(other.title(), owners[0]) for other in others)


def list_japanese(registry: Registry) -> Iterator[Known]:
    """Names in Japanese script of institutions in Japan."""
    for name, row, kind in zip(registry.texts, registry.owners.tolist(), registry.kinds, strict=True):
        if kind != "acronym" and registry.countries[row] == "JP" and is_japanese(name):
            yield Known(name, row, "JP")


def draw(names: Iterable[Known], registry: Registry) -> list[Known]:
    """So many of the names, those of withdrawn records for what took their place, if anything did."""
    current = [known._replace(row=int(registry.current_rows[known.row])) for known in names]
    listed = [known for known in current if registry.statuses[known.row] != "withdrawn"]
    return sorted(random.Random(SEED).sample(listed, min(DRAWN, len(listed))))


def cut_short(name: str) -> str:
    """A name as Web of Science writes it in addresses.

    >>> cut_short("The University of North Texas, Institute for Science and Technology")
    'Univ N Texas, Inst Sci & Technol'
    """
    kept = [word for word in name.split() if word.lower() not in LEFT_OUT]
    written = " ".join("&" if word.lower() == "and" else word for word in kept).replace(".", "")
    return _WORD.sub(lambda found: SHORT.get(found[0].lower(), found[0]), written)


def lengthen(known: Known) -> Known:
    """The name in a longer string."""
    longer = f"{known.name}理学部" if is_japanese(known.name) else f"Department of Physics, {known.name}"
    return known._replace(name=longer)


def report(label: str, names: Sequence[Known], registry: Registry, failures: int) -> None:
    """Print how many of the names are answered rightly, otherwise and not at all."""
    table = pd.DataFrame([(known.name, known.country) for known in names], columns=["name", "country"])
    answers = pm.resolve(table, registry, name="name", country="country")["canonical_id"].tolist()
    given = list(zip(names, answers, strict=True))
    wrong = [(known, answer) for known, answer in given if answer and answer != registry.ids[known.row]]
    none = [(known, answer) for known, answer in given if not answer]
    right = len(names) - len(wrong) - len(none)
    print(f"{label:44} {len(names):5}  right {right / len(names):.3f}  otherwise {len(wrong)}  not at all {len(none)}")
    for known, answer in [*wrong, *none][:failures]:
        said = registry.display_names[registry.find(answer)] if answer else "nothing"
        print(f"    {known.name}: {registry.display_names[known.row]}, answered {said}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--failures", type=int, default=0, metavar="K", help="print K names of each list that fail")
    parser.add_argument("--index", metavar="FILE", help="index of the registry; made if it is not there")
    options = parser.parse_args(arguments)
    registry = Registry.from_ror(DUMP, index=options.index or False)
    rows = list_rows(registry)
    short = list(list_short_forms(rows))
    lists = {
        "short forms, Japanese": [known for known in short if is_japanese(known.name)],
        "short forms, Latin": [known for known in short if not is_japanese(known.name)],
        "second names": list(list_second_names(rows, registry)),
    }
    for label, names in lists.items():
        report(label, names, registry, options.failures)
        report(f"{label}, in a longer string", [lengthen(known) for known in names], registry, options.failures)
    shown = [
        Known(shown.name, shown.row, registry.countries[shown.row])
        for shown in list_shown(registry)
        if not shown.learned
    ]
    cut = (known._replace(name=cut_short(known.name)) for known in shown if cut_short(known.name) != known.name)
    for label, names in (
        ("own names, Japanese", draw(list_japanese(registry), registry)),
        ("own names, as shown", draw(shown, registry)),
        ("own names, cut short", draw(cut, registry)),
    ):
        report(
            f"{label}, without the country", [known._replace(country="") for known in names], registry, options.failures
        )
        report(f"{label}, with it", names, registry, options.failures)


if __name__ == "__main__":
    main()
