"""Write the table of kanji that are folded to one form: old, variant and simplified characters to modern Japanese.

    python benchmarks/build_variants.py            (needs: pip install yosina==3.0.0 OpenCC==1.4.2)

Sources: yosina's old-to-new recipe (MIT), OpenCC's traditional-to-Japanese and simplified-to-traditional tables
(Apache-2.0), and the short list below of variants that both leave alone. A simplified character that is also a
character of JIS X 0208 is left as it is: 机 is a desk in Japan before it is a machine in China.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/variants.tsv"
BY_HAND = {
    "髙": "高", "﨑": "崎", "嵜": "崎", "邉": "辺", "邊": "辺", "齊": "斉", "齋": "斉", "斎": "斉", "嶋": "島", "嶌": "島",
    "冨": "富", "祗": "祇", "𠮷": "吉", "舘": "館", "廈": "厦", "濵": "浜", "濱": "浜", "德": "徳", "瀨": "瀬", "槇": "槙",
    "附": "付", "桒": "桑", "栁": "柳", "槗": "橋", "曻": "昇", "圡": "土", "薗": "園", "埜": "野", "礦": "鉱", "邨": "村",
    "舖": "舗", "喆": "哲", "墻": "垣",
}  # fmt: skip
HEADER = """# Kanji folded to one form, for keys and comparison only: names are always shown as they were written.
# Written by benchmarks/build_variants.py from yosina (MIT), OpenCC (Apache-2.0) and a short list of our own.
# from\tto
"""


def is_japanese(character: str) -> bool:
    """Whether JIS X 0208 has the character."""
    try:
        character.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def fold_all() -> dict[str, str]:
    """Every ideograph that changes, with the form it is folded to."""
    import opencc
    from yosina import TransliterationRecipe, make_transliterator

    modern = make_transliterator(TransliterationRecipe(kanji_old_new=True, remove_ivs_svs="drop-all-selectors"))
    to_japanese, to_traditional = opencc.OpenCC("t2jp"), opencc.OpenCC("s2t")
    table: dict[str, str] = {}
    for code in range(0x3400, 0xA000):
        character = chr(code)
        traditional = character if is_japanese(character) else to_traditional.convert(character)
        folded = modern(to_japanese.convert(traditional))
        if folded != character and len(folded) == 1:
            table[character] = folded
    table.update({old: new for old, new in BY_HAND.items() if old != new})
    return {old: final(table, new) for old, new in table.items() if final(table, new) != old}


def final(table: dict[str, str], character: str) -> str:
    """Follow the table to its end, so that folding twice is folding once."""
    seen = {character}
    while (following := table.get(character)) and following not in seen:
        seen.add(following)
        character = following
    return character


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the table, sorted by character."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    rows = "".join(f"{old}\t{new}\n" for old, new in sorted(fold_all().items()))
    OUT.write_text(HEADER + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
