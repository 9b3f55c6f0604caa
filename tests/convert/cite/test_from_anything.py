"""Whatever a description holds, it is read: no text is lost without a word, and what is written as TEI is read as the same."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from siglum.convert.cite import FORMATS, Record, When, cite, from_bibl, make_unique, readers, tei
from siglum.convert.cite.bibliography import read_bibliography
from siglum.convert.cite.dates import parse_date
from siglum.errors import DocumentError
from siglum.text import document
from siglum.text.files import DISK
from siglum.text.header import Date, Header, description, plain, read
from siglum.text.source import Source
from siglum.text.tei import TEI, Element, elements, name
from tests.convert.cite.test_from_bibl import FIFTY, records

_KINDS = """title author editor respStmt resp persName forename surname nameLink genName orgName publisher pubPlace date
    biblScope citedRange idno note ref ptr extent edition series meeting relatedItem availability licence textLang hi q name
    monogr analytic imprint bibl msIdentifier settlement repository foo""".split()
_WORDS = [
    "",
    " ",
    "A",
    "vol. 3",
    "pp. 3–5",
    "1999",
    "c. 1620-25?",
    "s. XV ex.",
    "Doe, Jane",
    "“x”",
    "; et al.",
    "10.1/x",
    "(ed.)",
    "MDCC",
]
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["type", "level", "unit", "role", "when", "notBefore", "from", "to", "target", "ref", "n", "key", "calendar"]
    ),
    st.sampled_from(
        ["", "a", "m", "j", "s", "volume", "page", "trl", "1999-01", "-0043", "#x", "https://x.org/a", "DOI", "sub", "zz"]
    ),
    max_size=2,
)
_Tree = tuple[str, dict[str, str], str, list[Any], str]
_TREES: st.SearchStrategy[_Tree] = st.recursive(
    st.tuples(st.sampled_from(_KINDS), _ATTRIBUTES, st.sampled_from(_WORDS), st.just([]), st.sampled_from(_WORDS)),
    lambda inner: st.tuples(
        st.sampled_from(_KINDS), _ATTRIBUTES, st.sampled_from(_WORDS), st.lists(inner, max_size=4), st.sampled_from(_WORDS)
    ),
    max_leaves=12,
)


def grown(tree: _Tree, holder: Element | None = None, kind: str = "") -> Element:
    tag, attributes, words, inner, tail = tree
    element = (
        etree.Element(TEI + (kind or tag), attributes) if holder is None else etree.SubElement(holder, TEI + tag, attributes)
    )
    element.text, element.tail = words, tail if holder is not None else None
    for each in inner:
        grown(each, element)
    return element


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(_TREES, st.sampled_from(["bibl", "biblStruct", "biblFull"]))
def test_whatever_stands_in_a_description_is_read_and_comes_back(tree: _Tree, kind: str) -> None:
    record, remarks = from_bibl.read_bibl(description.read_bibl(grown(tree, kind=kind)), Header())
    assert all(each.text for each in remarks)
    assert all(value is not None for value in (record.type, record.title))
    (once,) = records(tei.write([record])) or [Record()]
    (twice,) = records(tei.write([once])) or [Record()]
    assert twice == once


@given(st.text(max_size=40) | st.from_regex(r"[0-9a-zA-Z.,/ ()\[\]?–-]{0,20}", fullmatch=True))
@example("99. Jh.")
@example("s. XXXX")
@example("0000-00-00")
@example("31/31 Feb 9999")
def test_any_words_are_a_date_or_stay_words(words: str) -> None:
    found = parse_date(Date(words))
    assert found == When() or found.start or found.literal
    assert all(len(side) < 4 and all(1 <= part <= 31 for part in side[1:]) for side in (found.start, found.end))


def lost(element: Element, record: Record, said: str) -> set[str]:
    """The words of a description that are in no field and no remark, but those that name what a value is (“pp.”, “ed.”)."""
    for each in elements(element, "*"):
        each.tail = f" {each.tail or ''} "
    known = {each.casefold() for each in re.findall(r"\w+", f"{record!r} {said}")}
    labels = set("ed eds hrsg s pp p in by vol bd jahrgang theil trans pages vols und and".split())
    months = set("january february march april may june july august september october november december juni".split())
    words = {each.casefold() for each in re.findall(r"[^\W\d_]+", plain(element, frozenset()))}
    return {each for each in words - labels - months if not any(each in seen for seen in known)}


def test_no_word_of_the_fifty_is_lost() -> None:
    for element in elements(document.open_document(FIFTY).root, "biblStruct"):
        if name(element.getparent()) == "listBibl":  # type: ignore[arg-type]
            record, remarks = from_bibl.read_bibl(description.read_bibl(element), Header())
            known_roles = {
                "compiled",
                "programmer",
                "interviewee",
                "director",
                "producer",
                "recipient",
                "music",
                "english",
                "old",
            }
            assert lost(element, record, " ".join(map(str, remarks))) - known_roles == set(), record.id


def test_every_header_and_every_work_of_the_corpora_has_a_record(shared: Path) -> None:
    found = 0
    for path in DISK.walk(shared / "corpora"):
        try:
            opened = document.open_document(path)
        except DocumentError:  # TEI P4, and the lists that are no documents
            continue
        assert cite(read(opened))[0].title, path
        for each in read_bibliography(opened):
            found += 1
            assert records(tei.write([each.record])) == [each.record], (path, each.line)
            assert each.line > 0
            assert (
                each.remarks or each.record.title or each.record.author or each.record.title_short or each.kind == "msDesc"
            ), path
            if each.kind != "msDesc":
                record, remarks = from_bibl.read_bibl(description.read_bibl(each.element), Header())
                assert len(lost(each.element, record, " ".join(map(str, remarks)))) < 14, (path, each.line)
    assert found > 150


def test_every_record_of_the_corpora_is_written_in_every_format_and_read_back(shared: Path) -> None:
    found: list[Record] = []
    for path in DISK.walk(shared / "corpora"):
        with suppress(DocumentError):
            opened = document.open_document(path)
            found += [cite(read(opened))[0], *(each.record for each in read_bibliography(opened))]
    every = make_unique(found)
    for form, known in FORMATS.items():
        for written in [known.write([each]) for each in every] if known.single else [known.write(every)]:
            if known.suffix in {".xml", ".rdf"}:
                etree.fromstring(written.encode())
            if form in {"csl-json", "biblatex", "bibtex"}:
                library = readers.read(Source(f"a{known.suffix}", written.encode()))
                assert (library.findings, list(library.records)) == ((), every), form
    back = read_bibliography(document.parse(Source("a.xml", tei.write(every).encode())))
    assert [told(each.record) for each in back] == [told(each) for each in every]


def told(record: Record) -> Record:
    """What TEI keeps of a record: not which words are names, nor the order of what stands beside."""
    return replace(record, proper=(), custom=tuple(sorted(record.custom)))


@pytest.mark.usefixtures("frozen_heap")
def test_ten_thousand_descriptions_are_read_in_seconds() -> None:
    body = FIFTY.read_text(encoding="utf-8")
    inside = body[body.index("<standOff>") + 10 : body.index("</standOff>")]
    copies = "".join(re.sub(r'xml:id="([^"]+)"', rf'xml:id="\1-{at}"', inside) for at in range(40))
    opened = document.parse(Source("a.xml", body.replace(inside, copies).encode()))
    begin = time.process_time()
    found = read_bibliography(opened)
    assert len(found) == 2000
    assert (time.process_time() - begin) / len(found) < 0.0006, "a description took more than 0.6 ms: 0.2 are usual"
