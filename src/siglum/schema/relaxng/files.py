"""Read the files of a schema: the main one and those it includes or refers to (clauses 4.5 to 4.7). Local files only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from siglum.errors import FileError, SchemaError
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.read_xml import read as read_xml
from siglum.text.files import DISK, Files
from siglum.text.source import Source

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):|//")


class SchemaFiles:
    """Reads schema files, each once for an inherited namespace; `read` holds the sources in the order of first reading."""

    def __init__(self, main: Source, path: Path, base: Files = DISK, *, notes: bool = False) -> None:
        self.read: dict[Path, Source] = {path: main}
        self.base = base
        self.notes = notes
        self._main = path
        self._open: list[Path] = [path]
        self._paths = {main.name: path}
        self._patterns: dict[tuple[Path, str], s.Pattern] = {}

    def main(self) -> s.Pattern:
        return self._read_pattern(self._main, "")

    @contextmanager
    def open_pattern(self, href: str, base: str, ns: str, at: s.Origin) -> Iterator[s.Pattern]:
        """Read the pattern in the file at `href`; while it is open, a reference back to that file is a loop."""
        path = self._resolve_target(href, base, at)
        if path in self._open:
            chain = " → ".join(file.name for file in (*self._open[self._open.index(path) :], path))
            raise SchemaError(f"the schema includes itself: {chain}", where=f"{at.path}:{at.line}", help="break the circle")
        self._open.append(path)
        try:
            yield self._read_pattern(path, ns, at)
        finally:
            self._open.pop()

    def _read_pattern(self, path: Path, ns: str, at: s.Origin | None = None) -> s.Pattern:
        known = self._patterns.get((path, ns))
        if known is None:
            if path not in self.read:
                self.read[path] = self._read_source(path, at)
                self._paths[self.read[path].name] = path
            known = self._patterns[path, ns] = read_pattern(self.read[path], ns=ns, notes=self.notes)
        return known

    def _read_source(self, path: Path, at: s.Origin | None) -> Source:
        try:
            return self.base.read(path)
        except FileError as error:
            where = f"{at.path}:{at.line}" if at else error.where
            raise SchemaError(f"“{error.where}” cannot be read: {error.message}", where=where, help=error.help) from None

    def _resolve_target(self, href: str, base: str, at: s.Origin) -> Path:
        """4.5: resolve `href` against its base, the file or xml:base."""
        address = _join(base, href) if base else href
        found = _ADDRESS.match(address)
        if found and found.group(1) != "file":
            message = f"“{address}” is an address on a network"
            raise SchemaError(
                message, where=f"{at.path}:{at.line}", help="siglum reads local files only: keep a copy beside the schema"
            )
        local = address.removeprefix("file://").removeprefix("file:") if found else address
        if "%" in local:
            local = _unquote(local)
        here = self._paths[at.path]
        return Path(os.path.normpath(here.parent / local)) if local else here


def read_pattern(source: Source, *, ns: str = "", notes: bool = False) -> s.Pattern:
    """Read the pattern in a schema file; its suffix tells the syntax."""
    if source.name.lower().endswith(".rnc"):
        from siglum.schema.relaxng import compact  # most schemas are XML

        return compact.read(source, ns=ns, notes=notes)
    return read_xml(source, ns=ns, notes=notes)


def _join(base: str, href: str) -> str:
    from urllib.parse import urljoin  # few schemas have xml:base, and this is slow to import

    return urljoin(base, href)


def _unquote(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address)
