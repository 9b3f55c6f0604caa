"""Nothing is lost: every character of a text comes out in each format, or stands in the list of what was left out.

Shown on the corpora and on documents made at random. A page must also be sound HTML: each id once, no link into nothing.
"""

from __future__ import annotations

import json as standard_json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siglum.check import fidelity
from siglum.convert import export
from siglum.convert.reading import builder
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.reading.tree import Graphic, Node, Note, Text, walk
from siglum.convert.writers import json
from siglum.convert.writers import text as text_writer
from siglum.convert.writers.options import NotePlace, TextLayout
from siglum.text import running
from siglum.text.document import Document, open_document, parse
from siglum.text.edition import resolve
from siglum.text.editorial_signs import Signing
from siglum.text.notes import has_words
from siglum.text.source import Source
from siglum.text.tei import TEI, TEI_NS, Element, elements
from siglum.text.views import View
from tests.convert.reading.generated import UNSHRUNK, documents, running_documents
from tests.convert.reading.outline import outline
from tests.convert.writers.markdown.parsed import words

UNFILLED = export.Options(TextLayout(width=0))
CHOICES = st.builds(
    export.Options,
    text=st.just(UNFILLED.text),
    sides=st.sampled_from([None, *Sides]),
    signing=st.sampled_from(Signing),
    apparatus=st.booleans(),
)
MANY = settings(UNSHRUNK, max_examples=30)


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace())


def _in_the_text(document: Document) -> Counter[str]:
    """Every character of the text, but for the calls of notes that are typed out: they are made again as labels."""
    notes = resolve(document).notes
    calls = [each for each in notes.called_by if each.tag in {f"{TEI}ref", f"{TEI}ptr"}]
    typed = {each for each in calls if not has_words(each, notes.called_by[each])}
    texts = [each for each in elements(document.root, "text") if next(each.iterancestors(f"{TEI}text"), None) is None]
    return _letters("".join(word for text in texts for word in _words(text, typed)))


def _words(element: Element, without: set[Element]) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if isinstance(each.tag, str) and each not in without:
            yield from _words(each, without)
        yield each.tail or ""


def _lost(document: Document, form: str, options: export.Options = UNFILLED) -> Counter[str]:
    made = export.FORMATS[form].export(document, options)
    shown = SHOWN[form](made.content)
    return _in_the_text(document) - _letters(shown) - _letters("".join(each.text for each in made.omissions))


def _in_the_tree(written: str) -> str:
    """The words of a tree in JSON, both sides of a choice among them."""
    tree = json.read(written)
    nodes = walk((*tree.content, *(each for note in tree.notes for each in (*note.heading, *note.content))))
    return "".join(_own_words(each) for each in nodes)


def _own_words(node: Node) -> str:
    match node:
        case Text():
            return node.text
        case Graphic():
            return node.description
        case Note():
            return node.label
        case _:
            return ""


SHOWN: dict[str, Callable[[str], str]] = {
    "html": lambda written: outline(written).text,
    "text": str,
    "markdown": words,
    "json": _in_the_tree,
    "standoff": lambda written: str(standard_json.loads(written.partition("\n")[0])["text"]),
}
"""What a reader of each format is shown, as far as it can be told without the writer. A new format has to stand here."""


def _parsed(text: str) -> Document:
    return parse(Source("made.xml", text.encode()))


def _corpora(shared: Path) -> list[Path]:
    found = sorted(each for each in (shared / "corpora").rglob("*.xml") if each.parent.name != "alists")
    assert len(found) == 48
    return found


@pytest.mark.parametrize("form", export.FORMATS)
def test_nothing_of_the_red_book_is_lost(red_book: Path, form: str) -> None:
    assert _lost(open_document(red_book), form) == Counter()


def test_nothing_of_the_corpora_is_lost_and_their_pages_are_sound(shared: Path) -> None:
    for path in _corpora(shared):
        if b"<TEI.2" in path.read_bytes():
            continue  # TEI P4
        document = open_document(path, within=shared)
        for form in export.FORMATS:
            assert _lost(document, form) == Counter(), (path.name, form)
        assert outline(export.to_html(document).content).wrong == [], path.name


@given(documents(), CHOICES)
@MANY
def test_nothing_of_a_made_document_is_lost(text: str, options: export.Options) -> None:
    document = _parsed(text)
    for form in export.FORMATS:
        assert _lost(document, form, options) == Counter(), form


@pytest.mark.parametrize("form", export.FORMATS)
def test_a_note_that_only_a_hidden_note_calls_is_hidden_with_it(form: str) -> None:
    body = "<p>a <choice><abbr><note>b<note>c</note></note></abbr><expan>d</expan></choice></p>"
    document = _parsed(f'<TEI xmlns="{TEI_NS}"><teiHeader/><text><body>{body}</body></text></TEI>')
    made = export.FORMATS[form].export(document, export.Options(sides=Sides.READING))
    assert _letters(SHOWN[form](made.content)) == Counter("ad")
    assert [each.text for each in made.omissions] == ["bc", "b", "c"]


@pytest.mark.parametrize("form", export.FORMATS)
def test_the_description_of_a_deleted_picture_is_told(form: str) -> None:
    body = '<p>a</p><delSpan spanTo="#z"/><graphic url="b"/><anchor xml:id="z"/><figDesc>c</figDesc>'
    document = _parsed(f'<TEI xmlns="{TEI_NS}"><teiHeader/><text><body>{body}</body></text></TEI>')
    assert _lost(document, form) == Counter()


@given(documents())
@MANY
def test_the_page_of_a_made_document_is_sound(text: str) -> None:
    assert outline(export.to_html(_parsed(text)).content).wrong == []


@given(documents())
@MANY
def test_every_output_makes_the_same_quotation_marks(text: str) -> None:
    document = _parsed(text)
    without_notes = export.Options(TextLayout(width=0, notes=NotePlace.NONE))
    plain = export.to_text(document, without_notes).content
    assert _marks(plain) == _marks("".join(piece.text for piece in running.body(resolve(document))))


def _marks(text: str) -> str:
    return "".join(re.findall("[“”‘’„‚«»]", text))


@given(running_documents())
@MANY
def test_the_text_in_the_manner_of_the_transcript_is_the_transcript(text: str) -> None:
    document = _parsed(text)
    tree = builder(resolve(document, View.TRANSCRIPT), apparatus=False).tree()
    written = text_writer.write(tree, TextLayout(width=0, signs=False))
    found = fidelity.compare(document, Source("made.txt", written.encode())).findings
    assert [each.message for each in found] == []
