"""A text in two files: each has exactly the notes called in it, and links lead from one file to the other."""

from __future__ import annotations

import re
from dataclasses import replace

from siglum.convert.reading import builder
from siglum.convert.reading.called_notes import part
from siglum.convert.reading.tree import Section, Tree, walk
from siglum.convert.writers import html, markdown
from siglum.convert.writers.html.writer import find_ids
from siglum.convert.writers.links import Links, links_between
from siglum.text.edition import resolve
from tests.text.pages.reader import document

TEXT = """<div xml:id="one"><p xml:id="p1">a <ref target="#p2">on</ref><note xml:id="n1">first,
<ref target="#n2">see there</ref></note></p></div>
<div xml:id="two"><p xml:id="p2">b <ref target="#p1">back</ref> <ref target="#p2">here</ref><note xml:id="n2">second</note></p>
</div>"""


def split() -> dict[str, Tree]:
    """One tree for each of the two divisions."""
    tree = builder(resolve(document(TEXT))).tree()
    sections = [node for node in walk(tree.content) if isinstance(node, Section) and node.source.element == "div"]
    return {file: part(tree, (section,)) for file, section in zip(("one", "two"), sections, strict=True)}


def links_of(trees: dict[str, Tree], suffix: str) -> dict[str, Links]:
    ids = {file + suffix: {*find_ids(tree.content), *(note.source.id for note in tree.notes)} for file, tree in trees.items()}
    return {file.removesuffix(suffix): links for file, links in links_between(ids).items()}


def test_a_part_has_the_notes_called_in_it() -> None:
    trees = split()
    assert [[note.source.id for note in tree.notes] for tree in trees.values()] == [["n1"], ["n2"]]


def test_a_part_has_the_notes_that_its_notes_call() -> None:
    tree = builder(resolve(document('<p>a<note xml:id="n1">b<note xml:id="n2">c</note></note></p><p>d</p>'))).tree()
    assert [note.source.id for note in part(tree, tree.content[:1]).notes] == ["n1", "n2"]
    assert part(tree, tree.content[1:]).notes == ()
    assert part(replace(tree, content=tree.content[1:])).notes == ()


def test_links_of_html_lead_to_the_other_file() -> None:
    trees = split()
    pages = {file: html.write(tree, html.Page("T"), links=links_of(trees, ".html")[file]) for file, tree in trees.items()}
    found = {
        file: re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(?:on|see there|back|here)<', page) for file, page in pages.items()
    }
    assert found == {"one": ["two.html#p2", "two.html#n2"], "two": ["one.html#p1", "#p2"]}
    for file, page in pages.items():
        for target in re.findall(r'href="([^"]*)"', page):
            there, _, identifier = target.partition("#")
            assert f' id="{identifier}"' in pages[there.removesuffix(".html") or file], target


def test_links_of_markdown_lead_to_the_other_file() -> None:
    trees = split()
    texts = {file: markdown.write(tree, links=links_of(trees, ".md")[file]) for file, tree in trees.items()}
    assert "[on](two.md#p2)" in texts["one"]
    assert "[see there](two.md#n2)" in texts["one"]
    assert "[back](one.md#p1) [here](#p2)" in texts["two"]
    assert '<a id="p1"></a>' in texts["one"]


def test_in_one_file_links_lead_to_its_ids() -> None:
    tree = builder(resolve(document(TEXT))).tree()
    assert "#p2" in re.findall(r'href="([^"]*)"', html.write(tree, html.Page("T")))
    assert re.findall(r'href="[^"#]+#', html.write(tree, html.Page("T"))) == []
