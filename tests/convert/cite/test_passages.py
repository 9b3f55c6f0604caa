"""passages.md is run: what is asked for, and what is found."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from siglum.convert.cite.passage import Links, NoPassage, PassageFinder, build_locator, fragment, tei
from siglum.convert.export import to_html
from siglum.convert.reading.tree import plain
from siglum.convert.writers.html import part
from siglum.errors import DocumentError
from siglum.text import document
from siglum.text.edition import Edition, resolve
from siglum.text.files import DISK
from siglum.text.references import References
from siglum.text.source import Source
from siglum.text.tei import language, squeeze

PAGE = Path(__file__).with_name("passages.md")


def cases() -> Iterator[tuple[str, str, str, list[str]]]:
    """Title, text, what is asked for, and the lines that are expected."""
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = section.partition("\n")
        lines = [line[4:] for line in rest.splitlines() if line.startswith("    ")]
        first = next(number for number, line in enumerate(lines) if line.startswith("> "))
        text = "\n".join(lines[:first])
        for asked in re.split(r"^> ", "\n".join(lines[first:]), flags=re.MULTILINE)[1:]:
            wanted, *found = asked.strip().splitlines()
            yield title, text, wanted, found


def edition(text: str) -> Edition:
    declared = re.match(r"\s*<refsDecl.*</refsDecl>", text, re.DOTALL)
    header = f"<teiHeader><encodingDesc>{declared.group()}</encodingDesc></teiHeader>" if declared else ""
    body = text[declared.end() :] if declared else text
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{header}<text><body>{body}</body></text></TEI>'
    return resolve(document.parse(Source("a.xml", whole.encode())))


def answers(text: str, wanted: str) -> list[str]:
    opened = edition(text)
    references = References(opened.document)
    try:
        found = PassageFinder(opened, references).find(wanted)
    except NoPassage as error:
        return [f"! {error}"]
    shown = (squeeze(plain(fragment.build_tree(each, opened, references).content)) for each in found)
    return [
        " | ".join((each.reference, build_locator(each, opened, "en").words, words))
        for each, words in zip(found, shown, strict=True)
    ]


@pytest.mark.parametrize(("title", "text", "wanted", "found"), list(cases()))
def test_a_passage_is_found(title: str, text: str, wanted: str, found: list[str]) -> None:
    assert answers(text, wanted) == found, title


WORDS = [
    ("en", "paras. 2–3"),
    ("de-AT", "Abs. 2–3"),
    ("fr", "par. 2–3"),
    ("it", "parr. 2–3"),
    ("es", "párrs. 2–3"),
    ("ger", "Abs. 2–3"),
    ("la", "paras. 2–3"),
]


@pytest.mark.parametrize(("spoken", "words"), WORDS)
def test_a_locator_speaks_the_language_of_the_document(spoken: str, words: str) -> None:
    opened = edition("<p>a</p><p>b</p><p>c</p>")
    (found,) = PassageFinder(opened, References(opened.document)).find("2-3") or []
    told = build_locator(found, opened, spoken)
    assert (told.words, told.label, told.value) == (words, "paragraph", "2–3")


FRAGMENTS = [
    # a passage, as TEI
    (
        "paragraph 2",
        '<p xmlns="http://www.tei-c.org/ns/1.0" xml:lang="la">b <hi>c</hi><lb n="5"/> d</p>',
    ),
    (
        "paragraphs 1-2",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:dts="https://w3id.org/dts/api#">'
        '<dts:wrapper ref="div 1, paragraph 1-2" xml:lang="la"><p>a<ref target="#n"/></p>'
        '<p>b <hi>c</hi><lb n="5"/> d</p><note xml:id="n">N</note></dts:wrapper></TEI>',
    ),
    (
        "line 4",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:dts="https://w3id.org/dts/api#">'
        '<dts:wrapper ref="div 1, line 4" xml:lang="la"><p><lb n="4"/>f</p></dts:wrapper></TEI>',
    ),
]


@pytest.mark.parametrize(("wanted", "written"), FRAGMENTS)
def test_a_passage_is_tei_by_itself(wanted: str, written: str) -> None:
    opened = edition(
        '<div xml:lang="la"><p>a<ref target="#n"/></p><p>b <hi>c</hi><lb n="5"/> d</p><p>e<lb n="4"/>f</p></div>'
        '<div type="notes"><note xml:id="n">N</note></div>'
    )
    (found, *_) = PassageFinder(opened, References(opened.document)).find(wanted)
    assert tei.write(found, opened) == written + "\n"


def test_a_piece_of_a_page_has_its_notes() -> None:
    opened = edition("<p>a<note>N</note></p><p>b<note>M</note></p>")
    references = References(opened.document)
    (found,) = PassageFinder(opened, references).find("paragraph 2")
    piece = part.write(fragment.build_tree(found, opened, references))
    assert 'class="s-passage" lang="en"' in piece
    assert ("<div>M</div>" in piece, "<div>N</div>" in piece) == (True, False)


def corpora(shared: Path) -> Iterator[tuple[str, Edition]]:
    for path in DISK.walk(shared / "corpora"):
        try:
            yield path.name, resolve(document.open_document(path))
        except DocumentError:
            continue


def test_every_reference_of_the_corpora_leads_back_to_its_place(shared: Path) -> None:
    listed = 0
    for name, opened in corpora(shared):
        references = References(opened.document)
        places = PassageFinder(opened, references)
        units = references.units
        assert len({each.reference for each in units}) == len(units), name
        for unit in units[:: max(1, len(units) // 40)]:
            listed += 1
            (found,) = places.find(unit.reference)
            assert found.units == (unit,), (name, unit.reference)
            if not unit.milestone:
                assert (found.first, found.last, found.stop) == (unit.element, unit.element, None)
            assert build_locator(found, opened, language(unit.element)).words, (name, unit.reference)
    assert listed > 1000


def test_links_lead_to_what_pages_have(shared: Path) -> None:
    """On some pages of each corpus: every id that a link is given to is on the page."""
    for name, opened in corpora(shared):
        if len(opened.document.source.data) < 90_000:
            links = Links(opened, References(opened.document))
            page = to_html(opened.document).content
            here = set(re.findall(r'id="([^"]+)"', page))
            told = {links.find_own(unit.element) for unit in References(opened.document).units} - {""}
            assert not told - here, name


def test_a_link_to_a_line_of_writing_leads_to_the_line() -> None:
    """Where pages keep the lines of the source; in prose they are no more than spaces."""
    opened = edition(
        '<ab xml:id="a"><lb n="1" xml:id="l1"/>b <lb n="2" xml:id="l2" break="no"/>c<note xml:id="n">d <lb n="3" xml:id="l3"/>e'
        '</note></ab><p xml:id="p">f <lb n="4" xml:id="l4"/>g <lb n="5" xml:id="l5" break="no"/>h</p>'
    )
    links, page = Links(opened, References(opened.document)), to_html(opened.document).content
    found = [links.find_nearest(each) for each in opened.document.root.iter("{*}lb")]
    assert found == ["l1", "l2", "n", "p", "l5"]
    assert all(f'id="{each}"' in page for each in found)


def test_ten_thousand_lines_of_the_same_name_have_links_in_time() -> None:
    lines = "".join(f'<lb n="{number % 10}"/>a' for number in range(10_000))
    paragraphs = "<div><p n='1'>x</p><p>y</p></div>" * 5_000
    opened = edition(f"<p>{lines}</p>{paragraphs}")
    references = References(opened.document)
    begin = time.perf_counter()
    links = Links(opened, references)
    assert len({links.find_nearest(each.element) for each in references.units}) > 5_000
    assert time.perf_counter() - begin < 4  # 0.4 s on an idle machine
