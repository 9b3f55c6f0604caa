"""The processing models of an ODD at work: the page beside this file, and no lost character on real texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from siglum.convert.reading import Models, builder
from siglum.convert.reading.processing_model import ProcessingModel
from siglum.convert.reading.tree import Block, Node, Text, Tree, plain, walk
from siglum.errors import DocumentError
from siglum.schema.odd.rendering import read_rendering
from siglum.text.document import parse
from siglum.text.edition import resolve
from siglum.text.source import Source

PAGES = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("models.md", "publisher.md")]
ODD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="test">
{}</schemaSpec></body></text></TEI>"""
DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>
</teiHeader><text xml:lang="en"><body>{}</body></text></TEI>"""
CASES = [
    (title, dict(re.findall(r"```([\w ]+)\n(.*?)```", text, re.DOTALL)))
    for page in PAGES
    for title, text in re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
]


def made(odd: str, body: str, folder: Path, document: str = DOCUMENT) -> tuple[Tree, list[str]]:
    """The tree, and what was said about the models."""
    path = folder / "test.odd"
    path.write_text(ODD.format(odd), encoding="utf-8")
    models = Models(read_rendering(path), ("web",), (("mode", "plain"),))
    source = Source("document.xml", document.replace("{}", body).encode())
    maker = builder(resolve(parse(source)), models=models)
    tree = maker.tree()
    assert isinstance(maker.behave, ProcessingModel)
    return tree, [f"{each.code} {each.message}" for each in maker.behave.findings]


def outlined(tree: Tree) -> str:
    body = next(node for node in walk(tree.content) if isinstance(node, Block) and node.source.element == "body")
    notes = [line for each in tree.notes for line in (f"Note {each.label}", *lines(each.content, 1))]
    return "\n".join([*lines((body,), 0), *notes]) + "\n"


def lines(nodes: tuple[Node, ...], depth: int) -> Iterator[str]:
    """One line a node: its kind, its element, what it holds besides nodes, its classes."""
    for node in nodes:
        if isinstance(node, Text):
            if node.text.strip():
                yield "  " * depth + f'"{node.text}"'
            elif nodes[-1] is not node and nodes[0] is not node:
                yield "  " * depth + '" "'
            continue
        facts = [getattr(node, key) for key in ("kind", "level", "target", "label", "style") if hasattr(node, key)]
        shown = [_shown(each) for each in facts if each and each != ()]
        simple = [each for each in shown if "(" not in each]
        parts = [type(node).__name__, node.source.element, *simple, *(f".{each}" for each in node.source.classes)]
        yield "  " * depth + " ".join(part for part in parts if part)
        keys = ("content", "quotation", "default", "captions", "rows", "cells")
        groups = [value for key in keys if isinstance(value := getattr(node, key, None), tuple)]
        for group in groups:
            yield from lines(group, depth + 1)
        for key in ("reference", "alternate"):
            if getattr(node, key, ()):
                yield "  " * (depth + 1) + "/"
                yield from lines(getattr(node, key), depth + 1)


def _shown(fact: object) -> str:
    """The words of a fact; those of a label of nodes in quotation marks."""
    if not isinstance(fact, tuple):
        return str(fact)
    return " ".join(fact) if all(isinstance(each, str) for each in fact) else f'"{plain(fact)}"'


@pytest.mark.parametrize("blocks", [blocks for _, blocks in CASES], ids=[title for title, _ in CASES])
def test_the_page(blocks: dict[str, str], tmp_path: Path) -> None:
    tree, said = made(blocks["odd"], blocks["xml"].strip(), tmp_path)
    assert outlined(tree) == blocks["outline"]
    assert "".join(f"{each.reason}: {each.text}\n" for each in tree.omissions) == blocks.get("left out", "")
    assert "".join(f"{each}\n" for each in said) == blocks.get("said", "")


def test_the_page_is_whole() -> None:
    assert len(CASES) > 20
    assert all({"odd", "xml", "outline"} <= set(blocks) for _, blocks in CASES)


SIMPLE = """
<elementSpec ident="p" mode="change"><model behaviour="paragraph"><param name="content" value="node()"/></model></elementSpec>
<elementSpec ident="sp" mode="change"><model behaviour="block">
  <param name="content" value="speaker, p, l, lg, stage"/></model></elementSpec>
<elementSpec ident="note" mode="change"><model predicate="@place" behaviour="note"/></elementSpec>
<elementSpec ident="hi" mode="change"><model behaviour="inline"><param name="content" value="text()"/></model></elementSpec>
<elementSpec ident="head" mode="change"><model output="print" behaviour="omit"/>
  <model predicate="parent::div" behaviour="heading"/></elementSpec>
<elementSpec ident="persName" mode="change"><model behaviour="link"><param name="uri" value="@ref"/></model></elementSpec>
<elementSpec ident="msDesc" mode="change"><model behaviour="section"/></elementSpec>
<elementSpec ident="l" mode="change"><model behaviour="text"/></elementSpec>
"""


def test_no_character_is_lost_on_real_texts(shared: Path, tmp_path: Path) -> None:
    """Each character of the text comes out once or is among the omissions, whatever the models select."""
    path = tmp_path / "test.odd"
    path.write_text(ODD.format(SIMPLE), encoding="utf-8")
    models = Models(read_rendering(path), ("web",))
    assert models.rendering is not None
    assert models.rendering.findings == ()
    compared = 0
    for file in sorted((shared / "corpora").rglob("*.xml")):
        if file.stat().st_size > 200_000:
            continue
        try:
            document = parse(Source(file.name, file.read_bytes()), path=file)
        except DocumentError:
            continue  # part of another file, or P4
        plain, modelled = (builder(resolve(document), models=each).tree() for each in (None, models))
        assert letters(modelled) == letters(plain), file
        compared += 1
    assert compared > 20


def letters(tree: Tree) -> Counter[str]:
    """The characters of the text that are no marks of siglum's own making: those in the tree and those left out."""
    texts = [
        each.text
        for each in walk([*tree.content, *(node for note in tree.notes for node in note.content)])
        if isinstance(each, Text)
    ]
    return Counter(each for each in "".join([*texts, *(one.text for one in tree.omissions)]) if each.isalnum())


def test_models_that_select_each_other_have_an_end(tmp_path: Path) -> None:
    """Each paragraph asks for all that follow it, and so do these: 2^40 in all."""
    odd = (
        '<elementSpec ident="p" mode="change"><model behaviour="paragraph">'
        '<param name="content" value="node() | following::p"/></model></elementSpec>'
    )
    tree, said = made(odd, "<p>word</p>" * 40, tmp_path)
    assert plain(tree.content).count("word") >= 40
    (told,) = said
    assert told.startswith("O402 “node() | following::p” and its like select the same elements again and again")


def test_an_odd_that_is_made_from_one_that_is_not_there_holds(tmp_path: Path) -> None:
    path = tmp_path / "my.odd"
    models = '<elementSpec ident="hi" mode="change"><model behaviour="inline"/></elementSpec>'
    path.write_text(ODD.format(models).replace('ident="test"', 'ident="my" source="teipublisher.odd"'), encoding="utf-8")
    found = read_rendering(path)
    assert list(found.rules) == ["hi"]
    assert [(each.code, each.severity.value) for each in found.findings] == [("O007", "warning")]
