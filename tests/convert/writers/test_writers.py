"""The writers: `pages/` says what plain text, HTML and Markdown are made of each kind of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.convert.reading import builder
from siglum.convert.reading.tree import Block
from siglum.convert.writers import markdown
from siglum.convert.writers import text as text_writer
from siglum.convert.writers.html.body import Body
from siglum.convert.writers.html.labels import read_labels
from siglum.convert.writers.html.writer import find_ids
from siglum.convert.writers.links import Links
from siglum.convert.writers.options import TextLayout
from siglum.text.edition import resolve
from tests.text.pages.reader import Case, cases, document

PAGES = sorted(Path(__file__).with_name("pages").glob("*.md"))
CASES = [pytest.param(case, id=f"{page.stem}: {case.title}") for page in PAGES for case in cases(page)]


@pytest.mark.parametrize("case", CASES)
def test_it_is_written_as_the_page_says(case: Case) -> None:
    tree = builder(resolve(case.document)).tree()
    if "text" in case.expected:
        assert text_writer.write(tree, TextLayout(width=60)) == case.expected["text"]
    if "markdown" in case.expected:
        assert markdown.write(tree) == case.expected["markdown"]
    if "html" in case.expected:
        known = {*find_ids(tree.content), *(note.source.id for note in tree.notes)}
        body = Body(tree, read_labels(tree.language), Links(frozenset(known)))
        text = tree.content[0]
        assert isinstance(text, Block)
        inside = text.content[0]
        assert isinstance(inside, Block)
        written = [body.blocks(inside.content), *map(body.note, tree.notes)]
        assert "\n".join(written) + "\n" == case.expected["html"]


def test_code_in_markdown_stands_between_fences_longer_than_its_own() -> None:
    tree = builder(resolve(document("<eg>a\n  ```\n*b* &amp; c</eg>"))).tree()
    assert markdown.write(tree) == "````\na\n  ```\n*b* & c\n````\n"
