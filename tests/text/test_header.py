"""What a header says, read as records: each case is a header, and what is found in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.errors import DocumentError
from siglum.text import document
from siglum.text.files import DISK
from siglum.text.header import Bibl, Header, Manuscript, Title, read
from siglum.text.source import Source

NS = "http://www.tei-c.org/ns/1.0"


def header(text: str, *, after: str = "", language: str = "") -> Header:
    """The header of a document with this in its `fileDesc`."""
    declared = f' xml:lang="{language}"' if language else ""
    whole = f'<TEI xmlns="{NS}"{declared}><teiHeader><fileDesc>{text}</fileDesc></teiHeader>{after}<text><body/></text></TEI>'
    return read(document.parse(Source("a.xml", whole.encode())))


def titled(text: str) -> Header:
    return header(f"<titleStmt>{text}</titleStmt>")


def published(text: str) -> Bibl:
    return header(f"<publicationStmt>{text}</publicationStmt>").file


def sourced(text: str) -> Header:
    return header(f"<sourceDesc>{text}</sourceDesc>")


def test_what_is_not_there_is_empty() -> None:
    empty = read(document.parse(Source("a.xml", f'<TEI xmlns="{NS}"><text/></TEI>'.encode())))
    assert empty.file == Bibl("fileDesc")
    assert (empty.sources, empty.language, empty.languages, empty.revisions) == ((), "", (), ())
    assert titled("<title/><author/><editor> </editor>").file == Bibl("fileDesc")


def test_titles_have_level_type_and_language() -> None:
    found = header(
        '<titleStmt><title level="a" xml:lang="de">Ein  <hi>Tag</hi></title><title type="sub">Two</title></titleStmt>',
        language="en",
    )
    assert found.file.titles == (Title("Ein Tag", "a", "", "de"), Title("Two", "", "sub", "en"))


def test_a_title_is_read_as_a_reader_has_it() -> None:
    corrected = "<title>Of <choice><sic>teh</sic><corr>the</corr></choice> <!-- sic -->Sea<note>!</note><lb/>Wolf</title>"
    assert titled(corrected).file.titles == (Title("Of the Sea Wolf"),)


NAMES = [
    # what is written, the names that are found
    ("<author>Conrad, Joseph</author>", ["Conrad, Joseph"]),
    ("<author><persName>A</persName> and <persName>B</persName></author>", ["A", "B"]),
    ('<author><persName>A</persName><persName type="pen">B</persName></author>', ["A"]),
    ("<editor><persName>A</persName><affiliation><orgName>U</orgName></affiliation></editor>", ["A"]),
    ("<author>A<idno>12</idno></author>", ["A"]),
    ("<funder><ref target='x'>Fund</ref></funder>", ["Fund"]),
    ("<respStmt><resp>by</resp><name>A</name><name>B</name></respStmt>", ["A", "B"]),
    ("<respStmt><respStmt><resp>by</resp><name>A</name></respStmt></respStmt>", ["A"]),
    ("<respStmt><resp>by</resp><persName/></respStmt>", []),
]


@pytest.mark.parametrize(("written", "names"), NAMES)
def test_everybody_who_is_named_is_found_once(written: str, names: list[str]) -> None:
    assert [each.name.text for each in titled(written).file.contributors] == names


def test_roles_are_those_of_the_element_of_its_role_or_of_the_resp() -> None:
    found = titled(
        '<editor role="translator">A</editor><principal>B</principal><respStmt><resp>coding</resp><name>C</name></respStmt>'
    )
    assert [(each.role, each.resp) for each in found.file.contributors] == [
        ("translator", ""),
        ("principal", ""),
        ("resp", "coding"),
    ]


def test_the_parts_of_a_name_are_kept() -> None:
    name = (
        titled(
            """<author ref="#x"><persName><forename>August</forename> <nameLink>von</nameLink> <surname>Kotzebue</surname>
        </persName></author>"""
        )
        .file.contributors[0]
        .name
    )
    assert (name.text, name.forename, name.link, name.surname) == ("August von Kotzebue", "August", "von", "Kotzebue")
    assert (name.kind, name.refs) == ("person", ("#x",))


def test_the_publication_statement() -> None:
    found = published(
        """<publisher><orgName>Library</orgName><orgName>University</orgName><email>a@b</email></publisher>
        <distributor><email>c@d</email></distributor><authority>Z</authority><pubPlace>Oxford</pubPlace>
        <date notBefore="1900" notAfter-iso="1910" cert="low">about 1905</date><idno type="ISBN">1</idno><idno type="EDH"/>
        <availability status="free"><licence target="https://x"><p>Free.</p></licence><p>Do.</p></availability>
        <ref type="doi" target="https://doi.org/10.1/x">A</ref>"""
    )
    assert [(each.role, each.name.text) for each in found.agencies] == [
        ("publisher", "Library, University"),
        ("authority", "Z"),
    ]
    assert found.places == ("Oxford",)
    assert (found.dates[0].text, found.dates[0].not_before, found.dates[0].not_after, found.dates[0].cert) == (
        "about 1905",
        "1900",
        "1910",
        "low",
    )
    assert [(each.type, each.text) for each in found.idnos] == [("ISBN", "1")]
    (availability,) = found.availability
    assert (availability.status, availability.text) == ("free", "Do.")
    assert [(each.target, each.text) for each in availability.licences] == [("https://x", "Free.")]
    assert found.links[0].target == "https://doi.org/10.1/x"


def test_measures_have_their_units() -> None:
    assert header('<extent><measure unit="words">12</measure><measure>about 3 pages</measure></extent>').file.extents == (
        "12 words",
        "about 3 pages",
    )


SOURCES = [
    # a source, its label
    ("<bibl>As <title>A</title> said, in prose</bibl>", "A"),
    ("<bibl>in prose only</bibl>", "in prose only"),
    ("<bibl><author>B</author><title>A</title><date>1900</date></bibl>", "B, A (1900)"),
    ("<p>born digital</p>", "born digital"),
    ("<listBibl><bibl>one</bibl></listBibl>", "one"),
    (
        """<biblStruct><analytic><author>B</author><title level="a">A</title></analytic><monogr><author>B</author>
        <title>M</title><title type="sub">S</title><imprint><date when="1900"/></imprint></monogr></biblStruct>""",
        "B, A, M (1900)",
    ),
    ("<biblFull><titleStmt><title>A</title></titleStmt></biblFull>", "A"),
    (
        """<msDesc><msIdentifier><settlement>Oxford</settlement><repository>Bodley</repository><idno>MS. 1</idno>
        <msName>The Codex</msName></msIdentifier></msDesc>""",
        "Oxford, Bodley, MS. 1, The Codex",
    ),
]


@pytest.mark.parametrize(("written", "label"), SOURCES)
def test_every_kind_of_source_has_a_label(written: str, label: str) -> None:
    assert [each.label for each in sourced(written).sources] == [label]


def test_a_related_item_is_no_source_of_its_own() -> None:
    (source,) = sourced(
        '<bibl>x <relatedItem type="first"><bibl xml:id="b"><title>T</title></bibl></relatedItem></bibl>'
    ).sources
    assert isinstance(source, Bibl)
    assert [(each.relation, each.id) for each in source.related if isinstance(each, Bibl)] == [("first", "b")]


def test_a_manuscript_is_a_record_of_its_own() -> None:
    (found,) = sourced(
        """<msDesc><msIdentifier><repository>R</repository><idno type="shelfmark">S 1</idno><idno type="ark">a</idno>
        </msIdentifier><msContents><msItem><author>A</author><title>T</title></msItem></msContents>
        <history><origin><origDate notBefore="1400">15th c.</origDate></origin></history></msDesc>"""
    ).sources
    assert isinstance(found, Manuscript)
    assert (found.repository, found.shelfmark, found.dates[0].not_before, found.titles[0].text) == ("R", "S 1", "1400", "T")


def test_lists_of_persons_organisations_and_places() -> None:
    found = header(
        "",
        after="""<standOff><listPerson><person xml:id="p"><persName>Per</persName><persName>Petrus</persName><birth>1500</birth>
        <idno type="gnd">1</idno></person><person xml:id="q"/></listPerson><listPlace><place xml:id="o">
        <placeName>Oslo</placeName></place></listPlace>
        <listBibl><bibl xml:id="b"><title>B</title></bibl></listBibl></standOff>""",
    )
    assert [(each.id, each.kind, each.label) for each in found.entries.values()] == [
        ("p", "person", "Per"),
        ("q", "person", "q"),
        ("o", "place", "Oslo"),
    ]
    assert [(fact.kind, fact.text) for fact in found.entries["p"].notes] == [("birth", "1500")]
    assert [found.called(each) for each in ("#p", "#b", "#nobody")] == ["Per", "B", ""]


def test_the_red_book(red_book: Path) -> None:
    found = read(document.open_document(red_book))
    assert [each.text for each in found.file.titles] == ["“Remove Stalin”", "The Red Book", "On the Moscow Trials"]
    assert [each.label for each in found.sources] == [
        "Leon Sedov, “Remove Stalin”, The Red Book (1980)",
        "Leon Sedov, “Remove Stalin”, The Red Book (September 2000)",
    ]
    assert found.called("#sedov") == "Leon Sedov"
    assert found.called("#siglum-editors") == "the siglum editors"
    assert found.called("#bibl-testament") == "Lenin, Testament (January 4, 1923)"
    assert found.language == "en"


def test_every_header_of_the_corpora_can_be_read(shared: Path) -> None:
    read_ones = 0
    for path in DISK.walk(shared / "corpora"):
        try:
            found = read(document.open_document(path))
        except DocumentError:  # TEI P4, and the lists that are no documents
            continue
        assert found.file.titles, path
        assert found.sources, path
        assert all(each.label for each in found.sources), path
        read_ones += 1
    assert read_ones == 46
