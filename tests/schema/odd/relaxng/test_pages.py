"""The pages beside this file: what an ODD says, and the grammar made of it, in the compact syntax.

A case has a schemaSpec, or what is in one (```odd), the grammar by the Guidelines (```guidelines), that of TEI's own tools
where it is another (```reference), and what is said of the ODD, as code, line and message (```findings).
`<!-- shows: x y -->` picks definitions from a large grammar. `SIGLUM_ACCEPT=1` writes new expectations.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from siglum.errors import SchemaError
from siglum.schema.odd.assemble import assemble
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.relaxng import GeneratedGrammar, compile_generated, generate_grammar
from siglum.schema.relaxng import syntax, write_compact

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
_CASE = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SHOWS = re.compile(r"<!-- shows: (.*?) -->")
_OPEN = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:rng="http://relaxng.org/ns/structure/1.0">'
_GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:music">
<start><ref name="score"/></start>
<define name="score"><element name="score"><ref name="note"/><ref name="nothing"/></element></define>
<define name="note"><element name="note"><empty/></element></define></grammar>"""


@dataclass(frozen=True)
class Case:
    """A title and its blocks by name."""

    page: Path
    title: str
    blocks: dict[str, str]


def cases() -> list[Case]:
    pages = [(page, page.read_text(encoding="utf-8")) for page in PAGES]
    return [Case(page, title, dict(_BLOCK.findall(body))) for page, text in pages for title, body in _CASE.findall(text)]


def made(folder: Path, written: str, compat: Compat) -> GeneratedGrammar:
    """The grammar of an ODD that holds what is written; `music.rng` lies beside it."""
    whole = (
        written.strip() if written.startswith("<schemaSpec") else f'<schemaSpec ident="s" start="x">\n{written}</schemaSpec>'
    )
    path = folder / "s.odd"
    path.write_text(f"{_OPEN}{whole}</TEI>", encoding="utf-8")
    (folder / "music.rng").write_text(_GRAMMAR, encoding="utf-8")
    return generate_grammar(assemble(path, compat=compat).merged, compat=compat)


def shown(found: GeneratedGrammar, written: str) -> str:
    """The grammar without its declarations, or some of its definitions."""
    chosen = _SHOWS.search(written)
    names = chosen.group(1).split() if chosen else []
    parts = found.grammar.components
    if names:
        parts = tuple(each for each in parts if isinstance(each, syntax.Define) and each.name in names)
    lines = write_compact.write_schema(syntax.Grammar(parts)).splitlines()
    return "\n".join(line for line in lines if line and not re.match(r"(default )?namespace |datatypes ", line)) + "\n"


def said(found: GeneratedGrammar) -> str:
    return "".join(f"{each.code} {each.line} {each.message} → {each.help}\n" for each in found.findings)


def accept(case: Case, new: dict[str, str]) -> None:
    """Put other expectations into the page."""
    text = case.page.read_text(encoding="utf-8")
    start = text.index(f"## {case.title}\n")
    end = text.find("\n## ", start + 1)
    end = len(text) if end < 0 else end + 1
    prose = _BLOCK.sub("", text[start:end]).strip()
    blocks = "\n".join(f"```{name}\n{body}```" for name, body in {"odd": case.blocks["odd"], **new}.items() if body)
    last = "" if end == len(text) else "\n"
    case.page.write_text(f"{text[:start]}{prose}\n{blocks}\n{last}{text[end:]}", encoding="utf-8")


def test_there_are_pages() -> None:
    found = cases()
    assert len(found) >= 50
    assert all(each.blocks.get("odd") and each.blocks.get("guidelines") for each in found)
    assert len({each.title for each in found}) == len(found)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_page(case: Case, tmp_path: Path) -> None:
    written = case.blocks["odd"]
    by_book, by_tools = (made(tmp_path, written, compat) for compat in ("guidelines", "reference"))
    assert said(by_book) == said(by_tools)
    found = {"guidelines": shown(by_book, written), "reference": shown(by_tools, written), "findings": said(by_book)}
    if found["reference"] == found["guidelines"]:
        del found["reference"]
    expected = {name: body for name, body in case.blocks.items() if name != "odd"}
    found = {name: body for name, body in found.items() if body}
    if os.environ.get("SIGLUM_ACCEPT") and found != expected:
        accept(case, found)
        return
    assert found == expected


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_every_grammar_of_the_pages_is_correct(case: Case, tmp_path: Path) -> None:
    """But where a page says that RELAX NG cannot have it."""
    refused = "RELAX NG refuses" in case.title
    for compat in ("guidelines", "reference"):
        found = made(tmp_path, case.blocks["odd"], compat)
        try:
            compile_generated(found)
        except SchemaError:
            assert refused
        else:
            assert not refused
