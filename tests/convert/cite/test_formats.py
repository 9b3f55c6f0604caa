"""The formats: nothing in a record can break out of its field, and what is read back is what was written."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from siglum.convert.cite import FORMATS, Agent, Record, When, meta
from siglum.convert.cite.bibtex import escape
from siglum.convert.cite.line import one_line
from siglum.text.header import Header

HOSTILE = [
    r"}, note = {\input{/etc/passwd}",
    r"\write18{rm}",
    "100% & more_#1 $x$ ~ ^ {open",
    'say "hi" }} @book{x,',
    "a\r\nER  - \r\nTY  - BOOK\r\nTI  - b",
    "a\u2028ER  - ",
    "=cmd()",
    "“Ünïcödé” и ἑλληνικά 中文",
    "",
]

texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(alphabet='\\{}%#&_~^$"ab \n\r\u2028'))
agents = st.builds(Agent, family=texts, given=texts, dropping_particle=texts, suffix=texts, literal=texts)
records = st.builds(
    Record,
    id=st.just("key"),
    type=st.sampled_from(["book", "chapter", "article-journal", "document"]),
    title=texts,
    container_title=texts,
    author=st.lists(agents, max_size=2).map(tuple),
    publisher=texts,
    note=texts,
    url=texts,
    page=texts,
    issued=st.builds(When, start=st.just((1936, 10)), literal=texts),
    proper=st.lists(st.sampled_from(["a", "ab", "b"])).map(tuple),
)

COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    '{"}': '"',
    **{f"\\{each}": each for each in "%#&_$"},
}


def unescape(value: str) -> str:
    """What TeX would print of a value (groups are dropped)."""
    command = re.compile("|".join(map(re.escape, COMMANDS)) + r"|[{}]|\\")
    return command.sub(lambda found: COMMANDS.get(found.group(), ""), value)


def entries(text: str) -> list[tuple[str, dict[str, str]]]:
    """A BibTeX file read as BibTeX reads it: by counting braces, whatever stands before them."""
    result = []
    at = 0
    while (begin := text.find("@", at)) >= 0:
        at = closing(text, text.index("{", begin))
        kind_and_key, _, body = text[begin:at].partition(",")
        result.append((kind_and_key, fields(body)))
    return result


def fields(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while match := re.compile(r"\s*([a-z]+) = (?:(\{)|([a-z]{3}),)").match(body, at):
        end = closing(body, match.start(2)) if match[2] else match.end(3)
        assert match[1] not in found
        found[match[1]] = body[match.start(2) + 1 : end - 1] if match[2] else match[3]
        at = end + 1
    assert body[at:].strip() == "}", body[at:]
    return found


def closing(text: str, opening: int) -> int:
    """The place after the brace that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at + 1
    raise AssertionError("a brace is never closed")


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_comes_back(text: str) -> None:
    assert unescape(escape(text)) == one_line(text)


@given(records)
@example(Record(id="key", title=HOSTILE[0], publisher="A and B; {and} C, D"))
def test_no_value_breaks_out_of_bibtex(record: Record) -> None:
    (found,) = entries(FORMATS["bibtex"].write([record]))
    kind_and_key, values = found
    assert kind_and_key in {"@book{key", "@inbook{key", "@article{key", "@misc{key"}
    assert unescape(values.get("title", "")) == one_line(record.title)
    assert unescape(values.get("note", "")) == one_line(record.note)


@given(st.lists(records, max_size=3))
def test_no_value_breaks_out_of_ris(given_records: list[Record]) -> None:
    written = FORMATS["ris"].write(given_records)
    lines = [each for each in written.splitlines() if each]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", each) for each in lines)
    assert sum(each.startswith("TY  - ") for each in lines) == len(given_records)
    assert sum(each == "ER  - " for each in lines) == len(given_records)
    titles = [each.removeprefix("TI  - ") for each in lines if each.startswith("TI  - ")]
    assert titles == [title for each in given_records if (title := one_line(each.title))]


@given(records)
def test_csl_json_comes_back(record: Record) -> None:
    (found,) = json.loads(FORMATS["csl-json"].write([record]))
    assert found["id"] == "key"
    assert found.get("title", "") == record.title
    assert found["issued"]["date-parts"] == [[1936, 10]]


@given(st.lists(records, max_size=3))
def test_a_reference_is_one_line(given_records: list[Record]) -> None:
    assert len(FORMATS["text"].write(given_records).splitlines()) == len(given_records)


@given(records)
def test_the_tags_of_a_page_are_pairs_of_words(record: Record) -> None:
    assert all(name and value for name, value in meta.tags(record, Header()))
    assert json.loads(json.dumps(meta.json_ld(record, Header())))["@context"] == "https://schema.org"


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
    url="https://example.org/a_b?c={d}",
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
  origdate = {1980},
  language = {en},
  url = {https://example.org/a_b?c=%7Bd%7D},
}
""",
    "ris": """TY  - CHAP
ID  - sedov2026remove
AU  - Sedov, Leon
AU  - A & B, Ltd
TI  - “Remove Stalin” & more
T2  - The Red Book
PB  - siglum
PY  - 2026
DA  - 2026/11/22/
OP  - 1980
LA  - en
UR  - https://example.org/a_b?c={d}
ER  -@

""".replace("@", " ").replace("\n", "\r\n"),
    "text": (
        "Sedov, Leon, and A & B, Ltd. “‘Remove Stalin’ & more.” In The Red Book. siglum, 2026. Source: The Red Book (1980). "
        "https://example.org/a_b?c={d}\n"
    ),
}


@pytest.mark.parametrize("form", PAGES)
def test_a_record_in_each_format(form: str) -> None:
    assert FORMATS[form].write([RECORD]) == PAGES[form]


@pytest.mark.parametrize("form", FORMATS)
def test_no_records_make_an_empty_file(form: str) -> None:
    assert FORMATS[form].write([]).strip() in {"", "[]"}


def test_zotero_finds_a_chapter_in_its_book() -> None:
    tags = dict(meta.tags(RECORD, Header()))
    assert tags["citation_title"] == RECORD.title
    assert tags["citation_inbook_title"] == "The Red Book"
    assert tags["citation_publication_date"] == "2026/11/22"
    assert tags["citation_language"] == "en"
    assert tags["DC.date"] == "2026-11-22"
    found = meta.json_ld(RECORD, Header())
    assert (found["@type"], found["isPartOf"]) == (
        "Chapter",
        {
            "@type": "Book",
            "name": "The Red Book",
            "author": [{"@type": "Person", "name": "Leon Sedov", "givenName": "Leon", "familyName": "Sedov"}],
        },
    )
