"""What is compared: an ODD put together, or a release of TEI as a whole, with the grammar that documents are valid by."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from siglum.errors import DocumentError, FileError, SchemaError
from siglum.schema import p5
from siglum.schema.odd.assemble import assemble
from siglum.schema.odd.merge.inherit import settle_inheritance
from siglum.schema.odd.relaxng import compile_generated, generate_grammar
from siglum.schema.odd.report import Report
from siglum.schema.p5.lookup import Lookup
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK
from siglum.text.frozen import frozen

TEI_ALL = "tei_all"
"""The name by which all of the newest release is asked for."""
_COMPILED = frozenset({".rng", ".rnc"})


@frozen(slots=False)
class Side:
    """`name`: what it is called; `findings`: what is to be said about the ODD."""

    name: str
    merged: s.Merged
    findings: tuple[Finding, ...] = ()

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup(s.Source(self.name, self.merged.version, (), self.merged.specs))

    @cached_property
    def elements(self) -> dict[str, list[s.ElementSpec]]:
        """Specs by the full names of their elements, as grammars have them; an ODD may have several of one name."""
        found: dict[str, list[s.ElementSpec]] = {}
        for each in self.lookup.elements.values():
            ns = self.merged.ns if each.ns is None else each.ns
            found.setdefault(f"{ns}}}{each.name}" if ns else each.name, []).append(each)
        return found

    @cached_property
    def grammar(self) -> Grammar:
        """Raises SchemaError where the ODD asks for what RELAX NG cannot say."""
        return compile_generated(generate_grammar(self.merged), self.name)


def load_side(name: str, source: str | None = None) -> Side:
    """What a name means: the path of an ODD, tei_all, or a release of TEI, such as tei:4.9.0.

    `source`: the release (or file) that an ODD is put upon, whichever release it names itself. Raises FileError, SchemaError,
    and DocumentError with the findings of an ODD that has errors.
    """
    path = Path(name)
    if not DISK.exists(path) and (name == TEI_ALL or p5.requested_version(name) is not None):
        return _load_release(p5.find_release(source or p5.CURRENT if name == TEI_ALL else name))
    if path.suffix.lower() in _COMPILED:
        message = "this is a compiled schema, which does not know its classes any more"
        raise SchemaError(message, where=name, help="name the ODD that it was made of")
    if not DISK.exists(path):
        help_ = "name an ODD file, tei_all, or a release of TEI such as tei:4.9.0"
        raise FileError("there is no such file, and no customisation of this name", where=name, help=help_)
    return _load_customisation(path, source)


def escape_controls(path: Path) -> str:
    """How a file is called: a byte that is no character in its name must not break a report."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _load_release(source: s.Source) -> Side:
    report = Report("guidelines")
    merged = s.Merged(TEI_ALL, version=source.version, specs=settle_inheritance(source.specs, (), report))
    return Side(f"TEI P5 {source.version}", merged)


def _load_customisation(path: Path, source: str | None) -> Side:
    base = Path(source) if source and DISK.is_file(Path(source)) else source
    made = assemble(path, source=base, instead=source is not None)
    errors = [each for each in made.findings if each.severity is Severity.ERROR]
    if errors:
        raise DocumentError(errors)
    version = made.merged.version
    shown = f"{escape_controls(path)} on TEI P5 {version}" if version else escape_controls(path)
    return Side(shown, made.merged, made.findings)
