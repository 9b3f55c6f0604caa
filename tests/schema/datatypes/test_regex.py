r"""Regular expressions of XML Schema: what they mean, which are refused, and that no text makes them slow.

Benchmark: `python -m timeit -s "from siglum.schema.datatypes.regex import compile_pattern as c; f = c(r'\d{4}-\d{2}')"
"f('1936-08')"`; a character once met costs one look-up in a dictionary.
"""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.schema.datatypes.regex import PatternError, compile_pattern

MEANING = [  # pattern, what it matches, what it does not
    ("a|b", "a b", "c ab"),
    ("^$", "^$", "a"),
    (r"\d{2}", "12 ١٢", "1 ab"),
    (r"\w+", "aé9漢$ +", "a-b ."),
    (r"[\i-[:]][\c-[:]]*", "a-1 _ é", "1a a:b ีa"),
    (r"[a-z-[aeiou]]+", "xyz", "xay a"),
    (r"[a-z-[a-m-[c]]]+", "cxyz", "a d"),
    (r"[^a-c]", "d ^ -", "a b"),
    ("[a-c-]+", "a-c", "d"),
    (r"[-+]?\d", "+1 -1 1", "*1"),
    (r"[\^\-\]\[\\]+", "^-][\\", "a"),
    (r"\p{Lu}\P{Lu}", "Aa Éé", "aa"),
    (r"\p{IsGreek}+", "αβ", "a"),
    (r"[^\p{L}\d]", "- 😀", "a 1 漢"),
    ("(ab|c){2,3}", "abab ccc abcab", "ab cccc"),
    ("(a?b){2}", "abb bab bb", "b aab"),
    ("a{0}b", "b", "ab"),
    ("(a|)b", "ab b", "a"),
    (r"\(\)\{\}\.", "(){}.", "x"),
    ("[𐌰-𐍀]", "𐌰 𐌱", "a"),
    (".", "a 漢 𐌰", "ab"),
]


@pytest.mark.parametrize(("pattern", "yes", "no"), MEANING)
def test_meaning(pattern: str, yes: str, no: str) -> None:
    fits = compile_pattern(pattern)
    assert [text for text in yes.split(" ") if not fits(text)] == []
    assert [text for text in no.split(" ") if fits(text)] == []


def test_white_space_is_four_characters_and_the_point_no_end_of_line() -> None:
    assert [char for char in " \t\n\r\u00a0\u2028" if compile_pattern(r"\s")(char)] == list(" \t\n\r")
    assert [char for char in "\n\r\u0085\u2028" if compile_pattern(".")(char)] == list("\u0085\u2028")
    assert [compile_pattern("")(text) for text in ("", " ")] == [True, False]


REFUSED = r"""
( ) [ ] { } * + ? a** a{ a{} a{,2} a{2,1} a{1}{2} (a [a [] [^] [b-a] [a-\d] [a-b-c] [--a] [a[b]] \ \q \p \p{} \p{Foo}
\p{IsFoo} \pL \b \1 (?:a) (?=a) a{9999999999} (a{1000}){1000} ((((a{99}){99}){99}){99}){99} (a?b){60000}
""".split()


@pytest.mark.parametrize("pattern", [*REFUSED, "(" * 5000 + ")" * 5000])
def test_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


HELL = [
    ("(a+)+b", "a" * 100_000),
    ("(a*)*(a*)*c", "a" * 100_000),
    ("(a|aa)+b", "a" * 100_000),
    ("(a|b)*a(a|b){30}", "ab" * 50_000),
    ("(.*a.{2000})x", "ab" * 5_000),
    ("(a{1,100}){1,100}", "a" * 10_001),
    ("((a?){50}){50}b", "a" * 2_000),
    (r"(\p{L}|\p{N}|\p{L})*!", "é" * 100_000),
]


@pytest.mark.parametrize(("pattern", "text"), HELL, ids=[pattern for pattern, _ in HELL])
def test_no_text_takes_for_ever(pattern: str, text: str) -> None:
    start = time.monotonic()
    assert not compile_pattern(pattern)(text)
    assert time.monotonic() - start < 10


_atoms = st.sampled_from(["a", "b", "[ab]", "[^a]", "(a|b)", "(ab|c)", "(a*b)", "(a|)", "()", "[a-c]"])
_counts = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "{0}"])
_branches = st.lists(st.builds("{}{}".format, _atoms, _counts), max_size=4).map("".join)
_inner = st.lists(_branches, min_size=1, max_size=3).map("|".join)
_patterns = st.builds("({}){}{}".format, _inner, _counts, _branches)


@given(_patterns, st.lists(st.text("abcd", max_size=7), max_size=10))
def test_agrees_with_re_where_both_mean_the_same(pattern: str, texts: list[str]) -> None:
    ours, theirs = compile_pattern(pattern), re.compile(pattern)
    assert [ours(text) for text in texts] == [theirs.fullmatch(text) is not None for text in texts]


def test_what_is_remembered_is_bounded() -> None:
    fits = compile_pattern("[^!]+[!]?")
    assert fits("".join(map(chr, range(0x4E00, 0x4E00 + 30_000))))
    assert fits("a!")
    assert not fits("!a")
