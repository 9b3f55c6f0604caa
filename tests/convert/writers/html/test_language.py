"""Language tags: what encoders write, and what a page says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.convert.writers.html import labels
from siglum.text.language import normalize_tag, text_direction

WRITTEN = """
lat la, ger de, deu de, gre el, grc grc, eng-GB en-GB, en_US en-US, EN en, iw he, ji yi, english en, greek grc, Latin la,
de-AT-1901 de-AT-1901, sr-Latn-RS sr-Latn-RS, sl-rozaj-biske-1994 sl-rozaj-biske-1994, zh-yue zh-yue, x-elvish x-elvish,
en-x-a en-x-a, mul mul, zxx zxx
"""


@pytest.mark.parametrize("row", [row.split() for row in WRITTEN.split(",")], ids=" ".join)
def test_a_tag_is_made_of_what_is_written(row: list[str]) -> None:
    written, expected = row
    assert normalize_tag(written) == expected


@pytest.mark.parametrize(
    "written", ["", " ", "xx", "de-", "-de", "e", "englisch", "en--GB", "de-x", "la en", '"><script>', "١٢", "ⅽa"]
)
def test_what_names_no_language_is_no_tag(written: str) -> None:
    assert normalize_tag(written) == ""


@pytest.mark.parametrize("written", ["ar", "he", "fa-IR", "ur", "syr", "az-Arab", "ku-Arab-IQ", "tr-Arab", "hbo", "yi"])
def test_from_right_to_left(written: str) -> None:
    assert text_direction(normalize_tag(written)) == "rtl"


@pytest.mark.parametrize("written", ["en", "grc", "ar-Latn", "he-Latn", "az", "ru", "en-x-arab", ""])
def test_from_left_to_right(written: str) -> None:
    assert text_direction(normalize_tag(written)) == "ltr"


@given(st.one_of(st.text(max_size=12), st.from_regex(r"[A-Za-z]{1,9}([-_][A-Za-z0-9]{1,9}){0,3}", fullmatch=True)))
def test_a_tag_is_a_tag_of_itself(written: str) -> None:
    made = normalize_tag(written)
    assert normalize_tag(made) == made
    assert made.isascii()


FULL = ("en", "de", "fr", "it", "es", "la", "pt", "nl", "pl", "el", "ru", "he", "ar")


@pytest.mark.parametrize("language", FULL)
def test_what_is_said_in_these_languages_is_all_there(language: str) -> None:
    render_label = labels.read_labels(language)
    assert [key for key in render_label.english if render_label.foreign(key)] == []


def test_the_table_has_no_words_that_english_lacks() -> None:
    tables = labels._tables()
    assert len(tables) >= 15
    assert [(language, key) for language, table in tables.items() for key in table if key not in tables["en"]] == []
    assert [language for language in tables if normalize_tag(language) != language] == []
    assert [
        (language, key) for language, table in tables.items() for key, read_labels in table.items() if not read_labels
    ] == []


def test_a_language_that_is_not_there_has_english() -> None:
    read_labels = labels.read_labels("tlh")
    assert read_labels["notes"] == "Notes"
    assert read_labels.foreign("notes") == "en"
    assert labels.read_labels("de-AT").foreign("notes") == ""
