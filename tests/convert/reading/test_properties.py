"""What holds of quotations and notes in every document, under every policy: marks pair, labels differ, writers agree."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from siglum.convert.reading import builder
from siglum.convert.reading.tree import Note, NoteBody, Tree, walk
from siglum.convert.writers import html, markdown
from siglum.convert.writers import text as text_writer
from siglum.convert.writers.html.page import Page
from siglum.convert.writers.options import NotePlace, TextLayout
from siglum.project.policy import PolicyReader
from siglum.text import running
from siglum.text.document import parse
from siglum.text.edition import Edition, resolve
from siglum.text.notes import APPARATUS
from siglum.text.policy import Numbers, Policy
from siglum.text.source import Source
from tests.convert.reading.generated import UNSHRUNK, documents
from tests.convert.reading.outline import outline

MANY = settings(UNSHRUNK, max_examples=12)

_STREAM = st.fixed_dictionaries(
    {"name": st.sampled_from(["main", "editorial", "own"])},
    optional={
        "type": st.sampled_from(["editorial", ["a", "b"]]),
        "place": st.sampled_from(["margin", ["foot", "margin"]]),
        "numbers": st.sampled_from([each.value for each in Numbers]),
        "restart": st.sampled_from(["document", "division", "page", "div[type='chapter']"]),
        "heading": st.sampled_from(["", "Remarks"]),
        "n": st.booleans(),
    },
).filter(lambda stream: stream["name"] != "own" or "type" in stream or "place" in stream)
_MARKS = st.fixed_dictionaries(
    {},
    optional={
        "quotes": st.sampled_from(["de", "none", ["⟨", "⟩"], {"en": "fr"}]),
        "split": st.sampled_from(["outer", "each"]),
        "displayed": st.booleans(),
        "titles": st.sampled_from([[], ["a"], ["a", "m"]]),
        "marked": st.just(["emph", "hi"]),
        "unmarked": st.just(["soCalled"]),
    },
)
POLICIES = st.builds(
    lambda marks, n, streams: PolicyReader(Path("siglum.toml")).read_policy(
        {"marks": marks, "notes": {"n": n, "streams": streams}}
    ),
    _MARKS,
    st.booleans(),
    st.lists(_STREAM, max_size=3, unique_by=lambda stream: stream["name"]),
)


_MARK = re.compile("[“”‘’„‚«»⟨⟩]")
_JOINED = re.compile(r"<(q|quote|said)((?: who='[^']*'| rend='[^']*')*)>")


def _edition(text: str, policy: Policy, seed: int = 0) -> Edition:
    """An edition; every third quotation goes on in another, whichever that is, or is a part of one."""
    count = 0

    def joined(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        link = f" part='{'IMF'[count % 3]}'" if seed % 2 else ""
        link = f" next='#made-{(count * (seed + 7)) % 11}'" if count % 3 == 0 else link
        return f"<{found[1]}{found[2]} xml:id='made-{count}'{link}>"

    return resolve(parse(Source("made.xml", _JOINED.sub(joined, text).encode())), policy=policy)


def _label_of_calls(note: NoteBody) -> str:
    """An entry of the apparatus is called by nothing that is printed: its own label is the number of its line."""
    return "" if note.stream == APPARATUS else note.label


def _notes(tree: Tree) -> dict[str, NoteBody]:
    return {note.source.id: note for note in tree.notes}


@given(documents(), POLICIES, st.integers(0, 99))
@MANY
def test_marks_come_in_pairs(text: str, policy: Policy, seed: int) -> None:
    edition = _edition(text, policy, seed)
    opened, closed = Counter[int](), Counter[int]()
    for element in edition.document.root.iter("*"):
        opened.update(id(mark.quotation.parts) for mark in edition.quotations.opening(element))
        closed.update(id(mark.quotation.parts) for mark in edition.quotations.closing(element))
    assert opened == closed


@given(documents(), POLICIES, st.integers(0, 99))
@MANY
def test_every_output_has_the_marks_of_the_running_text(text: str, policy: Policy, seed: int) -> None:
    edition = _edition(text, policy, seed)
    made = "".join(piece.text for piece in running.body(edition))
    plain = text_writer.write(builder(edition).tree(), TextLayout(width=0, notes=NotePlace.NONE))
    assert _MARK.findall(plain) == _MARK.findall(made)


@given(documents(), POLICIES)
@MANY
def test_made_labels_are_told_apart_in_their_part_of_the_text(text: str, policy: Policy) -> None:
    edition = _edition(text, policy)
    seen: set[tuple[object, ...]] = set()
    keeps = {each.name: each.n for each in edition.notes.streams}
    for note in edition.notes:
        if not note.label or (keeps[note.stream] and note.element.get("n")):
            continue
        key = (note.stream, note.unit, note.label)
        assert key not in seen
        seen.add(key)


@given(documents(), POLICIES)
@MANY
def test_every_writer_has_the_same_labels(text: str, policy: Policy) -> None:
    tree = builder(_edition(text, policy)).tree()
    bodies = _notes(tree)
    assert len(bodies) == len(tree.notes)
    calls = [
        node
        for node in walk((*tree.content, *(each for note in tree.notes for each in note.content)))
        if isinstance(node, Note)
    ]
    assert all(node.label == _label_of_calls(bodies[node.note]) for node in calls)
    page = html.write(tree, Page("Page"))
    assert outline(page).wrong == []
    printed = re.findall(r'<li id="([^"]*)"', page[page.find('class="s-endnotes"') :])
    assert [each for each in printed if each in bodies] == [note.source.id for note in tree.notes]
    keys = re.findall(r"^ *\[\^([^\]]+)\]:", markdown.write(tree), re.MULTILINE)
    assert len(keys) == len({each.casefold() for each in keys})
