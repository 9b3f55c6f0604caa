"""XInclude: what is taken in keeps its place in its own file; what cannot be is one finding (X006) at the xi:include."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from siglum.text.document import Document, open_document
from siglum.text.tei import TEI

_DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">
<text>
  {}tail
</text>
</TEI>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a document folder in it, and a file beside the project."""
    (tmp_path / "secret.xml").write_text("<p/>")
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").touch()
    return project


def _open(folder: Path, content: str, name: str = "main.xml") -> Document:
    path = folder / name
    path.write_text(_DOCUMENT.format(content), encoding="utf-8")
    return open_document(path, name=name)


REFUSED = {
    "a network": ("https://example.org/a.xml", "is on a network"),
    "a network, without a scheme": ("//example.org/a.xml", "is on a network"),
    "no address": ("http://[", "is not a valid address"),
    "no file name": ("a%00b.xml", "is not a valid file name"),
    "a name without end": ("x" * 5000, "is not a valid file name"),
    "an absolute path outside": ("/etc/passwd", "is outside the project"),
    "a file address outside": ("file:///etc/passwd", "is outside the project"),
    "a relative path outside": ("../secret.xml", "is outside the project"),
    "the same, in disguise": ("%2e%2e/secret.xml", "is outside the project"),
    "a file that is missing": ("none.xml", "there is no such file"),
    "a folder": (".", "this is a folder"),
    "itself": ("main.xml", "includes itself"),
    "nothing": ("", "`@href` is missing"),
}


@pytest.mark.parametrize(("href", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_be_included(folder: Path, href: str, reason: str) -> None:
    document = _open(folder, f'<xi:include href="{href}"/>')
    (finding,) = document.findings
    assert (finding.code, finding.path, finding.line, finding.column) == ("X006", "main.xml", 3, 3)
    assert reason in finding.message
    assert finding.help


def test_a_fallback_stands_in(folder: Path) -> None:
    document = _open(folder, '<xi:include href="none.xml">\n<xi:fallback><p>instead</p></xi:fallback></xi:include>')
    assert document.findings == []
    paragraph = document.root.find(f".//{TEI}p")
    assert paragraph is not None
    assert (paragraph.text, paragraph.tail) == ("instead", "tail\n")
    assert (document.locate(paragraph).line, document.locate(paragraph).column) == (4, 14)


def test_a_circle_is_found_where_it_closes(folder: Path) -> None:
    (folder / "b.xml").write_text(_DOCUMENT.format('<xi:include href="main.xml"/>'))
    (finding,) = _open(folder, '<xi:include href="b.xml"/>').findings
    assert (finding.path, finding.line, finding.column) == ("b.xml", 3, 3)
    assert "includes itself" in finding.message


def test_a_broken_part_is_named_with_its_place(folder: Path) -> None:
    (folder / "part.xml").write_text("<p>\n<q></p>")
    (finding,) = _open(folder, '<xi:include href="part.xml"/>').findings
    assert finding.message.startswith("xi:include: part.xml:2:4: </p> stands where </q> is expected")


def test_parts_that_multiply_are_stopped(folder: Path) -> None:
    for level in range(12):
        (folder / f"part-{level}.xml").write_text(_DOCUMENT.format(f'<xi:include href="part-{level + 1}.xml"/>' * 10))
    (folder / "part-12.xml").write_text("<p/>")
    begun = time.monotonic()
    document = _open(folder, '<xi:include href="part-0.xml"/>')
    assert time.monotonic() - begun < 60
    assert document.findings
    assert all("includes more than" in each.message for each in document.findings)


def test_what_is_included_is_found_in_its_own_file(folder: Path) -> None:
    (folder / "parts").mkdir()
    (folder / "parts" / "one.xml").write_text(
        f'<?xml version="1.0"?>\n<div xmlns="{TEI[1:-1]}">\n<p xml:id="a">a</p> <p\n n="b" xml:id="b">b</p></div>'
    )
    document = _open(folder, '<xi:include href="parts/one.xml" xpointer="b"/>')
    assert document.findings == []
    paragraph = document.root.find(f".//{TEI}p")
    assert paragraph is not None
    assert (paragraph.text, paragraph.tail) == ("b", "tail\n")
    at = document.locate(paragraph)
    assert (at.path, at.line, at.column) == ("parts/one.xml", 3, 21)
    at = document.locate_attribute(paragraph, "{http://www.w3.org/XML/1998/namespace}id")
    assert (at.path, at.line, at.column) == ("parts/one.xml", 4, 8)


def test_plain_text_is_included_as_text(folder: Path) -> None:
    (folder / "words.txt").write_text("<& words")
    document = _open(folder, '<p><xi:include href="words.txt" parse="text"/> </p>')
    assert document.findings == []
    assert "".join(map(str, document.root.itertext())).split() == ["<&", "words", "tail"]
