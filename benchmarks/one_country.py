"""How right `pm.dedupe` is on a list that holds every institution of one country: nowhere else are names as near.

    python benchmarks/one_country.py JP CN DE KR FR US GB
    python benchmarks/one_country.py JP --no-country     as names alone

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0): all names of all active institutions of
a country that are Japanese, English or of no language, acronyms left out. Truth is the record that a name is of; names
that two records share count as wrong whatever is answered. No randomness.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

import partnermatch as pm

DUMP = Path(__file__).parents[2] / "shared/data/ror-subset-schema-v2.zip"
LANGUAGES = ("ja", "en", "")


@cache
def load_names() -> pd.DataFrame:
    """Name, country, record and language, empty without one, of every active institution."""
    with zipfile.ZipFile(DUMP) as archive:
        records = json.loads(archive.read(archive.namelist()[0]))
    rows = [
        (name["value"], record["locations"][0]["geonames_details"]["country_code"], record["id"], name["lang"] or "")
        for record in records
        if record["status"] == "active" and record["locations"]
        for name in record["names"]
        if "acronym" not in name["types"]
    ]
    return pd.DataFrame(rows, columns=["name", "country", "truth", "language"])


def list_names(code: str) -> pd.DataFrame:
    """Name, country and record of every institution of a country, each once."""
    names = load_names()
    own = names[(names["country"] == code) & names["language"].isin(LANGUAGES)]
    return own[["name", "country", "truth"]].drop_duplicates(ignore_index=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("countries", nargs="+", metavar="CODE", help="ISO codes")
    parser.add_argument("--no-country", action="store_true", help="do not tell the country of the names")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    country = None if options.no_country else "country"
    for code in options.countries:
        names = list_names(code)
        found = pm.dedupe(names, name="name", country=country, workers=options.workers)
        measured = pm.evaluate(found["canonical_id"].tolist(), names["truth"].tolist())
        told = [
            f"{kind.precision:.3f} {kind.recall:.3f} {kind.f1:.3f}" for kind in (measured.b_cubed, measured.pairwise)
        ]
        print(
            f"{code} {len(names):6} names of {names['truth'].nunique():5}: B-cubed P R F1 {told[0]}  pairwise {told[1]}"
        )


if __name__ == "__main__":
    main()
