"""The citation of an edition, from its header: each case is a header and what a bibliography should have."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.convert.cite import Agent, Record, Remark, When, cite, make_unique
from siglum.convert.cite.dates import parse_date
from siglum.convert.cite.keys import make_key
from siglum.convert.cite.names import parse_agents
from siglum.convert.cite.text import format_reference
from siglum.text import document
from siglum.text.header import Date, Header, Name, read
from siglum.text.source import Source

NAMES = [
    # the words of a header, who is meant
    ("Conrad, Joseph (1857-1924)", [Agent("Conrad", "Joseph")]),
    ("Lyall, Edna [pseud.] (1857-1903).", [Agent("Lyall", "Edna")]),
    ("Ouida, [pseud.] (1839-1908)", [Agent("Ouida")]),
    ("M. Tullius Cicero", [Agent("Cicero", "M. Tullius")]),
    ("August von Kotzebue (1761-1819)", [Agent("Kotzebue", "August", dropping_particle="von")]),
    ("Johann Wolfgang von Goethe", [Agent("Goethe", "Johann Wolfgang", dropping_particle="von")]),
    ("Jean de La Fontaine", [Agent("La Fontaine", "Jean", dropping_particle="de")]),
    ("W. E. B. Du Bois", [Agent("Du Bois", "W. E. B.")]),
    ("Vincent van Gogh", [Agent("Gogh", "Vincent", non_dropping_particle="van")]),
    ("Petronius", [Agent("Petronius")]),
    ("W. Harrison Ainsworth esq.", [Agent("Ainsworth", "W. Harrison", suffix="esq.")]),
    ("King, Martin Luther, Jr.", [Agent("King", "Martin Luther", suffix="Jr.")]),
    ("Johann André and Anton Cremeri", [Agent("André", "Johann"), Agent("Cremeri", "Anton")]),
    ("the siglum editors", [Agent(literal="the siglum editors")]),
    ("University of Oxford", [Agent(literal="University of Oxford")]),
    ("COST Action 16204", [Agent(literal="COST Action 16204")]),
    ("Smith and the Committee", [Agent(literal="Smith and the Committee")]),
    ("", []),
    ("Goethe, Johann Wolfgang von", [Agent("Goethe", "Johann Wolfgang", dropping_particle="von")]),
    ("van Gogh, Vincent", [Agent("Gogh", "Vincent", non_dropping_particle="van")]),
    ("De Vido", [Agent("De Vido")]),
    ("Smith, J., Doe, A. B. and Roe, C.", [Agent("Smith", "J."), Agent("Doe", "A. B."), Agent("Roe", "C.")]),
    ("J. Smith, A. Doe and B. Roe", [Agent("Smith", "J."), Agent("Doe", "A."), Agent("Roe", "B.")]),
    ("Smith, John; Doe, Jane", [Agent("Smith", "John"), Agent("Doe", "Jane")]),
    ("Jane Doe et al.", [Agent("Doe", "Jane"), Agent(literal="et al.")]),
    ("et al.", [Agent(literal="et al.")]),
    ("[Anon.]", [Agent(literal="[Anon.]")]),
    ("Arlen, Michael [Dikran Kouyoumdjian].", [Agent("Arlen", "Michael")]),
]


@pytest.mark.parametrize(("words", "meant"), NAMES)
def test_names(words: str, meant: list[Agent]) -> None:
    assert list(parse_agents(Name(words), Header())) == meant


IN_LANGUAGES = [
    # the language of the document, the words of its header, how the name is sorted
    ("fr", "Étienne de La Croix", "La Croix, Étienne de"),
    ("fr", "Jean de La Fontaine", "La Fontaine, Jean de"),
    ("fr", "Joachim du Bellay", "du Bellay, Joachim"),
    ("fr-CA", "Marie Anne de la Tour", "la Tour, Marie Anne de"),
    ("de", "Ludwig van Beethoven", "Beethoven, Ludwig van"),
    ("nl", "Ludwig van Beethoven", "van Beethoven, Ludwig"),
    ("de", "Annette von Droste-Hülshoff (1797–1848)", "Droste-Hülshoff, Annette von"),
    ("la", "William Armistead Falconer", "Falconer, William Armistead"),
]


@pytest.mark.parametrize(("language", "words", "sorted_as"), IN_LANGUAGES)
def test_particles_are_sorted_as_the_language_does(language: str, words: str, sorted_as: str) -> None:
    (agent,) = parse_agents(Name(words), Header(language=language))
    assert agent.inverted == sorted_as


GUESSES = [
    ("de", "Hildegard von Bingen"),
    ("de", "Walther von der Vogelweide"),
    ("fr", "Marie de France"),
    ("en", "St. Thomas Aquinas"),
    ("en", "Sir Walter Scott"),
    ("en", "William of Malmesbury"),
    ("es", "Miguel de Cervantes Saavedra"),
    ("la", "C. Plinius Caecilius Secundus"),
    ("lat", "P. Ovidius Naso"),
    ("en", "C. Plinius Caecilius Secundus"),
]


@pytest.mark.parametrize(("language", "words"), GUESSES)
def test_a_name_is_not_taken_apart_by_guessing(language: str, words: str) -> None:
    assert list(parse_agents(Name(words, "person"), Header(language=language))) == [Agent(literal=words, unsure=True)]


def test_a_name_that_is_marked_up_needs_no_guess() -> None:
    marked = Name("Hartmann von Aue", "person", "Aue", "Hartmann", "von")
    assert [each.inverted for each in parse_agents(marked, Header(language="de"))] == ["Aue, Hartmann von"]


DATES = [
    # a date of a header, what it is in numbers, in ISO
    (Date("22 November 2026", when="2026-11-22"), When((2026, 11, 22)), "2026-11-22"),
    (Date("October 1936", when="1936-10"), When((1936, 10)), "1936-10"),
    (Date("", start="1917", end="1925"), When((1917,), (1925,)), "1917/1925"),
    (Date("", not_before="1400", not_after="1500"), When((1400,), (1500,), circa=True), "1400~/1500~"),
    (Date("", when="-0043-03-15"), When((-43, 3, 15)), "-0043-03-15"),
    (Date("c. 1620-25?"), When((1620,), (1625,), circa=True, literal="c. 1620-25?"), "1620~/1625~"),
    (Date("2009-10-07"), When((2009, 10, 7)), "2009-10-07"),
    (Date("1917-1925"), When((1917,), (1925,)), "1917/1925"),
    (Date("MDCCXC"), When((1790,), literal="MDCCXC"), "1790"),
    (Date("in the spring"), When(literal="in the spring"), "in the spring"),
    (Date("", when="1999-13"), When((1999,)), "1999"),
    (Date("2000", when="2000", cert="low"), When((2000,), circa=True), "2000~"),
    (Date(""), When(), ""),
]


@pytest.mark.parametrize(("given", "meant", "iso"), DATES)
def test_dates(given: Date, meant: When, iso: str) -> None:
    assert parse_date(given) == meant
    assert meant.iso == iso


KEYS = [
    (Record(title="The Red Book", author=(Agent("Sedov", "Leon"),), issued=When((1936,))), "sedov1936red"),
    (Record(title="Über die Ärzte", author=(Agent("Ďurčo"),), issued=When((2000,))), "durco2000uber"),
    (Record(title="Der Weg", editor=(Agent(literal="the siglum editors"),)), "editorsweg"),
    (Record(title="Jesus College MS. 20"), "jesus20"),
    (Record(title="Ἰλιάς"), "ilias"),
    (Record(title="Братья Карамазовы", author=(Agent("Достоевский", "Фёдор"),), issued=When((1880,))), "dostoevskij1880bratia"),
    (Record(title="المقدمة", author=(Agent(literal="ابن خلدون"),)), "khldwnalmqdma"),
    (Record(title="春秋"), "untitled"),
    (Record(title="Living Alone", issued=When((1920,))), "living1920"),
    (Record(title="I and the"), "i"),
    (Record(), "untitled"),
]


@pytest.mark.parametrize(("record", "wanted"), KEYS)
def test_keys_are_readable(record: Record, wanted: str) -> None:
    assert make_key(record) == wanted


def test_keys_are_unique_and_the_first_keeps_its_own() -> None:
    records = [Record(id="a"), Record(id="ab"), Record(id="a"), Record(id="a")]
    assert [each.id for each in make_unique(records)] == ["a", "ab", "ac", "ad"]
    assert len({each.id for each in make_unique([Record(title="x")] * 100)}) == 100


def cited(described: str) -> tuple[Record, list[Remark]]:
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>{described}</fileDesc></teiHeader><text/></TEI>'
    return cite(read(document.parse(Source("a.xml", whole.encode()))))


PUBLISHED = '<publicationStmt><publisher>P</publisher><date when="2020"/></publicationStmt>'
TYPES = [
    # the titles, what the record is, its title, what it stands in
    ('<title level="a">A</title><title level="m">M</title><title level="m" type="sub">S</title>', ("chapter", "A", "M: S", "")),
    ('<title level="a">A</title><title level="j">J</title>', ("article-journal", "A", "J", "")),
    ("<title>M?</title><title type='sub'>S</title>", ("book", "M? S", "", "")),
    ("<title>M</title><title level='s'>Series</title>", ("book", "M", "", "Series")),
    ("<title level='a'>A</title>", ("book", "A", "", "")),
]


@pytest.mark.parametrize(("titles", "wanted"), TYPES)
def test_the_levels_of_the_titles_make_the_type(titles: str, wanted: tuple[str, str, str, str]) -> None:
    record, remarks = cited(f"<titleStmt>{titles}</titleStmt>{PUBLISHED}")
    assert (record.type, record.title, record.container_title, record.collection_title) == wanted
    assert remarks == []


REMARKS = [
    # what a header has, what is said of it
    ("", "the header has no title"),
    ("", "the header has no publisher"),
    ("", "the header has no date of publication"),
    (
        '<titleStmt><title>A</title><title type="iso">B</title></titleStmt>',
        "the citation leaves out another title of the type iso: “B”",
    ),
    ("<titleStmt><author ref='#nobody'/></titleStmt>", "a name in `author` is empty, or its @ref leads nowhere: #nobody"),
    ("<publicationStmt><date>today</date></publicationStmt>", "the date “today” contains no year that siglum can read"),
    ("<publicationStmt><date>1900</date><date>1901</date></publicationStmt>", "the citation leaves out another date: “1901”"),
    (
        "<publicationStmt><idno type='DOI'>10.1234/a</idno><idno type='DOI'>10.1234/b</idno></publicationStmt>",
        "more than one DOI; siglum takes 10.1234/a, not 10.1234/b",
    ),
    (
        "<publicationStmt><ref target='https://doi.org/10.1234/a'/><idno type='DOI'>10.1234/b</idno></publicationStmt>",
        "more than one DOI; siglum takes 10.1234/b, not 10.1234/a",
    ),
    (
        "<publicationStmt><ref target='javascript:alert(1)'>x</ref></publicationStmt>",
        "the link “javascript:alert(1)” is not a web address",
    ),
    (
        "<titleStmt><author>Hildegard von Bingen</author></titleStmt>",
        "the name “Hildegard von Bingen” stays as it stands. Encode `forename` and `surname`",
    ),
    (
        "<titleStmt><author>Conrad, Joseph (1857-1924)</author></titleStmt>",
        "the citation has only “Conrad, Joseph” of the name “Conrad, Joseph (1857-1924)”",
    ),
]


@pytest.mark.parametrize(("described", "remark"), REMARKS)
def test_what_cannot_be_read_is_said(described: str, remark: str) -> None:
    assert remark in [each.text for each in cited(described)[1]]


ORIGINALS = [
    # the sources, when and by whom the original was published
    ("<bibl>A <publisher>P</publisher> <date>1900</date></bibl>", ("1900", "P")),
    (
        "<bibl type='digitalSource'>W <date>2000</date><bibl type='originalSource'>O <date>1812</date></bibl></bibl>",
        ("1812", ""),
    ),
    ("<bibl type='printSource'>B <date>1920</date></bibl><bibl type='firstEdition'>A <date>1917</date></bibl>", ("1917", "")),
    ("<bibl>A <date>1900</date></bibl><bibl>B <date>1901</date></bibl>", ("", "")),
    ("<bibl type='web'>A <date>1900</date></bibl>", ("", "")),
    ("<p>born digital</p>", ("", "")),
]


@pytest.mark.parametrize(("sources", "wanted"), ORIGINALS)
def test_the_original_is_named_where_it_is_clear(sources: str, wanted: tuple[str, str]) -> None:
    record, _ = cited(f"<titleStmt><title>T</title></titleStmt>{PUBLISHED}<sourceDesc>{sources}</sourceDesc>")
    assert (record.original_date.iso, record.original_publisher) == wanted
    assert record.note


def test_a_header_and_a_bibl_read_the_scopes_of_a_series_alike() -> None:
    scopes = '<biblScope unit="volume">vol. 3</biblScope><biblScope unit="leaf">9</biblScope>'
    series = f"<seriesStmt><title>S</title>{scopes}</seriesStmt>"
    record, _ = cited(f"<titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt>{series}")
    assert (record.collection_title, record.collection_number, record.custom) == ("S", "3", (("scope-leaf", "9"),))


def test_the_red_book(red_book: Path) -> None:
    record, remarks = cite(read(document.open_document(red_book)))
    assert remarks == []
    assert (record.type, record.title, record.container_title) == (
        "chapter",
        "“Remove Stalin”",
        "The Red Book: On the Moscow Trials",
    )
    assert record.author == (Agent("Sedov", "Leon"),)
    assert (record.publisher, record.issued.iso) == ("siglum", "2026-11-22")
    assert (record.original_publisher, record.original_date.iso) == ("New Park Publications Ltd", "1980")
    assert (
        "First publication: Byulletin Oppositsii, first published in part in Russian, Nos. 52-53, October 1936." in record.note
    )
    assert "Encoding and correction: the siglum editors." in record.annotation
    assert format_reference(record) == (
        "Sedov, Leon. “‘Remove Stalin.’” In The Red Book: On the Moscow Trials. First edition in TEI. siglum, 2026. "
        "Source: The Red Book: On the Moscow Trials (New Park Publications Ltd, 1980)."
    )


IMPRINT = "<pubPlace>Leipzig</pubPlace> <publisher>Göschen</publisher> <date>1796</date>"
KEPT = "<msIdentifier><settlement>{}</settlement><repository>{}</repository><idno type='shelfmark'>{}</idno></msIdentifier>"
MADE = (
    "<msDesc><msIdentifier><settlement>{}</settlement><repository>L</repository><idno type='shelfmark'>{}</idno></msIdentifier>"
    "<history><origin><origDate notBefore='1401' notAfter='1425'>{}</origDate></origin></history></msDesc>"
)
SOURCES = [
    # the sources of an edition called T, what the reference says of them
    (f"<bibl><title>T</title> {IMPRINT}</bibl>", "First published Leipzig: Göschen, 1796."),
    (f"<bibl>{IMPRINT}</bibl>", "First published Leipzig: Göschen, 1796."),
    (f"<bibl type='firstEdition'><editor>E</editor> {IMPRINT}</bibl>", "First published Leipzig: Göschen, 1796."),
    (f"<bibl><title>T</title> <editor>E</editor> {IMPRINT}</bibl>", "Source: T (Leipzig: Göschen, 1796)."),
    (f"<bibl><title>T</title> <edition>3rd</edition> {IMPRINT}</bibl>", "Source: T (Leipzig: Göschen, 1796)."),
    (f"<bibl type='print'><title>T</title> {IMPRINT}</bibl>", "Source: T (Leipzig: Göschen, 1796)."),
    (f"<bibl><title>Collected works</title> {IMPRINT}</bibl>", "Source: Collected works (Leipzig: Göschen, 1796)."),
    ("<bibl><title>T</title> <pubPlace>unknown</pubPlace> <date>1796</date></bibl>", "First published 1796."),
    (f"<msDesc>{KEPT.format('Oxford', 'Jesus College', 'Jesus College MS. 2')}</msDesc>", "Oxford, Jesus College MS. 2."),
    (f"<msDesc>{KEPT.format('Palermo', 'unknown', 'Unknown')}</msDesc>", ""),
    (MADE.format("Oxford", "L MS. 2", "15th century, early"), "Oxford, L MS. 2 (15th century, early)."),
    (MADE.format("Oxford", "MS. 2", "s. XV (so Ker, but see the plates)"), "Oxford, L, MS. 2 (ca. 1401–1425)."),
    (MADE.format("Palermo", "Unknown", ""), "Palermo, L (ca. 1401–1425)."),
    (f"<msDesc>{KEPT.format('Palermo', 'Museo', 'unknown')}</msDesc>", "Palermo, Museo."),
]


@pytest.mark.parametrize(("sources", "said"), SOURCES)
def test_the_reference_names_the_source(sources: str, said: str) -> None:
    record, _ = cited(f"<titleStmt><title>T</title></titleStmt>{PUBLISHED}<sourceDesc>{sources}</sourceDesc>")
    assert format_reference(record) == f"T. P, 2020. {said}".strip()


SHOWN = [
    # a date, what readers see of it
    (Date("Perseus 4.0", when="2009-10-07"), "2009-10-07"),
    (Date("Michaelmas 1436", when="1436-09-29"), "Michaelmas 1436"),
    (Date("MDCCXC", when="1790"), "MDCCXC"),
    (Date("13th century", when="1250"), "13th century"),
    (Date("", when="1936-10"), "1936-10"),
    (Date("Perseus 4.0"), "Perseus 4.0"),
]


@pytest.mark.parametrize(("given", "shown"), SHOWN)
def test_words_without_a_date_give_way_to_the_attribute(given: Date, shown: str) -> None:
    assert given.shown == shown


REFERENCES = [
    (
        Record(
            title="T", author=(Agent("A", "B"), Agent("C", "D")), editor=(Agent("E", "F"),), publisher="P", issued=When((1,))
        ),
        "A, B, and D C. T. Edited by F E. P, 1.",
    ),
    (Record(title="T?", editor=(Agent("E"), Agent("G"))), "E, and G, eds. T? n.d."),
    (
        Record(type="article-journal", title="T “q”", container_title="J", volume="2", issue="3", page="4–5", doi="10.1/x"),
        "“T ‘q.’” J 2, no. 3 (n.d.): 4–5. https://doi.org/10.1/x",
    ),
    (Record(title="T", issued=When((1620,), (1625,), circa=True)), "T. ca. 1620–1625."),
    (Record(title="T", issued=When((-43,))), "T. 44 BCE."),
    (Record(title="T", issued=When((-100,), (100,))), "T. 101 BCE–100 CE."),
    (Record(title="T", original_date=When((-100,), (-50,))), "T. n.d. Original: 101–51 BCE."),
    (Record(), "[no title]. n.d."),
]


@pytest.mark.parametrize(("record", "wanted"), REFERENCES)
def test_the_plain_reference(record: Record, wanted: str) -> None:
    assert format_reference(record) == wanted
