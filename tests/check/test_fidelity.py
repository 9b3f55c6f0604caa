"""The comparison with the transcript: nothing is found where nothing differs, and one changed word is one finding, in place."""

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
from tests.text.pages.reader import Case, cases, document

_JOINED = re.compile(rf"\s*{running.JOIN}\s*")


def _transcript(text: str) -> Source:
    return Source("transcript.txt", text.encode())


def _messages(edition: Document, text: str) -> list[str]:
    return [each.message for each in fidelity.compare(edition, _transcript(text)).findings]


def _running(edition: Document) -> str:
    """What a transcript of the document would be: one word a line, so that places can be told."""
    text = "".join(piece.text for piece in running.body(resolve(edition, View.TRANSCRIPT)) if piece.note is None)
    return _JOINED.sub("", text)


CASES = cases(Path(__file__).parents[1] / "text" / "pages" / "fidelity.md")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_it_finds_what_the_page_says(case: Case) -> None:
    found = fidelity.compare(case.document, _transcript(case.expected["transcript"])).findings
    told = [f"{each.code} {re.findall(r'transcript.txt:([0-9:]+)', each.help)[0]} {each.message}" for each in found]
    assert "\n".join(told or ["nothing"]) + "\n" == case.expected["findings"]


LAYOUTS = {
    "Notes at the end": "notes at the end, and marks their calls as [1]",
    "Notes at the end of each chapter": "notes at the end of each chapter, and marks their calls as (1)",
    "Notes where they are called": "notes where they are called, and marks their calls as (1)",
}


@pytest.mark.parametrize("title", LAYOUTS)
def test_the_manner_of_the_transcript_is_told(title: str) -> None:
    (case,) = (each for each in CASES if each.title == title)
    assert str(fidelity.compare(case.document, _transcript(case.expected["transcript"])).layout) == LAYOUTS[title]


def test_what_is_declared_is_listed() -> None:
    body = "<p>a <choice><sic>ned</sic><corr resp='#x' cert='high'>end</corr></choice> <supplied>b</supplied></p>"
    (correction, supplied) = fidelity.compare(document(body), _transcript("a ned")).interventions
    assert (correction.kind, correction.transcript, correction.reading, correction.certainty) == (
        "correction",
        "ned",
        "end",
        "high",
    )
    assert (supplied.kind, supplied.transcript, supplied.reading) == ("supplied text", "", "b")


def test_notes_that_call_each_other_are_printed_once() -> None:
    notes = "<standOff><note xml:id='n'>x<ptr target='#m'/></note><note xml:id='m'>y<ptr target='#n'/></note></standOff>"
    edition = document(f"{notes}<p>a<ptr target='#n'/></p>")
    assert _messages(edition, "a[1] [1] x[2] [2] y[1]") == []
    assert len(_messages(edition, "something else altogether")) == 1


_LINES = [f"word{n}a word{n}b word{n}c word{n}d" for n in range(30)]


@given(st.integers(0, 29), st.integers(0, 3), st.sampled_from(["change", "delete", "insert"]))
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
def test_one_word_is_one_finding_at_its_line_in_both_files(line: int, word: int, what: str) -> None:
    inside = "\n".join(_LINES)
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text><body><p>\n{inside}</p></body></text></TEI>'
    edition = parse(Source("a.xml", whole.encode()))
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
    assert time.process_time() - started < 3
    assert len(found) == 50
    assert all("Zwischenfall" in each.message for each in found)
