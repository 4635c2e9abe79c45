"""What was read in another encoding is put right, and nothing else is changed."""

from __future__ import annotations

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.settings import TextSettings
from partnermatch.text.clean import clean
from partnermatch.text.mojibake import mend_mojibake

LETTERS = "aeiou AEIOU" + "éèêàçãõöüßÉÖñłńśžščřğşıåøæ" + "Институт" + "東京大学ーソカひら" + "대학" + "’–"
WINDOWS = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]


def read(cell: str) -> str:
    return cell.encode("ascii", errors="backslashreplace").decode("unicode_escape")


@pytest.mark.parametrize(("misread", "written", "which"), read_cases("text_cases/mojibake.tsv"))
def test_what_was_misread_is_put_right(misread: str, written: str, which: str) -> None:
    assert mend_mojibake(read(misread)) == clean(read(misread), TextSettings()).text == written, which


@pytest.mark.parametrize("text", [written for _, written, _ in read_cases("text_cases/mojibake.tsv")])
def test_what_was_read_right_stays(text: str) -> None:
    assert mend_mojibake(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ®",
        "VÚŽV",
        "NESTLÉ™",
        "«UNIVERSITÉ»",
        "SÃO PAULO",
        "IRMÃ MARIA",
        "Ûžno-Ural'skij institut biofiziki",
        "Spółka, Łódź, część",
        "Рівне",
        "ﾄｱ株式会社",
        "ﾐｽﾞﾎ",
        "譚海大学",
        "茅ヶ崎市立病院",
        "‘åŠ",
        "Ã",
        "",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mend_mojibake(text) == text


@given(st.text(LETTERS))
def test_utf8_read_as_windows_1252_is_put_right(text: str) -> None:
    assert mend_mojibake("".join([WINDOWS[byte] for byte in text.encode()])) == mend_mojibake(text)


@given(st.text() | st.text(WINDOWS))
def test_mending_twice_is_mending_once(text: str) -> None:
    mended = mend_mojibake(text)
    assert mend_mojibake(mended) == mended
