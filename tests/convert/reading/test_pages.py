"""Quotations and notes: `pages/` says what each encoding, under each policy, becomes in the formats for readers.

HTML is shown without what is the same everywhere: roles, labels for screen readers, the copies of notes in the margin.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from siglum.convert.extract import json_list
from siglum.convert.extract.quotations import QuotationRow, quotations
from siglum.convert.reading import builder
from siglum.convert.reading.tree import NoteBody, Tree
from siglum.convert.writers import html, markdown
from siglum.convert.writers import json as json_writer
from siglum.convert.writers import text as text_writer
from siglum.convert.writers.html.page import Page
from siglum.convert.writers.options import TextLayout
from siglum.project.policy import PolicyReader
from siglum.text.edition import Edition, resolve
from siglum.text.policy import Policy
from tests.convert.reading.outline import outline
from tests.text.pages.reader import Case, cases, running_text

PAGES = sorted(Path(__file__).with_name("pages").glob("*.md"))
CASES = [pytest.param(case, id=f"{page.stem}: {case.title}") for page in PAGES for case in cases(page)]
_LISTED = ("number", "id", "kind", "text", "speaker", "depth", "displayed", "line")


def policy(case: Case) -> Policy:
    """The policy that a case gives as it stands in siglum.toml."""
    return PolicyReader(Path("siglum.toml")).read_policy(tomllib.loads(case.expected.get("toml", "")))


@pytest.mark.parametrize("case", CASES)
def test_every_format_is_as_the_page_says(case: Case) -> None:
    edition = resolve(case.document, policy=policy(case))
    tree = builder(edition).tree()
    assert {form: written(form, edition, tree) for form in case.expected if form != "toml"} == {
        form: expected for form, expected in case.expected.items() if form != "toml"
    }


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_sound_and_the_tree_comes_back(case: Case) -> None:
    tree = builder(resolve(case.document, policy=policy(case))).tree()
    assert outline(html.write(tree, Page("Page"))).wrong == []
    assert json_writer.read(json_writer.write(tree)) == tree


def written(form: str, edition: Edition, tree: Tree) -> str:
    """What is made of an edition, in a format that pages use."""
    match form:
        case "running":
            return running_text(edition)
        case "text":
            return text_writer.write(tree, TextLayout(width=60))
        case "html":
            return _fragment(html.write(tree, Page("Page")))
        case "markdown":
            return markdown.write(tree)
        case "notes":
            return "".join(f"{_told(note)}\n" for note in tree.notes)
        case "list":
            rows = json.loads(json_list.write(QuotationRow, [row for _, row in quotations(edition)]))
            return "".join(", ".join(f"{key}: {row[key]}" for key in _LISTED if row[key] != "") + "\n" for row in rows)
    raise AssertionError(f"a page has a block of “{form}”, which is none of the formats")


def _told(note: NoteBody) -> str:
    part = note.division or note.page
    return f"{note.stream or '-'}: {note.label or '-'}, {note.source.id}{f', {part}' if part else ''}"


def _fragment(page: str) -> str:
    """The text and the notes of a page."""
    root: Any = lxml_html.document_fromstring(page)
    for element in list(root.iter("*")):
        if "s-beside" in element.get("class", "").split():
            element.drop_tree()
        for key in [each for each in map(str, element.attrib) if each == "role" or each.startswith("aria")]:
            del element.attrib[key]
    shown = [root.get_element_by_id("siglum-text"), *root.iterfind(".//section[@class='s-endnotes']")]
    inside = [etree.tostring(each, encoding="unicode", with_tail=False, method="html") for each in shown]
    inside[0] = re.sub(r'^<\w+ id="siglum-text"[^>]*>\s*|</\w+>$', "", inside[0])
    inside[0] = re.sub(r'^<div class="text"[^>]*>\s*<div class="body">\s*|\s*</div>\s*</div>\s*$', "", inside[0])
    return "\n".join(part.strip() for part in inside) + "\n"
