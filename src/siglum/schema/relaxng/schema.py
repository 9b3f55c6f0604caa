"""A compiled schema: validates documents and returns findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias
from xml.parsers import expat

from siglum.errors import DocumentError
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.grammar import Grammar
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK, Files
from siglum.text.source import Source

if TYPE_CHECKING:
    from siglum.schema.relaxng.cache import Entry
    from siglum.schema.relaxng.explain import Explainer
    from siglum.schema.relaxng.fault import Fault
    from siglum.schema.relaxng.possible import Possible
    from siglum.text.document import Document
    from siglum.text.tei import Element

_CHUNK = 1 << 16
_SLICE = 1 << 18
_HELD = 50_000_000
"""Bytes up to which a malformed file is parsed again as a whole, to find the reason."""
_EXPAT_READS = {"utf-8": "utf-8", "utf-8-sig": "utf-8-sig", "ascii": "ascii", "iso8859-1": "latin-1", "utf-16": "utf-16"}
"""Encodings that expat knows by itself; other documents are handed to it as UTF-8."""
_GUESS = "did you mean "
"""How help begins that takes the name at fault for a slip of the pen."""
_BY_NAME = frozenset({"element not allowed here", "attribute not allowed"})
"""The kinds of faults (`fault.Kind`) in which a name itself may be the slip."""

Provenance: TypeAlias = "Callable[[Fault], str]"
"""Says where it was decided that something is a fault, in the words of a help; empty where that is not known."""


class Findings(list[Finding]):
    """Findings in the order of the document; `total` counts also those that were not kept."""

    def __init__(self, findings: list[Finding], total: int) -> None:
        super().__init__(findings)
        self.total = total


class Schema:
    """A compiled schema. `name` is what it is called in messages, `files` are all the files it was made of.

    `provenance` is asked about each fault, where the schema was made of something that knows why it is as it is.
    """

    def __init__(
        self,
        path: Path,
        files: tuple[Path, ...],
        grammar: Grammar,
        entry: Entry | None = None,
        provenance: Provenance | None = None,
        disk: Files = DISK,
    ) -> None:
        self.path = path
        self.name = path.as_posix()
        self.files = files
        self.grammar = grammar
        self.provenance = provenance
        self._entry = entry
        self._disk = disk

    def keep(self) -> None:
        """At the end of a run: let the cache know what the automaton has learnt, if that is much.

        Not at the end of the run that compiled the schema: it has written to the cache once, and took long enough.
        """
        if self._entry is None or self._entry.is_new or "automaton" not in self.__dict__:
            return
        learnt = self.automaton.learnt()
        if learnt is not None:
            self.grammar.learnt = learnt
            self._entry.keep(self.grammar)

    @cached_property
    def automaton(self) -> Automaton:
        return Automaton(self.grammar)

    @cached_property
    def explainer(self) -> Explainer:
        from siglum.schema.relaxng.explain import Explainer  # only wanted when something is wrong

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
        head = next(self._disk.pieces(path, _CHUNK, shown), b"")[:200]
        sample = Source(shown, head)
        if sample.encoding not in _EXPAT_READS:
            return self.validate(self._disk.read(path, shown), limit=limit)

        def failed(error: expat.ExpatError) -> NoReturn:
            source = self._disk.read(path, shown) if self._disk.size(path) < _HELD else None
            _not_well_formed(shown, error, source)

        faults, total = self._faults(lambda: self._disk.pieces(path, _CHUNK, shown), sample, limit, failed)
        return self._findings(faults, total)

    def validate_document(self, document: Document, *, limit: int | None = None) -> Findings:
        """The same for a tree, in which XInclude has been followed; findings name the file that holds the place."""
        from siglum.schema.relaxng import tree_driver  # lxml is slow to import

        faults, total = tree_driver.find_faults(self.automaton, document, limit)
        return self._findings(faults, total)

    def faults(self, source: Source, *, limit: int | None = None) -> tuple[list[Fault], int]:
        """What `validate` makes findings of: names and places, without sentences; and how many there are in all."""

        def failed(error: expat.ExpatError) -> NoReturn:
            _not_well_formed(source.name, error, source)

        return self._faults(lambda: _slices(_expat_bytes(source)), source, limit, failed)

    def possible(self, source: Source, line: int, column: int) -> Possible:
        """What may stand at a place of a document, which may be unfinished from there on."""
        from siglum.schema.relaxng.possible import find_possible  # for editors only

        return find_possible(self.automaton, source, line, column)

    def possible_in(self, element: Element, index: int | None = None) -> Possible:
        """What may stand in an element of a tree before its child number `index`, or after all its children."""
        from siglum.schema.relaxng import possible_in_tree as tree  # for editors only

        return tree.find_in_element(self.automaton, element, index)

    def possible_attributes(self, element: Element) -> Possible:
        """The attributes that an element of a tree may have besides those it has."""
        from siglum.schema.relaxng import possible_in_tree as tree

        return tree.find_attributes(self.automaton, element)

    def possible_values(self, element: Element, attribute: str) -> Possible:
        """The values that are listed for an attribute, named as lxml does, of an element of a tree."""
        from siglum.schema.relaxng import possible_in_tree as tree

        return tree.find_values(self.automaton, element, attribute)

    def _faults(
        self,
        pieces: Callable[[], Iterator[bytes]],
        source: Source,
        limit: int | None,
        failed: Callable[[expat.ExpatError], NoReturn],
    ) -> tuple[list[Fault], int]:

        from siglum.schema.relaxng import expat_driver  # a document whose verdict is cached does not need it

        encoding = None if source.encoding in _EXPAT_READS else "utf-8"
        try:
            run = expat_driver.validate(self.automaton, pieces(), encoding, limit)
        except expat.ExpatError as error:
            failed(error)
        if not run.found:
            return [], run.total
        from siglum.schema.relaxng.place import locate_faults  # only wanted when something is wrong

        charset = "utf-8" if encoding else source.encoding
        return locate_faults(run.found, pieces(), source.name, encoding, charset), run.total

    def _findings(self, faults: list[Fault], total: int) -> Findings:
        return Findings([self._finding(fault) for fault in faults] if faults else [], total)

    def _finding(self, fault: Fault) -> Finding:
        """What is said of a fault, and at the end of its help, where that was decided.

        A name of which that is known was no slip of the pen: what it might be instead is left out.
        """
        found = self.explainer.finding(fault)
        why = self.provenance(fault) if self.provenance is not None else ""
        if not why:
            return found
        is_guess = fault.kind in _BY_NAME and found.help.startswith(_GUESS)
        return replace(found, help=why if is_guess else f"{found.help}; {why}")


def _expat_bytes(source: Source) -> bytes:
    return source.data if source.encoding in _EXPAT_READS else source.text.encode("utf-8")


def _slices(data: bytes) -> Iterator[bytes]:
    """Bytes in the portions that expat is given: not larger, since with each event it hands out what follows as a copy."""
    for at in range(0, len(data), _SLICE):
        yield data[at : at + _SLICE]


def _not_well_formed(name: str, error: expat.ExpatError, source: Source | None) -> NoReturn:
    """Say it as `text.wellformed` does, which knows why; unless the file is too large to be held."""
    if source is not None:
        from siglum.text import wellformed  # lxml is slow to import

        wellformed.parse(source)
    message = f"not well-formed: {expat.ErrorString(error.code)}"
    found = Finding(name, error.lineno, error.offset + 1, "X001", Severity.ERROR, message, "mend the XML here")
    raise DocumentError([found])
