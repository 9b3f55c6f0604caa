"""The XML files of one compilation: each is read once, and elements know their line and column in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from siglum.schema.odd.report import Report
from siglum.schema.tagdocs.read import Reading
from siglum.schema.tagdocs.specs import Place
from siglum.text import wellformed, xinclude
from siglum.text.document import Document
from siglum.text.files import DISK, Files
from siglum.text.tei import Element

_ADDRESS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]+):)?//|([A-Za-z][A-Za-z0-9+.-]+):")


class OddFiles:
    """`read` holds the paths of all files in the order they were first read."""

    def __init__(self, report: Report, base: Files = DISK) -> None:
        self.base = base
        self.report = report
        self.read: dict[Path, None] = {}
        self._documents: dict[Path, Document] = {}

    def document(self, path: Path) -> Document:
        """The document at a path, with what it includes. Raises FileError and DocumentError."""
        known = self._documents.get(path)
        if known is None:
            self.read[path] = None
            known = self._documents[path] = self._parse(path)
        return known

    def documents(self) -> list[Document]:
        """All that have been read."""
        return list(self._documents.values())

    def _parse(self, path: Path) -> Document:
        file = self.base.read(path)
        document = Document(file, wellformed.parse(file))
        if xinclude.has_includes(document.root):
            included = xinclude.resolve(file, document.root, path, self.base.project_root(path), self.base)
            document.origins = included.origins
            self.read.update(dict.fromkeys(Path(origin.name) for origin, _ in included.origins.values()))
            for each in included.findings:
                self.report.append(each)
        return document

    def reading(self, document: Document) -> Reading:
        """How the specs of a document are read; what is written in it is the ODD's own."""
        self.report.own.update({document.source.name, *(origin.name for origin, _ in document.origins.values())})
        return Reading(document.source.name, self.report.append, make_locator(document))


def make_locator(document: Document) -> Callable[[Element], Place]:
    """What says where an element of a document stands."""

    def locate(element: Element) -> Place:
        at = document.locate(element)
        return Place(at.path, at.line, at.column)

    return locate


def address_scheme(address: str) -> str:
    """The scheme of an address, `file` where it is a path: what begins with // is on a network."""
    found = _ADDRESS.match(address)
    if found is None or len(found[1] or found[2] or "http") == 1:  # one letter is a drive of Windows
        return "file"
    return (found[1] or found[2] or "http").lower()


def local_path(address: str, base: Place) -> Path:
    """The path that a local address means in the file where it is written."""
    path = address.removeprefix("file://").removeprefix("file:")
    return Path(os.path.normpath(Path(base.path).parent / unquote(path)))
