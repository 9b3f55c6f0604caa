"""A TEI document: the parsed tree, and where in which file everything in it stands.

XML is read safely: no network, no external entities, no external DTD, bounded expansion of internal ones, and XInclude only
from files below the project's folder. Positions are found by a second pass (expat) that runs only when one is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast
from weakref import WeakValueDictionary

from siglum.errors import DocumentError
from siglum.text import wellformed, xinclude
from siglum.text.diagnostic import Finding, Severity
from siglum.text.element_index import ElementIndex
from siglum.text.files import DISK, Files
from siglum.text.positions import Position, SourcePositions, Span
from siglum.text.source import Source
from siglum.text.tei import TEI_NS, Element, name

T = TypeVar("T")
_ROOTS = frozenset({"TEI", "teiCorpus"})
_TAG_END = re.compile(r"""</?[^\s>/]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")


@dataclass
class Document:
    """A well-formed TEI document with its XIncludes resolved; `findings` are faults that did not stop the reading.

    `with_text`: the positions of text are recorded together with those of tags, in one pass, because they will be asked for.
    """

    source: Source
    root: Element
    findings: list[Finding] = field(default_factory=list)
    origins: dict[Element, xinclude.Origin] = field(default_factory=dict)
    with_text: bool = False
    _memo: dict[Hashable, object] = field(default_factory=dict, repr=False)
    _shared: WeakValueDictionary[Hashable, object] = field(default_factory=WeakValueDictionary, repr=False)

    @cached_property
    def index(self) -> ElementIndex:
        """All elements by name and position. The tree must not change any more once it is asked for."""
        return ElementIndex(self.root)

    def memo(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned at the first call with this key. The value must not refer to the document."""
        if key not in self._memo:
            self._memo[key] = make()
        return cast("T", self._memo[key])

    def share(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned at an earlier call with this key, as long as somebody still uses it.

        A value that refers to the document would otherwise keep it in memory until the next garbage collection.
        """
        value = self._shared.get(key)
        if value is None:
            value = self._shared[key] = make()
        return cast("T", value)

    def locate(self, element: Element) -> Position:
        """The position of an element's start tag, in the file that holds it."""
        return self._span(element).start

    def locate_end(self, element: Element) -> Position:
        """The position of an element's end tag; that of its only tag if it is empty."""
        return self._span(element).end

    def locate_attribute(self, element: Element, key: str) -> Position:
        """The position of an attribute's name; that of the start tag if the name is not found."""
        positions, span = self.positions(self.origin(element)[0]), self._span(element)
        local = re.escape(key.rpartition("}")[2])
        before = r"""<[^\s>/]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+"""
        pattern = re.compile(rf"{before}((?:[^\s=:]+:)?{local})\s*=")
        found = pattern.match(positions.source.text, positions.offset(span.start))
        return positions.position(found.start(1)) if found else span.start

    def locate_text(self, element: Element, *, tail: bool, offset: int = 0) -> Position:
        """The position of a character in an element's text, or in the text after its end tag (`tail`).

        `offset` counts in the parsed text. Character references before it in the same text shift the column, never the line.
        """
        positions, span = self.positions(self.origin(element)[0]), self._span(element)
        tag = positions.offset(span.end if tail else span.start)
        end = _TAG_END.match(positions.source.text, tag)
        return positions.position((end.end() if end else tag) + offset)

    def origin(self, element: Element) -> xinclude.Origin:
        """The file that holds an element, and the element's number in that file."""
        return self.origins.get(element) or (self.source, self.index.order.get(element, 0))

    def positions(self, source: Source, *, with_text: bool = False) -> SourcePositions:
        """The positions in the document's file or in one that it includes; `with_text` adds the runs of text."""
        known = self._positions.get(source.name)
        if known is None or (with_text and not known.with_text):
            known = self._positions[source.name] = SourcePositions(source, with_text=with_text or self.with_text)
        return known

    def _span(self, element: Element) -> Span:
        source, number = self.origin(element)
        return self.positions(source).span(number)

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

    @cached_property
    def _positions(self) -> dict[str, SourcePositions]:
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
    if xinclude.has_includes(root):
        included = xinclude.resolve(source, root, path, within or (files.project_root(path) if path else None), files)
        document.origins = included.origins
        document.findings += included.findings
    return document


def _check_root(source: Source, root: Element) -> None:
    local = name(root)
    if root.tag in {f"{{{TEI_NS}}}{each}" for each in _ROOTS}:
        return
    start = SourcePositions(source).span(0).start
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
