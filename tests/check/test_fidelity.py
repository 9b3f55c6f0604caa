"""The comparison with the transcript: nothing is reported where nothing differs, and one changed word is one finding, in place."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siglum.check import fidelity
from siglum.text import running
from siglum.text.document import Document, open_document, parse
from siglum.text.edition import resolve
from siglum.text.source import Source
from siglum.text.views import View
from tests.text.pages.reader import document

_JOINED = re.compile(rf"\s*{running.JOIN}\s*")


def _transcript(text: str) -> Source:
    return Source("transcript.txt", text.encode())


def _messages(edition: Document, text: str) -> list[str]:
    return [each.message for each in fidelity.compare(edition, _transcript(text)).findings]


def _running(edition: Document) -> str:
    """What a transcript of the document would be: one word a line, so that places can be told."""
    text = "".join(piece.text for piece in running.body(resolve(edition, View.TRANSCRIPT)) if piece.note is None)
    return _JOINED.sub("", text)


NOTED = document(
    "<div><head>A</head><p>One<note n='1'>First note.</note> two.</p><pb n='2'/><p>Three<note n='2'>Second one.</note> four.</p></div>"
    "<div><head>B</head><p>Five<note n='3'>Third.</note> six.</p></div>"
)

LAYOUTS = {
    "at the end, as [1]": "A One[1] two. Three[2] four. B Five[3] six. [1] First note. [2] Second one. [3] Third.",
    "at the end, as 1": "A One1 two. Three2 four. B Five3 six. 1 First note. 2 Second one. 3 Third.",
    "at the end, as (1)": "A One (1) two. Three (2) four. B Five (3) six. (1) First note. (2) Second one. (3) Third.",
    "at the end of each chapter, as [1]": "A One [1] two. Three [2] four. [1] First note. [2] Second one. B Five [3] six. [3] Third.",
    "at the foot of each page, as [1]": "A One [1] two. [1] First note. Three [2] four. B Five [3] six. [2] Second one. [3] Third.",
    "after each paragraph, as [1]": "A One[1] two. [1] First note. Three[2] four. [2] Second one. B Five[3] six. [3] Third.",
    "where they are called, as (1)": "A One (1) First note. two. Three (2) Second one. four. B Five (3) Third. six.",
}


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "at the end, as 1"])
def test_notes_may_be_set_in_any_of_these_ways(layout: str) -> None:
    found = fidelity.compare(NOTED, _transcript(LAYOUTS[layout]))
    assert [each.message for each in found.findings] == []
    places, call = layout.split(", as ")
    assert found.layout is not None
    assert found.layout.call.format("1") == call
    assert found.layout.notes == places or layout.startswith("at the foot")


ALIKE = [
    ("<p>a <choice><sic>ned</sic><corr>end</corr></choice></p>", "a ned"),
    ("<p>a <supplied>b</supplied> <surplus>c</surplus></p>", "a c"),
    ("<p>He said: <q>x <q>y</q></q></p>", "He said: “x ‘y’”"),
    ("<p>co<lb break='no'/>operation</p>", "cooperation"),
    ("<p>cooperation</p>", "co-\n   operation"),
    ("<p>cooperation now</p>", "first co-\noperation now".removeprefix("first ")),
    ("<p>a<note type='editorial'>b</note></p>", "a"),
    ("<p>a<note place='margin'>b</note> c</p>", "a b c"),
    ("<p>a\u00a0b</p>", "a b"),
    ("<lg><l>a</l><l>b</l></lg>", "a\nb"),
]


@pytest.mark.parametrize(("body", "text"), ALIKE)
def test_these_are_no_differences(body: str, text: str) -> None:
    assert _messages(document(body), text) == []


UNLIKE = [
    ("<p>a b c</p>", "a x c", "“b” stands where the transcript has “x”"),
    ("<p>a b c</p>", "a c", "“b” is not in the transcript (after “a”)"),
    ("<p>a c</p>", "a b c", "“b” stands in the transcript but not here (after “a”)"),
    ("<p>b c</p>", "a b c", "“a” stands in the transcript but not here (after the very beginning)"),
    ("<p>a, b</p>", "a; b", "“,” stands where the transcript has “;”"),
    ("<p>ab</p>", "a b", "“ab” stands where the transcript has “a b”"),
    ("<p><q>a</q></p>", "'a'", None),
]


@pytest.mark.parametrize(("body", "text", "message"), UNLIKE)
def test_these_are(body: str, text: str, message: str | None) -> None:
    found = _messages(document(body), text)
    assert found == [message] if message else found


def test_what_is_declared_is_listed() -> None:
    body = "<p>a <choice><sic>ned</sic><corr resp='#x' cert='high'>end</corr></choice> <supplied>b</supplied></p>"
    (correction, supplied) = fidelity.compare(document(body), _transcript("a ned")).interventions
    assert (correction.kind, correction.transcript, correction.reading, correction.certainty) == ("correction", "ned", "end", "high")
    assert (supplied.kind, supplied.transcript, supplied.reading) == ("supplied text", "", "b")


_LINES = [f"word{n}a word{n}b word{n}c word{n}d" for n in range(30)]


@given(st.integers(0, 29), st.integers(0, 3), st.sampled_from(["change", "delete", "insert"]))
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
def test_one_word_is_one_finding_at_its_line_in_both_files(line: int, word: int, what: str) -> None:
    edition = parse(
        Source("a.xml", ("<TEI xmlns='http://www.tei-c.org/ns/1.0'>\n<text><body><p>\n" + "\n".join(_LINES) + "</p></body></text></TEI>").encode())
    )
    words = _LINES[line].split()
    words[word : word + (what != "insert")] = [] if what == "delete" else ["another"]
    text = "\n".join([*_LINES[:line], " ".join(words), *_LINES[line + 1 :]])
    (found,) = fidelity.compare(edition, _transcript(text)).findings
    assert found.code == {"change": "F001", "delete": "F002", "insert": "F003"}[what]
    assert found.line == line + 3
    near = int(re.findall(r"transcript\.txt:(\d+):", found.help)[0])
    ends_line = what == "delete" and word == 3
    assert near == line + 1 + ends_line or (line == 29 and near == 30)


def test_the_running_text_of_the_corpora_is_their_transcript(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "schnitzler").glob("*.xml")):
        edition = open_document(path, within=shared)
        if not resolve(edition).notes.called_by and not list(resolve(edition).notes):
            assert _messages(edition, _running(edition)) == [], path.name


def test_a_novel_with_fifty_changes_is_compared_quickly(shared: Path) -> None:
    edition = open_document(shared / "corpora" / "eltec" / "ENG18872_Lyall.xml")
    words = re.split(r"(\s+)", _running(edition))
    step = len(words) // 51 // 2 * 2
    for number in range(1, 51):
        at = number * step
        while not re.fullmatch(r"[a-z]{4,}", words[at]):
            at += 2 if words[at].strip() else 1
        words[at] = "Zwischenfall"
    started = time.process_time()
    found = fidelity.compare(edition, _transcript("".join(words))).findings
    assert time.process_time() - started < 6
    assert len(found) == 50
    assert all("Zwischenfall" in each.message for each in found)
