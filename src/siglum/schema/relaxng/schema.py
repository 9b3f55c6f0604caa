"""A schema ready for use: documents go in, findings come out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from siglum.errors import DocumentError
from siglum.schema.relaxng import expat_driver
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.run import STORED, Run
from siglum.text import store
from siglum.text.diagnostic import Finding, Severity
from siglum.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from siglum.schema.relaxng.explain import Explainer
    from siglum.schema.relaxng.fault import Fault
    from siglum.schema.relaxng.possible import Possible
    from siglum.text.document import Document

_CHUNK = 1 << 16
_SLICE = 1 << 18
_EXPAT_READS = {"utf-8": "utf-8", "utf-8-sig": "utf-8-sig", "ascii": "ascii", "iso8859-1": "latin-1", "utf-16": "utf-16"}
"""Encodings that expat knows by itself; other documents are handed to it as UTF-8."""


class Findings(list[Finding]):
    """Findings in the order of the document; `total` counts also those that were not kept."""

    def __init__(self, findings: list[Finding], total: int) -> None:
        super().__init__(findings)
        self.total = total


class Schema:
    """A compiled schema. `name` is what it is called in messages, `files` are all the files it was made of."""

    def __init__(self, path: Path, files: tuple[Path, ...], grammar: Grammar) -> None:
        self.path = path
        self.name = path.as_posix()
        self.files = files
        self.grammar = grammar

    @cached_property
    def automaton(self) -> Automaton:
        return Automaton(self.grammar)

    @cached_property
    def explainer(self) -> Explainer:
        from siglum.schema.relaxng.explain import Explainer  # noqa: PLC0415 - only wanted when something is wrong

        return Explainer(self.automaton)

    def validate(self, source: Source, *, limit: int | None = None) -> Findings:
        """What the schema has against a document. Raises DocumentError where it is not well-formed.

        `limit`: how many findings are kept (1,000 unless told); the rest are counted.
        """
        faults, total = self.faults(source, limit=limit)
        return self._findings(faults, total)

    def validate_file(self, path: Path, *, name: str | None = None, limit: int | None = None) -> Findings:
        """The same for a file of any size: it is read piece by piece, and never held as a whole."""
        shown = name if name is not None else path.as_posix()
        head = next(store.pieces(path, _CHUNK, shown), b"")[:200]
        sample = Source(shown, head)
        if sample.encoding not in _EXPAT_READS:
            return self.validate(store.read(path, shown), limit=limit)

        def failed(error: expat.ExpatError) -> NoReturn:
            _not_well_formed(shown, error, path)

        faults, total = self._faults(lambda: store.pieces(path, _CHUNK, shown), sample, limit, failed)
        return self._findings(faults, total)

    def validate_document(self, document: Document, *, limit: int | None = None) -> Findings:
        """The same for a tree, in which XInclude has been followed; findings name the file that holds the place."""
        from siglum.schema.relaxng import tree_driver  # noqa: PLC0415 - lxml is slow to import

        faults, total = tree_driver.faults(self.automaton, document, STORED if limit is None else limit)
        return self._findings(faults, total)

    def faults(self, source: Source, *, limit: int | None = None) -> tuple[list[Fault], int]:
        """What `validate` makes findings of: names and places, without sentences; and how many there are in all."""

        def failed(error: expat.ExpatError) -> NoReturn:
            _not_well_formed(source.name, error, None, source)

        return self._faults(lambda: _slices(_expat_bytes(source)), source, limit, failed)

    def possible(self, source: Source, line: int, column: int) -> Possible:
        """What may stand at a place of a document, which may be unfinished from there on."""
        from siglum.schema.relaxng.possible import possible  # noqa: PLC0415 - for editors only

        return possible(self.automaton, source, line, column)

    def _faults(
        self,
        pieces: Callable[[], Iterator[bytes]],
        source: Source,
        limit: int | None,
        failed: Callable[[expat.ExpatError], NoReturn],
    ) -> tuple[list[Fault], int]:
        encoding = None if source.encoding in _EXPAT_READS else "utf-8"
        try:
            run: Run[int] = expat_driver.validate(self.automaton, pieces(), encoding, STORED if limit is None else limit)
        except expat.ExpatError as error:
            failed(error)
        if not run.found:
            return [], run.total
        from siglum.schema.relaxng.place import placed  # noqa: PLC0415 - only wanted when something is wrong

        charset = "utf-8" if encoding else source.encoding
        return placed(run.found, pieces(), source.name, encoding, charset), run.total

    def _findings(self, faults: list[Fault], total: int) -> Findings:
        return Findings([self.explainer.finding(fault) for fault in faults] if faults else [], total)


def _expat_bytes(source: Source) -> bytes:
    return source.data if source.encoding in _EXPAT_READS else source.text.encode("utf-8")


def _slices(data: bytes) -> Iterator[bytes]:
    """Bytes in the portions that expat is given: large ones, since it hands out what follows an event as a copy."""
    for at in range(0, len(data), _SLICE):
        yield data[at : at + _SLICE]


def _not_well_formed(name: str, error: expat.ExpatError, path: Path | None, source: Source | None = None) -> NoReturn:
    """Say it as `text.wellformed` does, which knows why; unless the file is too large to be held."""
    if source is None and path is not None and store.size(path) < 50_000_000:
        source = store.read(path, name)
    if source is not None:
        from siglum.text import wellformed  # noqa: PLC0415 - lxml is slow to import

        wellformed.parse(source)
    message = f"not well-formed: {expat.ErrorString(error.code)}"
    found = Finding(name, error.lineno, error.offset + 1, "X001", Severity.ERROR, message, "mend the XML here")
    raise DocumentError([found])
