"""A customisation put together: an ODD and the source it customises become one list of specs (Guidelines, 22.8 and 23.3).

    assembled = assemble(Path("letters.odd"))
    assembled.merged        # the specs in their last form, for RELAX NG and Schematron
    assembled.findings      # what is wrong with the ODD, and where TEI's own tools would read it differently

The way: `read` (the file) → `gather` (what references take in, from `sources`) → `merge.apply` (the ODD's own specs over it)
→ `merge.inherit` (attributes beside their classes) → `unknown`. `reach` tells of elements that no document can contain.
"""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path

from siglum.errors import DocumentError, FileError
from siglum.schema import p5
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.customisation import Customisation, ModuleRef, SpecRef
from siglum.schema.odd.files import OddFiles
from siglum.schema.odd.gather import gather_specs
from siglum.schema.odd.merge.apply import apply_changes
from siglum.schema.odd.merge.inherit import settle_inheritance
from siglum.schema.odd.merge.rewritten import find_deleted, find_rewritten
from siglum.schema.odd.origins import About, Origin, Origins
from siglum.schema.odd.read import read_customisation
from siglum.schema.odd.report import Report
from siglum.schema.odd.sources import Sources
from siglum.schema.odd.unknown import check_class_names
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Finding
from siglum.text.files import DISK, Files
from siglum.text.frozen import frozen

Default = s.Source | Path | str | None


@frozen
class Assembled:
    """What came of it. Where the ODD holds no schema, `merged` is empty and a finding says why.

    `files` are all that were read, to know when it has to be done anew; releases that come with siglum are not among them.
    `lacks_rules`: a source is a release of TEI of which siglum has the facts and not the constraints.
    """

    merged: s.Merged
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()
    origins: Origins = field(default_factory=dict)
    lacks_rules: bool = False

    def origin(self, kind: str, ident: str, attribute: str = "") -> Origin | None:
        """What the ODD did to an element, class, macro or datatype, or to an attribute of one."""
        return self.origins.get((kind, ident, attribute))


def assemble(
    path: Path,
    *,
    schema_id: str | None = None,
    compat: Compat = "guidelines",
    source: Default = None,
    instead: bool = False,
    files: Files = DISK,
) -> Assembled:
    """Put the customisation at a path together.

    `schema_id`: which schemaSpec, where there are several. `source`: what is customised where the schemaSpec has no @source
    (default: the newest release of TEI that is known); `instead`: also where it names a release of TEI. Raises FileError where
    the ODD itself cannot be read.

    In `merged`, an element's attributes are relative to its classes: a definition with mode `replace` is whole, and stands for
    the one of a class; one with mode `delete` takes away what a class gives; one without a mode is the element's own. Of an
    attribute that two classes give, there is one with `replace` too. Nothing else has a mode any more.
    """
    report = Report(compat)
    work = _Assembler(report, source, files, instead=instead)
    try:
        put = work.assemble(path, schema_id)
    except DocumentError as error:
        put = None
        report.findings += error.findings
    merged = put.merged if put else s.Merged("", place=s.Place(path.as_posix(), 1, 1))
    findings = tuple(sorted(dict.fromkeys(report.findings)))
    return Assembled(merged, findings, tuple(work.files.read), work.origins, bool(put) and work.lacks_rules)


@frozen
class _Merge:
    """A customisation put together: `loose` are its specs with attributes still relative to those of the source.

    `is_whole`: no source of it was missing.
    """

    merged: s.Merged
    loose: tuple[s.AnySpec, ...]
    is_whole: bool


class _Assembler:
    """One compilation, with the ODDs that it is chained to; `above` are those that wait for this one."""

    def __init__(self, report: Report, default: Default, files: Files, *, instead: bool = False) -> None:
        self.report = report
        self.default = default
        self.instead = instead
        self.files = OddFiles(report, files)
        self.origins: dict[About, Origin] = {}
        self.lacks_rules = False
        self.above: list[Path] = []

    def assemble(self, path: Path, schema_id: str | None) -> _Merge | None:
        """Raises FileError and DocumentError."""
        self.above.append(path.resolve())
        try:
            wanted = read_customisation(path, self.files, self.report, schema_id)
            if wanted is not None and self.instead and p5.requested_version(wanted.source) is not None:
                wanted = replace(wanted, source="")
            if wanted is None or self._has_only_models(wanted):
                return None
            return self._merge(wanted)
        finally:
            self.above.pop()

    def _merge(self, wanted: Customisation) -> _Merge:
        report = self.report
        sources = Sources(self.default, self.files, report, self._compile_source)
        found = gather_specs(wanted, sources, report)
        apply_changes(wanted, found, sources, report)
        loose = tuple(found.specs.values())
        specs = settle_inheritance(loose, found.withdrawn, report)
        if sources.is_whole:
            check_class_names(specs, sources.all(), report)
        self.origins |= found.origins
        self.lacks_rules = self.lacks_rules or any(each.version and _has_no_constraints(each) for each in sources.all())
        merged = s.Merged(
            ident=wanted.ident,
            ns=wanted.namespace,
            prefix=wanted.prefix,
            start=wanted.start,
            default_exceptions=wanted.default_exceptions,
            lang=wanted.lang,
            version=found.version,
            specs=specs,
            grammars=found.grammars,
            constraints=wanted.constraints,
            declarations=wanted.declarations,
            query_binding=wanted.query_binding,
            deleted=find_deleted(wanted),
            rewritten=find_rewritten(wanted),
            place=wanted.place,
        )
        return _Merge(merged, loose, sources.is_whole)

    def _has_only_models(self, wanted: Customisation) -> bool:
        """Whether an ODD holds processing models and nothing that a schema could be made of (Guidelines, 22.5.4.2)."""
        if any(isinstance(each, ModuleRef | SpecRef | s.GrammarRef) for each in wanted.parts):
            return False
        elements = [each for each in wanted.specs if isinstance(each, s.ElementSpec)]
        renders = any(each.models for each in elements) and all(each.content is None for each in elements)
        if renders:
            self.report.add("O006", wanted.place, wanted.ident)
        return renders

    def _compile_source(self, path: Path, place: s.Place) -> s.Source | None:
        """An ODD compiled to be a source: its specs, each in a module. None where it cannot be had, which was told of."""
        if path.resolve() in self.above:
            ring = self.above[self.above.index(path.resolve()) :]
            chain = " → ".join(each.name for each in (*ring, path))
            self.report.add("O008", place, "the source", path.as_posix(), chain)
            return None
        try:
            put = self.assemble(path, None)
        except (FileError, DocumentError) as error:
            self.report.add("O007", place, "the source", path.as_posix(), error.message, error.help)
            return None
        return _make_source(put) if put and put.is_whole else None


def _has_no_constraints(source: s.Source) -> bool:
    return not any(each.constraints for each in source.specs)


def _make_source(put: _Merge) -> s.Source:
    """Elements keep the namespace of the schema that they come from."""
    ns = put.merged.ns
    moved = ns != s.TEI
    specs = tuple(
        replace(each, ns=ns) if moved and isinstance(each, s.ElementSpec) and each.ns is None else each for each in put.loose
    )
    modules = tuple(dict.fromkeys(each.module for each in specs if each.module))
    return s.Source(f"the ODD “{put.merged.ident}”", put.merged.version, modules, specs)
