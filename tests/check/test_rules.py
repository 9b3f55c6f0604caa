"""The rules on identifiers, pointers and notes: `rules.md` says what they find, and what they leave alone."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from siglum.check import rule
from siglum.check.codes import CODES
from siglum.check.document import check_paths
from siglum.check.rules import load_rules
from siglum.text.diagnostic import Finding
from siglum.text.document import parse
from siglum.text.source import Source

PAGE = Path(__file__).with_name("rules.md").read_text(encoding="utf-8")
CASES = re.findall(r"^## ([^\n]+)\n```xml\n(.*?)\n```\n(.*?)(?=^#|\Z)", PAGE, re.DOTALL | re.MULTILINE)
_FOUND = re.compile(r"^([A-Z]\d{3}) at “([^”]+)”", re.MULTILINE)
_DOCUMENT = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text>\n{}\n</text></TEI>\n'


def _found(text: str) -> list[Finding]:
    document = parse(Source("page.xml", text.encode("utf-8")))
    return sorted(rule.run_rules(load_rules(), document, CODES))


def test_the_page_is_read_whole() -> None:
    assert len(CASES) == PAGE.count("\n## ")


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_rules_find_what_the_page_says(content: str, expected: str) -> None:
    text = _DOCUMENT.format(content)
    places = [(*_place(text, words), code) for code, words in _FOUND.findall(expected)]
    assert [(each.line, each.column, each.code) for each in _found(text)] == sorted(places)


def _place(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def test_a_dangling_pointer_names_the_nearest_identifiers() -> None:
    (found,) = _found(_DOCUMENT.format('<body><p xml:id="lenin"/><p xml:id="stalin"/><p who="#lennin"/></body>'))
    assert found.message == "`@who` points to `#lennin`, but no element here has that `xml:id`"
    assert found.help == "did you mean #lenin?"


def test_a_doubled_identifier_names_the_first() -> None:
    (found,) = _found(_DOCUMENT.format('<body>\n<p xml:id="a"/>\n<ab xml:id="a"/></body>'))
    assert found.message == "the `xml:id` `a` occurs twice: `p` has it already (line 3)"


@pytest.mark.parametrize(
    ("statement", "faulty"),
    [("none", ["“<q>a</q>”", "<q>“b”</q>"]), ("all", ["<q>c</q>", "<soCalled>e</soCalled>"]), ("some", []), ("", [])],
)
def test_marks_are_held_against_the_statement_in_the_header(statement: str, faulty: list[str]) -> None:
    header = (
        f'<teiHeader><encodingDesc><editorialDecl><quotation marks="{statement}"/></editorialDecl></encodingDesc></teiHeader>'
    )
    body = (
        "<p>“<q>a</q>”\n<q>“b”</q>\n<q>c</q>\n<said aloud='false'>d</said>\n<soCalled>e</soCalled></p><quote><p>f</p></quote>"
    )
    text = _DOCUMENT.replace("<teiHeader/>", header).format(body)
    lines = text.splitlines()
    found = [(each.code, lines[each.line - 1].removeprefix("<p>").partition("</p>")[0]) for each in _found(text)]
    assert found == [("I026", line) for line in faulty]


def test_only_the_codes_that_are_wanted_are_looked_for() -> None:
    document = parse(Source("page.xml", _DOCUMENT.format('<body><p xml:id="1"/><p who="#no"/></body>').encode()))
    assert [each.code for each in rule.run_rules(load_rules(), document, {"I002"})] == ["I002"]


def test_a_document_without_text_has_no_faults_of_this_kind() -> None:
    assert _found('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>') == []


def test_an_included_part_may_point_to_what_was_not_included_with_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "part.xml").write_text(
        '<div xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="a"><ref target="#b"/>\n<ref target="#c"/></p><p xml:id="b"/></div>'
    )
    main = tmp_path / "main.xml"
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml" xpointer="a"/>'
    main.write_text(_DOCUMENT.format(f"<body>{include}</body>"))
    (verdict,) = check_paths([main], select={"I003"})
    (found,) = verdict.findings
    assert (found.path, found.line, found.column) == ((tmp_path / "part.xml").as_posix(), 2, 6)


def test_where_an_include_failed_pointers_are_not_judged(tmp_path: Path) -> None:
    main = tmp_path / "main.xml"
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="persons.xml"/>'
    main.write_text(_DOCUMENT.format(f'<body><p who="#lenin"/>{include}</body>'))
    (verdict,) = check_paths([main], select={"I003"})
    assert [each.code for each in verdict.findings] == ["X006"]


def test_suggestions_stay_cheap_in_a_file_full_of_faults() -> None:
    content = "".join(f'<p xml:id="p{each}" who="#q{each}"/>' for each in range(5000))
    begun = time.monotonic()
    assert len(_found(_DOCUMENT.format(f"<body>{content}</body>"))) == 5000
    assert time.monotonic() - begun < 20


def test_a_declaration_of_references_that_cannot_be_used_is_told() -> None:
    declared = """<refsDecl><citeStructure match="//div[" use="@n"/>
<citeStructure match="//div" use="@n"><citeStructure match="q" use="@n"/></citeStructure></refsDecl>
<refsDecl><cRefPattern matchPattern="(.+)" replacementPattern="#xpath(//div[@n='$2'])"/>
<cRefPattern matchPattern="(.+)" replacementPattern="#xpath(//div[@n='$1'])"/></refsDecl>
<refsDecl><refState unit="card"/></refsDecl><refsDecl><p>By letter and paragraph.</p></refsDecl>"""
    text = _DOCUMENT.replace("<teiHeader/>", f"<teiHeader><encodingDesc>{declared}</encodingDesc></teiHeader>")
    found = _found(text.format('<body><div n="1"><p>a</p></div></body>'))
    assert [(each.code, each.line, each.message.partition(": ")[2]) for each in found] == [
        ("I027", 1, "“//div[” cannot be evaluated: unexpected end of source"),
        ("I027", 2, "“q” finds nothing that can be named"),
        ("I027", 3, "“#xpath(//div[@n='$2'])” uses $2, but @matchPattern “(.+)” has 1 group"),
        ("I027", 5, "nothing in the text has the unit “card” and an @n"),
    ]
