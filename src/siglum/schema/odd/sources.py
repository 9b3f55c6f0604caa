"""What a customisation stands on: releases of TEI, compiled ODDs, and ODDs that are compiled first (chaining)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from siglum.errors import SiglumError
from siglum.schema import p5
from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.customisation import Kind, spec_kind
from siglum.schema.odd.files import OddFiles, address_scheme, local_path
from siglum.schema.odd.read import find_schema_specs
from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read import read_specs
from siglum.text.document import Document
from siglum.text.tei import TEI, attribute

Chain = Callable[[Path, s.Place], s.Source | None]
"""Compiles an ODD to what can be built upon; None where that has failed, and was told of."""

_ASKING = tuple(TEI + each for each in ("moduleRef", "specGrpRef", "elementRef", "classRef", "macroRef", "dataRef"))
_SPECS = tuple(TEI + each for each in ("elementSpec", "classSpec", "macroSpec", "dataSpec"))
_MERGING = frozenset({"change", "delete", "replace"})


class Sources:
    """Sources by address, each loaded once. `default` is taken where a schemaSpec names none."""

    def __init__(self, default: s.Source | Path | str | None, files: OddFiles, report: Report, chain: Chain) -> None:
        self.default = default
        self.files = files
        self.report = report
        self.chain = chain
        self._loaded: dict[tuple[str, str], s.Source | None] = {}

    def get(self, address: str, place: s.Place) -> s.Source | None:
        """The source at an address, as it is written at a place; None, and told of once, where it cannot be had."""
        key = (address, str(Path(place.path).parent))
        if key not in self._loaded:
            self._loaded[key] = self._read_source(address, place)
        return self._loaded[key]

    def spec(self, kind: Kind, ident: str, address: str, place: s.Place) -> s.AnySpec | None:
        """The spec of that name in the source at an address; a pointer (#…) is to a bibliography, and no address."""
        source = self.get(address, place) if address and not address.startswith("#") else None
        return next((each for each in source.specs if (spec_kind(each), each.ident) == (kind, ident)), None) if source else None

    @property
    def is_whole(self) -> bool:
        """Whether all that were asked for could be had."""
        return None not in self._loaded.values()

    def all(self) -> list[s.Source]:
        """Those that were asked for so far."""
        return [each for each in self._loaded.values() if each is not None]

    def _read_source(self, address: str, place: s.Place) -> s.Source | None:
        try:
            if address:
                return self._find_source(address, local_path(address, place), place)
            if self.default is None:
                return p5.find_release(p5.CURRENT)
            if isinstance(self.default, s.Source):
                return self.default
            return self._find_source(str(self.default), Path(self.default), place)
        except SiglumError as error:
            shown = address or str(self.default)
            where = f"{error.where}: " if error.where and not error.where.endswith(shown) else ""
            self.report.add("O007", place, "the source", shown, where + error.message, error.help or "check the address")
            return None

    def _find_source(self, address: str, path: Path, place: s.Place) -> s.Source | None:
        """Raises SiglumError."""
        if p5.requested_version(address) is not None:
            return p5.find_release(address)
        if address_scheme(address) != "file":
            help_ = "siglum reads local files only: keep a copy beside the ODD"
            raise SiglumError("it is an address on a network", help=help_)
        data = self.files.base.read(path).data
        if p5.is_packed(data):
            return self._distil(path)
        document = self.files.document(path)
        if not _is_uncompiled(document):
            return self._distil(path)
        if self.report.differs(Deviation.SOURCE_NOT_COMPILED, place, address):
            return _read_literal(document, self.report)
        return self.chain(path, place)

    def _distil(self, path: Path) -> s.Source:
        self.files.read[path] = None
        return p5.distil(path, self.report.append, self.files.base)


def _is_uncompiled(document: Document) -> bool:
    """Whether the first schemaSpec asks for specs that stand elsewhere, or changes such specs."""
    schema = next(iter(find_schema_specs(document)), None)
    if schema is None:
        return False
    if any(attribute(each, "mode") in _MERGING for each in schema.iter(*_SPECS)):
        return True
    return any(each.tag in _ASKING for each in schema.iter(*_ASKING) if _is_part(each.getparent()))


def _is_part(parent: object) -> bool:
    return getattr(parent, "tag", None) in {f"{TEI}schemaSpec", f"{TEI}specGrp"}


def _read_literal(document: Document, report: Report) -> s.Source:
    """The specs written in an ODD, as TEI's own tools see it."""
    found = read_specs(document.root, document.source.name, report.append)
    modules = tuple(dict.fromkeys(each.module for each in found if each.module))
    return s.Source(document.source.name, "", modules, found)
