"""lists.md is run; annotations fit the text they are about; lists of quotations are valid TEI."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.check.document import check_paths
from siglum.convert.export import to_standoff
from siglum.convert.extract import KINDS, grouped, w3c
from siglum.convert.extract import tei_list as tei
from siglum.convert.extract.dates import edtf
from siglum.convert.extract.table import write as table
from siglum.errors import DocumentError
from siglum.text import document
from siglum.text.edition import Edition, resolve
from siglum.text.files import DISK
from siglum.text.source import Source

PAGE = Path(__file__).with_name("lists.md")
PEOPLE = '<listPerson><person xml:id="v"><persName>Andrei Vyshinsky</persName></person></listPerson>'


def cases() -> Iterator[tuple[str, str, str, list[str]]]:
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = section.partition("\n")
        lines = [line[4:] for line in rest.splitlines() if line.startswith("    ")]
        first = next(number for number, line in enumerate(lines) if line.startswith("> "))
        for asked in re.split(r"^> ", "\n".join(lines[first:]), flags=re.MULTILINE)[1:]:
            wanted, *rows = asked.rstrip("\n").split("\n")
            yield title, "\n".join(lines[:first]), wanted, [row.strip() for row in rows if row]


def edition(body: str) -> Edition:
    inside = f"<teiHeader/><standOff>{PEOPLE}</standOff><text><body>{body}</body></text>"
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{inside}</TEI>'
    return resolve(document.parse(Source("a.xml", whole.encode())))


@pytest.mark.parametrize(("title", "body", "wanted", "rows"), list(cases()))
def test_a_list_has_these_rows(title: str, body: str, wanted: str, rows: list[str]) -> None:
    kind, _, columns = wanted.partition(" ")
    found = [row for _, row in KINDS[kind].items(edition(body))]
    told = [" | ".join(str(getattr(row, name)) for name in columns.split(", ")) for row in found]
    assert [re.sub(" +", " ", each).strip() for each in told] == rows, title


def test_cells_that_name_several_count_for_each() -> None:
    rows = [
        ("", row) for _, row in KINDS["quotations"].items(edition('<p><said who="#v #w">a</said><said who="#v">b</said></p>'))
    ]
    assert [(each.value, each.count, each.places) for each in grouped(rows, "speaker")] == [
        ("Andrei Vyshinsky", 2, "paragraph 1"),
        ("#w", 1, "paragraph 1"),
    ]


def test_a_name_of_two_records_counts_for_each_and_prefixes_are_resolved() -> None:
    prefix = '<prefixDef ident="psn" matchPattern="(.+)" replacementPattern="https://people.example/$1"/>'
    loop = '<prefixDef ident="bad" matchPattern="(a+)+b" replacementPattern="$1"/>'
    body = f'<p>{prefix}{loop}<name ref="psn:42 #v">A</name><name ref="bad:{"a" * 60}">B</name><name ref="psn:42">C</name></p>'
    rows = [("", row) for _, row in KINDS["names"].items(edition(body))]
    assert [(each.value, each.count) for each in grouped(rows, "record")] == [
        ("https://people.example/42", 2),
        (f"bad:{'a' * 60}", 1),
        ("v", 1),
    ]


@given(
    st.dictionaries(st.sampled_from(["when", "from", "to", "notBefore", "notAfter"]), st.sampled_from(["", "1900", "1901-02"]))
)
def test_a_date_says_what_its_attributes_say(values: dict[str, str]) -> None:
    given_ = {key: values.get(key, "") for key in ("when", "from", "to", "notBefore", "notAfter")}
    assert bool(edtf(given_)) == any(given_.values())


def test_a_table_is_as_wide_as_the_terminal() -> None:
    rows = [row for _, row in KINDS["names"].items(edition("<p><name>日本 and a very long name indeed</name>\x7f</p>"))]
    lines = table(rows, ("kind", "text"), [], 30).splitlines()
    assert lines == ["kind  text", "name  日本 and a very long na…", "", "1 row"]


def test_a_table_of_several_files_keeps_within_the_terminal_and_shows_the_ends_of_places() -> None:
    body = f"<div type='{'long' * 9}'><p><name ref='https://people.example/{'x' * 60}'>A name</name></p></div>"
    rows = [row for _, row in KINDS["names"].items(edition(body))]
    lines = table(rows, KINDS["names"].shown, ["../a/very/very/long/way/to/the/file.xml"], 80).splitlines()
    assert max(map(len, lines)) <= 80
    assert re.match(r"…\S*file\.xml +….*1, paragraph 1 ", lines[1]), lines[1]


def editions(shared: Path) -> Iterator[Edition]:
    for path in DISK.walk(shared / "corpora"):
        try:
            opened = document.open_document(path)
        except DocumentError:
            continue
        if len(opened.source.data) < 100_000:
            yield resolve(opened)


def test_annotations_fit_the_text_that_export_makes(shared: Path) -> None:
    seen = 0
    for each in editions(shared):
        text = to_standoff(each.document).files[".txt"]
        for kind in ("quotations", "names", "dates", "corrections", "notes"):
            for annotation in json.loads(w3c.write(kind, [(each, list(KINDS[kind].items(each)))]))["first"]["items"]:
                assert annotation["id"]
                assert annotation["type"] == "Annotation"
                for target in annotation["target"]:
                    if not isinstance(target, str):
                        quoted, place = target["selector"]
                        assert text[place["start"] : place["end"]] == quoted["exact"]
                        assert text[: place["start"]].endswith(quoted["prefix"])
                        assert text[place["end"] :].startswith(quoted["suffix"])
                        seen += 1
    assert seen > 500


def test_lists_are_valid_tei(shared: Path, red_book: Path, tmp_path: Path) -> None:
    (tmp_path / "tei_all.rng").write_bytes(gzip.decompress((shared / "oracles/schemas/tei_all.rng.gz").read_bytes()))
    listed = [*editions(shared), resolve(document.open_document(red_book))]
    odd = edition(
        '<p><date when="14.2.7434" notAfter="1900-01">d</date><name key="a b" ref="psn:1 #v">n</name><note resp="#v">o</note>'
        '<docDate>1900</docDate><country>C</country><rs ref="http://x.org/ä%20b">r</rs></p>'
    )
    files = [tmp_path / f"{kind}.xml" for kind in tei.ITEMS]
    for kind, file in zip(tei.ITEMS, files, strict=True):
        file.write_text(tei.write(kind, [(each, list(KINDS[kind].items(each))) for each in [*listed, odd]]), encoding="utf-8")
    for verdict in check_paths(files, default_schemas=[tmp_path / "tei_all.rng"]):
        assert [each.message for each in verdict.findings if each.code.startswith(("S", "X"))] == []
