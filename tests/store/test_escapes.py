"""Any text comes back from a database as it went in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partnermatch.store.escapes import escape, unescape
from partnermatch.store.rows import hash_texts, key_of

ANY = st.text(st.characters() | st.sampled_from("\0\t\\\ud800\udfff0tu"))


@given(text=ANY)
def test_what_is_escaped_comes_back(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    assert not {"\0", "\t"} & set(escaped)
    escaped.encode("utf-8")


@given(one=st.tuples(ANY, ANY), two=st.tuples(ANY, ANY))
def test_two_texts_are_told_apart_from_any_two_others(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert (hash_texts(*one) == hash_texts(*two)) == (one == two)
    assert (key_of(*one) == key_of(*two)) == (one == two)


def test_plain_text_stays_as_it_is() -> None:
    assert escape("東京大学 (Tokyo)") == "東京大学 (Tokyo)"
