"""Literate pages: a heading, an `xml` block (what is in a document's body, or more of it), blocks with what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from siglum.text import running
from siglum.text.document import Document, parse
from siglum.text.edition import Edition
from siglum.text.running import JOIN, Origin, Piece
from siglum.text.source import Source

_CASE = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PARTS = re.compile(r"\s*(<teiHeader>.*</teiHeader>)?\s*(<standOff>.*</standOff>)?\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One case of a page: its heading, its document and the other blocks by their language."""

    title: str
    document: Document
    expected: dict[str, str]


def cases(page: Path) -> list[Case]:
    """Every case of a page; a case without input or expectation is a fault of the page."""
    found = []
    for title, content in _CASE.findall(page.read_text(encoding="utf-8")):
        blocks = dict(_BLOCK.findall(content))
        assert len(blocks) > 1, f"{page.name}: {title}"
        found.append(Case(title, document(blocks.pop("xml")), blocks))
    assert found, page
    return found


def document(content: str) -> Document:
    """A document of what a page shows: `teiHeader` and `standOff` where given, then the body; in English."""
    parts = _PARTS.fullmatch(content)
    assert parts is not None
    header, standoff, body = parts.groups()
    body = body if body.startswith("<text") else f'<text xml:lang="en"><body>{body}</body></text>'
    inside = f"{header or '<teiHeader/>'}{standoff or ''}{body}"
    return parse(Source("page.xml", f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{inside}</TEI>'.encode()))


def running_text(edition: Edition) -> str:
    """The running text line by line, calls as [n]; below a dash each note with its label."""
    lines = _lines(running.body(edition))
    notes = [f"[{note.label}] {' / '.join(_lines(pieces))}".rstrip() for note, pieces in running.notes(edition)]
    return "\n".join([*lines, *(["--", *notes] if notes else [])]) + "\n"


def _lines(pieces: Iterable[Piece]) -> list[str]:
    text = "".join(map(_shown, pieces))
    text = re.sub(rf"[ \n]*{JOIN}[ \n]*", "", text)
    return [line for each in text.split("\n") if (line := re.sub(" +", " ", each).strip(" "))]


def _shown(piece: Piece) -> str:
    if piece.note is not None:
        return f"[{piece.text}]"
    return piece.text if piece.origin in {Origin.MADE, Origin.END} else re.sub(r"[ \t\r\n]+", " ", piece.text)
