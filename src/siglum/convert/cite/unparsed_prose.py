"""Read the words of a reference that stand in none of its parts: parse prose, and keep other words as a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.cite import people, prose, titles
from siglum.convert.cite.dates import parse_date
from siglum.convert.cite.record_builder import RecordBuilder
from siglum.text.header import Bibl, Contributor, Date, Name, UnparsedWords

_APART = frozenset({"ref", "address"})
_NAME = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[^\W\d_]|\d")


def select_first_work(bibl: Bibl) -> Bibl:
    """Select the first of several works in a prose reference: the words before the first semicolon."""
    before, semicolon, after = bibl.text.partition(";")
    main = [title for title in bibl.titles if title.type.lower() in titles.MAIN]
    if bibl.kind != "bibl" or not semicolon or len(main) < 2 or any(title.level for title in main):
        return bibl
    if not any(title.text in after for title in main):
        return bibl
    return replace(
        bibl,
        text=before,
        titles=tuple(title for title in bibl.titles if title.text in before),
        dates=tuple(date for date in bibl.dates if date.text in before),
        scopes=tuple(scope for scope in bibl.scopes if scope.text in before),
        links=tuple(replace(link, type="another") for link in bibl.links),
        loose=tuple(_cut_at_semicolon(bibl)),
    )


def _cut_at_semicolon(bibl: Bibl) -> Iterator[UnparsedWords]:
    for words in bibl.loose:
        yield replace(words, text=words.text.partition(";")[0])
        if ";" in words.text:
            return


def read_unparsed(builder: RecordBuilder) -> None:
    """Read the words outside the parts. If words remain, the whole reference becomes a note, and a remark reports it."""
    _read_label(builder)
    bibl = builder.bibl
    outside = [words for words in bibl.loose if _WORDS.search(words.text) and words.element not in _APART]
    if not outside or _take_as_title(builder, outside):
        return
    if not bibl.titles:
        _read_title(builder)
    said = _split_off_author(
        builder, [words.text for words in (bibl.loose if bibl.kind == "bibl" else outside) if words.element not in _APART]
    )
    taken = frozenset((*builder.fields, *builder.dates, *builder.people))
    found = prose.read_words(said.replace(builder.fields.get("title", "\0"), " "), taken)
    _put_fields(builder, found.fields)
    if found.rest:
        if builder.fields.get("note", "") != builder.full_reference:
            builder.put("note", bibl.text or said)
        builder.remark(
            f"the words “{found.rest}” in `{bibl.kind}` belong to no field. siglum keeps them as a note", outside[0].line
        )


def _read_label(builder: RecordBuilder) -> None:
    """Take as title the words of an only link, and as short title an abbreviation in @n (CIL)."""
    bibl = builder.bibl
    said = [words for words in bibl.loose if _WORDS.search(words.text)]
    if len(said) == 1 and said[0].element == "ref" and not builder.fields.get("title") and not builder.people:
        called = said[0].text
        builder.put("title", called)
        builder.custom = [pair for pair in builder.custom if pair != ("link-text", called)]
    if bibl.n:
        builder.put("title_short" if not builder.fields.get("title") and _NAME.search(bibl.n) else "n", bibl.n)


def _take_as_title(builder: RecordBuilder, outside: list[UnparsedWords]) -> bool:
    """Take a single name as the title: that of the collection or site of the text. Return whether it is one."""
    if builder.fields.get("title") or len(outside) != 1 or outside[0].element not in {"name", "orgName", "rs"}:
        return False
    builder.fields["title"] = outside[0].text
    return True


def _split_off_author(builder: RecordBuilder, said: list[str]) -> str:
    """Join the words, without an author before the title, who becomes a field."""
    known = "author" in builder.people or not builder.bibl.titles or not builder.bibl.text.startswith(said[0])
    leading = "" if known else prose.find_author(said[0])
    if leading:
        _put_fields(builder, {"author": leading})
    return " ".join(said[1:] if leading else said)


def _read_title(builder: RecordBuilder) -> None:
    italic = [words.text for words in builder.bibl.loose if words.element in {"hi", "emph"} and "ital" in words.mark.lower()]
    quoted = [words.text for words in builder.bibl.loose if words.element in {"q", "quote", "soCalled", "mentioned"}]
    marked = quoted or italic
    builder.put("title", marked[0].strip(" ,.") if len(marked) == 1 else "" if marked else prose.find_title(builder.bibl.text))


def _put_fields(builder: RecordBuilder, found: dict[str, str]) -> None:
    for key, value in found.items():
        if key == "issued":
            builder.dates.setdefault(key, parse_date(Date(value)))
        elif key in {"author", "editor", "translator"}:
            who = people.read_people([Contributor(key, Name(value, "person"))], builder.header)
            builder.people |= who.agents()
            builder.remarks += who.remarks
        else:
            builder.put(key, value)
