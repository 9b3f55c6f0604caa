"""The formats: nothing breaks out of its field, nothing vanishes unsaid, and what is read back is what was written."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from siglum.convert.cite import FORMATS, Agent, Credit, Record, When, meta
from siglum.convert.cite.bib import names, tex
from siglum.convert.cite.csl_json import RANGE
from siglum.convert.cite.kinds import TYPES
from siglum.convert.cite.languages import find_tag
from siglum.convert.cite.line import one_line
from siglum.convert.cite.readers import read
from siglum.convert.cite.variables import BY_CSL, DATES, KINDS, NAMES, TEXTS, WITHOUT_WORDS
from siglum.text.header import Header
from siglum.text.source import Source

HOSTILE = [
    r"}, note = {\input{/etc/passwd}",
    r"\write18{rm}",
    "100% & more_#1 $x$ ~ ^ {open",
    'say "hi" }} @book{x,',
    "a\r\nER  - \r\nTY  - BOOK\r\nTI  - b",
    "a\u2028ER  - ",
    "=cmd()",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]> <!-- -- > &amp; &#0;",
    "- a: b\n# no comment\n...\n---\n'x' *y &z !t | > %",
    "\u202eabc\u202c \x00\x07\ufeff \ud800 \U0001d54f",
    "“Ünïcödé” и ἑλληνικά 中文 -- ``x'' ?` !` 1--2",
    "<i>a</i> and <b",
    "PMID: 1\noriginal-date: 1900",
    "",
]
SINGLE = [form for form in FORMATS if FORMATS[form].single]
MANY = [form for form in FORMATS if not FORMATS[form].single]
XML = ("mods", "dc", "datacite")

texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(alphabet="\\{}%#&_~^$\"ab-`' \n\r\u2028<>/"))
encodable = texts.map(lambda text: text.encode("utf-8", "replace").decode())
lines = encodable.map(one_line)
words = st.sampled_from(["von", "van", "de la", "Du", "and", "others", "O’Neill", "Ł", "x, y", "{}", "family=a", "Jr.", "a b"])
parts = st.one_of(words, lines)
agents = st.one_of(
    st.builds(Agent, literal=parts, unsure=st.booleans()),
    st.builds(Agent, family=parts, given=parts, dropping_particle=parts, non_dropping_particle=parts, suffix=parts),
).filter(lambda agent: bool(agent.full))
years = st.integers(-800, 2100)
months = st.integers(1, 12)
dates = st.one_of(st.tuples(years), st.tuples(years, months), st.tuples(years, months, st.integers(1, 28)))
ends = st.one_of(st.just(()), st.tuples(years))
whens = st.one_of(
    st.builds(When, start=dates, end=ends, circa=st.booleans(), literal=lines).filter(
        lambda when: when.end > when.start or not when.end
    ),
    st.builds(When, start=st.tuples(years), season=st.integers(1, 4), circa=st.booleans()),
    st.builds(When, literal=lines.filter(bool)),
    st.just(When()),
)
pairs = st.lists(st.tuples(lines.filter(bool), lines), max_size=2).map(tuple)
records = st.builds(
    Record,
    id=st.just("key"),
    type=st.sampled_from(sorted(TYPES)),
    **{field: lines for field in TEXTS if field not in {"annote", "language"}},
    **{field: st.lists(agents, max_size=2).map(tuple) for field in NAMES},
    **dict.fromkeys(DATES, whens),
    language=st.one_of(lines, st.sampled_from("ger Old_English grc-Latn de-1901 ang ara".split())).map(find_tag),
    credits=st.lists(st.builds(Credit, lines, st.lists(lines.filter(bool), min_size=1, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
    identifiers=pairs,
    custom=pairs,
    proper=st.lists(st.sampled_from(["a", "ab", "b"]), unique=True).map(tuple),
    original_is_first=st.booleans(),
)
"""Records of every kind; the text in one line, as every reader makes it."""
few = settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
"""A record has seventy variables: few of them are many cases."""


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_comes_back(text: str) -> None:
    assert tex.decode(tex.escape(text)) == (one_line(text), [])


@given(encodable.map(lambda text: unicodedata.normalize("NFC", one_line(text))))
def test_all_text_comes_back_from_tex(text: str) -> None:
    assert tex.decode(tex.escape(text)) == (text, [])


@given(st.lists(agents, max_size=3).map(tuple), st.booleans())
def test_names_keep_their_number(given_agents: tuple[Agent, ...], extended: bool) -> None:
    assert len(list(names.read_names(names.write_names(given_agents, extended=extended)))) == len(given_agents)


@pytest.mark.parametrize(("form", "name"), [("bibtex", "a.bib"), ("biblatex", "a.bib"), ("csl-json", "a.json")])
@few
@given(record=records)
@example(record=Record(id="key", title=HOSTILE[0], publisher="A and B; {and} C, D"))
def test_a_record_comes_back_whole(form: str, name: str, record: Record) -> None:
    library = read(Source(name, FORMATS[form].write([record]).encode()))
    assert library.findings == ()
    (found,) = library.records
    assert replace(found, page=dashed(found.page)) == replace(record, page=dashed(record.page))


def dashed(page: str) -> str:
    """The pages, whichever dash is between them: BibTeX has only one."""
    return RANGE.sub("–", page)


@pytest.mark.parametrize("form", XML)
@few
@given(record=records)
def test_no_value_breaks_out_of_xml(form: str, record: Record) -> None:
    root = etree.fromstring(FORMATS[form].write([record]).encode())
    titles = {"".join(map(str, each.itertext())) for each in root.iter("{*}title")}
    assert one_line(record.title) in titles or not one_line(record.title)


@few
@given(st.lists(records, max_size=3))
def test_no_value_breaks_out_of_ris(given_records: list[Record]) -> None:
    written = FORMATS["ris"].write(given_records)
    found = [each for each in written.splitlines() if each]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", each) for each in found)
    assert sum(each.startswith("TY  - ") for each in found) == len(given_records)
    assert sum(each == "ER  - " for each in found) == len(given_records)
    titles = [each.removeprefix("TI  - ") for each in found if each.startswith("TI  - ")]
    assert titles == [title for each in given_records if (title := one_line(each.title))]


@few
@given(records)
def test_no_value_breaks_out_of_html(record: Record) -> None:
    (span,) = re.fullmatch(r'<span class="Z3988" title="([^"<>]*)"></span>\n', FORMATS["coins"].write([record])).groups()  # type: ignore[union-attr]
    pairs = parse_qsl(html.unescape(span), strict_parsing=True)
    assert one_line(record.title) in [value for _, value in pairs] or not one_line(record.title)
    tags = FORMATS["highwire"].write([record]).splitlines()
    assert all(re.fullmatch(r'<meta name="citation_\w+" content="[^"<>]+">', each) for each in tags)
    assert not re.search("[<>&]", FORMATS["jsonld"].write([record]))


@few
@given(records)
def test_json_ld_is_json(record: Record) -> None:
    found = json.loads(FORMATS["jsonld"].write([record]))
    assert found.get("name", "") == record.title
    assert json.loads(json.dumps(meta.build_json_ld(record, Header())))["@context"] == "https://schema.org"


@few
@given(records)
def test_cff_is_yaml(record: Record) -> None:
    written = FORMATS["cff"].write([record])
    assert all(
        re.fullmatch(r' *(- )?([a-z-]+:( \d+| "(?:[^"\\]|\\.)*")?|"(?:[^"\\]|\\.)*")', each) for each in written.splitlines()
    )
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    assert yaml.safe_load(written).get("title", "") == one_line(record.title)


@few
@given(st.lists(records, max_size=3))
def test_a_reference_is_one_line(given_records: list[Record]) -> None:
    assert len(FORMATS["text"].write(given_records).splitlines()) == len(given_records)


@few
@given(records)
def test_the_tags_of_a_page_are_pairs_of_words(record: Record) -> None:
    assert all(name and value for name, value in meta.list_meta_tags(record, Header()))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("title", HOSTILE)
def test_whatever_a_title_holds_can_be_encoded(form: str, title: str) -> None:
    assert FORMATS[form].write([replace(RECORD, title=title)]).encode("utf-8")


def everything(kind: str) -> tuple[Record, dict[str, str]]:
    """A record of a type with a word in every variable, and which word is in which."""
    token = {field: f"X{field.replace('_', '')}X" for field in KINDS}
    values: dict[str, object] = {field: token[field] for field in TEXTS}
    values |= {field: (Agent(token[field], "G"),) for field in NAMES}
    values |= {field: When((1100 + number,)) for number, field in enumerate(DATES)}
    token |= {field: str(1100 + number) for number, field in enumerate(DATES)}
    values |= {"credits": (Credit("r", (token["credits"],)),), "identifiers": (("k", token["identifiers"]),)}
    values |= {"custom": (("k", token["custom"]),), "proper": ("a",), "original_is_first": True}
    return Record(id="key", type=kind, **values), token  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(TYPES))
@pytest.mark.parametrize("form", FORMATS)
def test_a_variable_is_in_the_file_or_is_said_to_be_left_out(form: str, kind: str) -> None:
    record, token = everything(kind)
    written = FORMATS[form].write([record])
    gone = {field for field in KINDS if field not in WITHOUT_WORDS and token[field] not in written}
    assert gone <= FORMATS[form].left_out


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"text", "dc"}))
def test_what_is_said_to_be_left_out_is_so(form: str) -> None:
    """Not of references and Dublin Core, which show some variables only beside others."""
    gone = set(FORMATS[form].left_out)
    for kind in sorted(TYPES):
        record, token = everything(kind)
        written = FORMATS[form].write([record])
        gone &= {field for field in KINDS if token[field] not in written}
    assert gone == FORMATS[form].left_out


def test_what_is_left_out_is_counted() -> None:
    record, _ = everything("book")
    assert "event-place (2)" in list(FORMATS["coins"].list_left_out([record, record, Record(title="T")]))
    assert list(FORMATS["biblatex"].list_left_out([record])) == []
    assert FORMATS["datacite"].list_missing(Record()) == [
        "a DOI",
        "an author",
        "a title",
        "a publisher",
        "a year of publication",
    ]


def test_the_keys_of_csl_json_are_those_of_csl() -> None:
    record, _ = everything("book")
    (item,) = json.loads(FORMATS["csl-json"].write([record]))
    assert set(item) <= CSL_KEYS, set(item) - CSL_KEYS
    assert set(BY_CSL) - CSL_KEYS == {"credits", "identifiers", "proper", "original-is-first"}


CSL_KEYS = frozenset(
    """authority available-date chair curator director division editorial-director executive-producer guest host
    jurisdiction narrator organizer performer PMCID printing-number producer references reviewed-genre scale script-writer
    series-creator abstract accessed annote archive archive-place archive_collection archive_location author call-number
    chapter-number collection-editor collection-number collection-title compiler composer container-author
    container-title container-title-short contributor custom dimensions DOI edition editor event-date event-place
    event-title genre id illustrator interviewer ISBN ISSN issue issued keyword language license medium note number
    number-of-pages number-of-volumes original-author original-date original-publisher original-publisher-place
    original-title page part-number part-title PMID publisher publisher-place recipient reviewed-author
    reviewed-title section source status submitted supplement-number title title-short translator type URL version
    volume volume-title""".split()
)
"""The variables of CSL 1.0.2 that a record has."""

RECORD = Record(
    id="sedov2026remove",
    type="chapter",
    title="“Remove Stalin” & more",
    container_title="The Red Book",
    author=(Agent("Sedov", "Leon"), Agent(literal="A & B, Ltd")),
    container_author=(Agent("Sedov", "Leon"),),
    publisher="siglum",
    issued=When((2026, 11, 22)),
    original_date=When((1980,)),
    language="en",
    url="https://example.org/a_b?c=d",
    proper=("Stalin",),
)

PAGES = {
    "bibtex": r"""@inbook{sedov2026remove,
  author = {Sedov, Leon and {A \& B, Ltd}},
  title = {“Remove {Stalin}” \& more},
  booktitle = {The Red Book},
  bookauthor = {Sedov, Leon},
  publisher = {siglum},
  date = {2026-11-22},
  year = {2026},
  month = nov,
  origdate = {1980},
  url = {https://example.org/a_b?c=d},
  language = {en},
  langid = {english},
}
""",
    "biblatex": r"""@inbook{sedov2026remove,
  author = {Sedov, Leon and {A \& B, Ltd}},
  title = {“Remove {Stalin}” \& more},
  booktitle = {The Red Book},
  bookauthor = {Sedov, Leon},
  publisher = {siglum},
  date = {2026-11-22},
  origdate = {1980},
  url = {https://example.org/a_b?c=d},
  language = {english},
  langid = {english},
}
""",
    "ris": """TY  - CHAP
ID  - sedov2026remove
AU  - Sedov, Leon
AU  - A & B, Ltd
TI  - “Remove Stalin” & more
T2  - The Red Book
PB  - siglum
LA  - en
UR  - https://example.org/a_b?c=d
PY  - 2026
DA  - 2026/11/22/
OP  - 1980
N1  - container-author: Sedov, Leon
ER  -@

""".replace("@", " ").replace("\n", "\r\n"),
    "text": (
        "Sedov, Leon, and A & B, Ltd. “‘Remove Stalin’ & more.” In The Red Book, by Leon Sedov. siglum, 2026. "
        "Source: The Red Book (1980). https://example.org/a_b?c=d\n"
    ),
    "coins": (
        '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;'
        "rfr_id=info%3Asid%2Fsiglum&amp;rft_id=https%3A%2F%2Fexample.org%2Fa_b%3Fc%3Dd&amp;rft.genre=bookitem&amp;"
        "rft.atitle=%E2%80%9CRemove%20Stalin%E2%80%9D%20%26%20more&amp;rft.btitle=The%20Red%20Book&amp;rft.aulast=Sedov&amp;"
        "rft.aufirst=Leon&amp;rft.au=Leon%20Sedov&amp;rft.aucorp=A%20%26%20B%2C%20Ltd&amp;rft.pub=siglum&amp;"
        'rft.date=2026-11-22&amp;rft.language=en"></span>\n'
    ),
    "highwire": """<meta name="citation_title" content="“Remove Stalin” &amp; more">
<meta name="citation_author" content="Sedov, Leon">
<meta name="citation_author" content="A &amp; B, Ltd">
<meta name="citation_publication_date" content="2026/11/22">
<meta name="citation_inbook_title" content="The Red Book">
<meta name="citation_publisher" content="siglum">
<meta name="citation_language" content="en">
<meta name="citation_public_url" content="https://example.org/a_b?c=d">
""",
    "cff": """cff-version: "1.2.0"
message: "If you use this edition, please cite it as below."
type: "dataset"
title: "“Remove Stalin” & more"
authors:
  - family-names: "Sedov"
    given-names: "Leon"
  - name: "A & B, Ltd"
date-released: "2026-11-22"
url: "https://example.org/a_b?c=d"
preferred-citation:
  type: "generic"
  title: "“Remove Stalin” & more"
  authors:
    - family-names: "Sedov"
      given-names: "Leon"
    - name: "A & B, Ltd"
  collection-title: "The Red Book"
  url: "https://example.org/a_b?c=d"
  publisher:
    name: "siglum"
  languages:
    - "en"
  year: 2026
  month: 11
  date-published: "2026-11-22"
  notes: "container-author: Sedov, Leon. original-date: 1980."
""",
    "dc": """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
  <rdf:Description rdf:about="https://example.org/a_b?c=d">
    <dc:title>“Remove Stalin” &amp; more</dc:title>
    <dc:creator>Sedov, Leon</dc:creator>
    <dc:creator>A &amp; B, Ltd</dc:creator>
    <dc:publisher>siglum</dc:publisher>
    <dcterms:issued>2026-11-22</dcterms:issued>
    <dc:source>1980</dc:source>
    <dc:type>Text</dc:type>
    <dc:identifier>https://example.org/a_b?c=d</dc:identifier>
    <dcterms:bibliographicCitation>Sedov, Leon, and A &amp; B, Ltd. “‘Remove Stalin’ &amp; more.” In The Red Book, by Leon Sedov. siglum, 2026. Source: The Red Book (1980). https://example.org/a_b?c=d</dcterms:bibliographicCitation>
    <dc:language>en</dc:language>
    <dcterms:isPartOf>The Red Book</dcterms:isPartOf>
  </rdf:Description>
</rdf:RDF>
""",  # noqa: E501
}


@pytest.mark.parametrize("form", PAGES)
def test_a_record_in_each_format(form: str) -> None:
    assert FORMATS[form].write([RECORD]) == PAGES[form]


@pytest.mark.parametrize("form", [*MANY, *SINGLE])
def test_no_records_make_an_empty_file(form: str) -> None:
    written = FORMATS[form].write([])
    assert written.strip() in {"", "[]"} or form in {"tei", "mods", "dc", "jsonld"}


MODS_ORDER = """titleInfo name typeOfResource genre originInfo language physicalDescription abstract subject note relatedItem
    identifier location part accessCondition recordInfo""".split()
DATACITE_PARTS = "identifier creators titles publisher publicationYear resourceType".split()


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_mods_has_its_elements_in_the_order_of_the_guidelines(kind: str) -> None:
    (mods,) = etree.fromstring(FORMATS["mods"].write([everything(kind)[0]]).encode())
    found = [etree.QName(each).localname for each in mods]
    firsts = list(dict.fromkeys(found))
    wanted = [each for each in MODS_ORDER if each in firsts]
    assert sorted(firsts) == sorted(wanted)
    assert mods.get("version") == "3.8"


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_datacite_has_what_the_schema_demands(kind: str) -> None:
    root = etree.fromstring(FORMATS["datacite"].write([everything(kind)[0]]).encode())
    assert [etree.QName(each).localname for each in root][:6] == DATACITE_PARTS
    kinds = {each.get("resourceTypeGeneral") for each in root.iter("{*}resourceType")}
    assert kinds <= DATACITE_TYPES
    assert {each.get("relatedItemType") for each in root.iter("{*}relatedItem")} <= DATACITE_TYPES
    assert {each.get("dateType") for each in root.iter("{*}date")} <= {"Issued", "Submitted", "Other"}


DATACITE_TYPES = frozenset(
    """Audiovisual Book BookChapter Collection ComputationalNotebook ConferencePaper ConferenceProceeding DataPaper Dataset
    Dissertation Event Image Instrument InteractiveResource Journal JournalArticle Model Other OutputManagementPlan PeerReview
    PhysicalObject Preprint Report Service Software Sound Standard StudyRegistration Text Workflow""".split()
)
