"""A TEI document: the parsed tree, and where in which file everything in it stands.

XML is read safely: no network, no external entities, no external DTD, bounded expansion of internal ones, and XInclude only
from files below the project's folder. Positions are found by a second pass (expat) that runs only when one is asked for.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from siglum.errors import DocumentError
from siglum.text import wellformed, xinclude
from siglum.text.diagnostic import Finding, Severity
from siglum.text.element_index import ElementIndex
from siglum.text.files import DISK, Files
from siglum.text.frozen import frozen
from siglum.text.source import Place, Source
from siglum.text.tei import TEI_NS, Element, name

T = TypeVar("T")
_ROOTS = frozenset({"TEI", "teiCorpus"})
_TAG_END = re.compile(r"""</?[^\s>/]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")


@frozen
class Location:
    """A place in a named file, 1-based."""

    path: str
    line: int
    column: int


class _Positions:
    """Where the tags of one file are."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tags = wellformed.tags(source)
        self.lines = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", source.text))]

    def offset(self, place: Place) -> int:
        return self.lines[place.line - 1] + place.column - 1

    def location(self, offset: int) -> Location:
        line = bisect.bisect_right(self.lines, offset)
        return Location(self.source.name, line, offset - self.lines[line - 1] + 1)


@dataclass
class Document:
    """A well-formed TEI document with its XIncludes resolved; `findings` are faults that did not stop the reading."""

    source: Source
    root: Element
    findings: list[Finding] = field(default_factory=list)
    origins: dict[Element, xinclude.Origin] = field(default_factory=dict)
    _memo: dict[Hashable, object] = field(default_factory=dict, repr=False)

    @cached_property
    def index(self) -> ElementIndex:
        """All elements by name and position. The tree must not change any more once it is asked for."""
        return ElementIndex(self.root)

    def memo(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned at the first call with this key."""
        if key not in self._memo:
            self._memo[key] = make()
        return cast("T", self._memo[key])

    def locate(self, element: Element) -> Location:
        """Where the element's start tag begins: in the file that really holds it, also when that was included."""
        positions, index = self._origin(element)
        start = positions.tags[index][0]
        return Location(positions.source.name, start.line, start.column)

    def locate_end(self, element: Element) -> Location:
        """Where the element's end tag begins; an empty tag has but one place."""
        positions, index = self._origin(element)
        end = positions.tags[index][1]
        return Location(positions.source.name, end.line, end.column)

    def locate_attribute(self, element: Element, key: str) -> Location:
        """Where the attribute's name stands; the start tag where it cannot be told."""
        positions, index = self._origin(element)
        start = positions.offset(positions.tags[index][0])
        local = re.escape(key.rpartition("}")[2])
        before = r"""<[^\s>/]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+"""
        found = re.compile(rf"{before}((?:[^\s=:]+:)?{local})\s*=").match(positions.source.text, start)
        return positions.location(found.start(1)) if found else self.locate(element)

    def locate_text(self, element: Element, *, tail: bool, offset: int = 0) -> Location:
        """Where a character of an element's text stands, or of the text after its end tag (`tail`).

        `offset` counts in the parsed text; character references before it in the same stretch shift the column, never the line.
        """
        positions, index = self._origin(element)
        tag = positions.offset(positions.tags[index][1 if tail else 0])
        end = _TAG_END.match(positions.source.text, tag)
        return positions.location((end.end() if end else tag) + offset)

    def finding(
        self,
        at: Element,
        code: str,
        message: str,
        *,
        help: str = "",
        attribute: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding about an element of this document, or about one of its attributes."""
        place = self.locate_attribute(at, attribute) if attribute else self.locate(at)
        return Finding(place.path, place.line, place.column, code, severity, message, help)

    def _origin(self, element: Element) -> tuple[_Positions, int]:
        source, index = self.origins.get(element) or (self.source, self.index.order.get(element, 0))
        if source.name not in self._positions:
            self._positions[source.name] = _Positions(source)
        return self._positions[source.name], index

    @cached_property
    def _positions(self) -> dict[str, _Positions]:
        return {}


def open_document(path: Path, *, name: str | None = None, within: Path | None = None, files: Files = DISK) -> Document:
    """Read the TEI document at `path`.

    `name`: how it is called in findings (default: the path); `within`: the folder that XInclude may read below (default:
    see `Files.project_root`). Raises FileError, and DocumentError with findings X001, X003, X004 or X005.
    """
    return parse(files.read(path, name), path=path, within=within, files=files)


def parse(source: Source, *, path: Path | None = None, within: Path | None = None, files: Files = DISK) -> Document:
    """The document in `source`; XInclude is resolved relative to `path`, and refused where that is not given."""
    root = wellformed.parse(source)
    _check_root(source, root)
    document = Document(source, root)
    if xinclude.present(root):
        included = xinclude.resolve(source, root, path, within or (files.project_root(path) if path else None), files)
        document.origins = included.origins
        document.findings += included.findings
    return document


def _check_root(source: Source, root: Element) -> None:
    local = name(root)
    if root.tag in {f"{{{TEI_NS}}}{each}" for each in _ROOTS}:
        return
    start, _ = wellformed.tags(source)[0]
    message, help_ = _other_root(root.nsmap.get(root.prefix) or "", local)
    raise DocumentError([Finding(source.name, start.line, start.column, "X004", Severity.ERROR, message, help_)])


def _other_root(namespace: str, local: str) -> tuple[str, str]:
    """What a document with another root is, and what to do."""
    said = f"the root element is `{local}`"
    if local in {"TEI.2", "teiCorpus.2"}:
        remedy = f'convert it from P4 to P5, so that the root is <{local[:-2]} xmlns="{TEI_NS}">'
        return f"{said}: this is TEI P4", f"siglum reads TEI P5: {remedy}"
    if local in _ROOTS and not namespace:
        return f"{said}: this is TEI without its namespace", f'declare it in the root’s start tag: <{local} xmlns="{TEI_NS}">'
    if local in _ROOTS:
        help_ = f'write xmlns="{TEI_NS}" in the root’s start tag'
        return f"{said} of the namespace “{namespace}”, which is not TEI’s", help_
    if namespace == TEI_NS:
        help_ = (
            "export or check the document that includes it; or put it where it belongs, in the header or the text of a <TEI>"
        )
        return f"{said}: this is a part of a TEI document", help_
    if local.lower() == "html":
        return f"{said}: this is a web page, not TEI", f'a TEI document begins with <TEI xmlns="{TEI_NS}">'
    return f"{said}, not `TEI`: this is no TEI document", f'a TEI document begins with <TEI xmlns="{TEI_NS}">'
