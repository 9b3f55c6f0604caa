"""RELAX NG: the schemas that apply to a document, and their findings.

The caller's schemas come first; else those that the document's `xml-model` instructions name; else those of the configuration;
else tei_all. A schema is RELAX NG, or an ODD, which siglum compiles. TEI's own schemas are known by their addresses and short
names. Each schema is loaded once in a run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.check import merge
from siglum.check.discovery import HEAD
from siglum.check.options import Options
from siglum.check.subject import Subject, check_well_formed
from siglum.check.validators import Outcome
from siglum.errors import FileError, SchemaError
from siglum.schema import relaxng
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK, Files
from siglum.text.source import Place, Source
from siglum.text.spelling import suggest
from siglum.text.xml_model import TEI, Model, prolog

if TYPE_CHECKING:
    from siglum.schema.catalogue import CarriedSchema, CustomisationAddress

_ADDRESS = re.compile(r"(?:^|/)(https?):/+(.+)$")
"""An address in the place of a path, which has one stroke where the address has two."""
_TEI_SITE = "tei-c."
FALLBACK = "tei_all"
"""The schema for documents of which no schema is known."""


@dataclass(slots=True)
class SchemaCheck:
    """The schemas for one document, and the findings about these schemas.

    `fallback` names the schema that stands in because none is known.
    """

    schemas: list[relaxng.Schema] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    fallback: str = ""
    needs_tree: bool = False

    @property
    def dependencies(self) -> list[Path]:
        """All files that the schemas were made of."""
        return [path for schema in self.schemas for path in schema.files]

    def run(self, subject: Subject) -> Outcome:
        """Validate the document with each schema: from its tree where XInclude was followed, else from its bytes."""
        found, further = list(self.findings), 0
        if not self.schemas:
            _check_well_formed(subject)
        for schema in self.schemas:
            result = _validate(schema, subject)
            found += result
            further += result.total - len(result)
        if len(self.schemas) > 1:
            found = merge.merge_schemas(found)
        return Outcome(merge.drop_include_gaps(found, subject.document) if subject.has_document else found, further)


def _check_well_formed(subject: Subject) -> None:
    """Raises DocumentError. A schema would find this out on the way."""
    if subject.source is None:
        check_well_formed(_path(subject), subject.name, subject.options.files)
    else:
        _ = subject.document


def _validate(schema: relaxng.Schema, subject: Subject) -> relaxng.Findings:
    if subject.source is None:
        return schema.validate_file(_path(subject), name=subject.name)
    if subject.has_document and subject.document.origins:
        return schema.validate_document(subject.document)
    return schema.validate(subject.source)


def _path(subject: Subject) -> Path:
    assert subject.base is not None
    return subject.base


class Schemas:
    """The schemas of a run. Raises SchemaError for one that the caller or the configuration names and that cannot be used."""

    def __init__(self, options: Options) -> None:
        self._files = options.files
        self._loaded: dict[Path, relaxng.Schema | SchemaError] = {}
        self._carried: dict[CustomisationAddress, CarriedSchema | SchemaError] = {}
        self._project = options.project.resolve() if options.project else None
        self._given = [self._required(path) for path in options.schemas]
        self._defaults = options.default_schemas

    def prepare(self, subject: Subject) -> SchemaCheck:
        """Choose the schemas for a document. What prevents the use of one becomes a finding."""
        if self._given:
            return SchemaCheck(self._given)
        name, path = subject.name, subject.base or Path(subject.name)
        models = [model for model in subject.prolog.models if model.is_relaxng or model.is_odd]
        check, unread = SchemaCheck(), list[Finding]()
        for model in models:
            if model.is_remote:
                self._add_remote(model, name, check, unread)
            else:
                self._add_local(model, name, path, check)
        if check.schemas or check.findings:
            check.findings += unread
        elif self._is_ours(path) and self._defaults:
            check.schemas = [self._required(schema) for schema in self._defaults]
        elif unread:
            check.findings += unread
        else:
            self._add_fallback(check)
        return check

    def _add_fallback(self, check: SchemaCheck) -> None:
        """Use all of TEI for a document of which nothing else is known."""
        from siglum.schema.catalogue import CustomisationAddress  # only for a document without a schema

        carried = self._of_tei(CustomisationAddress(FALLBACK))
        if isinstance(carried, SchemaError):
            raise carried
        check.schemas = [carried.schema]
        check.fallback = f"{FALLBACK} of TEI P5 {carried.version}"

    def close(self) -> None:
        """Save what the schemas have learnt in this run for the next."""
        for schema in self._loaded.values():
            if isinstance(schema, relaxng.Schema):
                schema.keep()
        for carried in self._carried.values():
            if not isinstance(carried, SchemaError):
                carried.schema.keep()

    def _is_ours(self, path: Path) -> bool:
        """Whether the configuration speaks for this file; one that lies elsewhere has another project's rules."""
        return self._project is None or path.resolve().is_relative_to(self._project)

    def _add_local(self, model: Model, name: str, path: Path, check: SchemaCheck) -> None:
        """The schema that the document itself names, once; or a finding (S011) that it cannot be used."""
        schema = self._resolved(model, path)
        if isinstance(schema, SchemaError):
            check.findings.append(_unusable(name, model, schema))
        elif schema not in check.schemas:
            check.schemas.append(schema)

    def _add_remote(self, model: Model, name: str, check: SchemaCheck, unread: list[Finding]) -> None:
        """One of TEI's own schemas, if the address means one that siglum carries; it stays unread otherwise."""
        if _TEI_SITE not in model.href.lower():
            unread.append(_unread(name, model))
            return
        from siglum.schema import catalogue  # few documents name a schema of TEI's

        wanted = catalogue.find_customisation(model.href)
        if wanted is None or not wanted.is_carried:
            unread.append(_unread(name, model) if wanted is None else _not_carried(name, model, wanted))
            return
        carried = self._of_tei(wanted)
        if isinstance(carried, SchemaError):
            check.findings.append(_unusable(name, model, carried))
        elif carried.schema not in check.schemas:
            check.schemas.append(carried.schema)
            check.findings += [_of_another_release(name, model, wanted, carried)] if carried.is_other else []

    def _of_tei(self, wanted: CustomisationAddress) -> CarriedSchema | SchemaError:
        if wanted not in self._carried:
            from siglum.schema import catalogue  # as above

            try:
                self._carried[wanted] = catalogue.load(wanted)
            except SchemaError as error:
                self._carried[wanted] = error
        return self._carried[wanted]

    def _resolved(self, model: Model, path: Path) -> relaxng.Schema | SchemaError:
        if not model.href:
            return SchemaError("the xml-model instruction has no href", help='name the schema: href="…/schema.rng"')
        try:
            target = (path.parent / model.local).resolve()
            is_file = self._files.is_file(target)
        except (ValueError, OSError, RuntimeError):
            return SchemaError("this is no valid file name", help="correct the href of the xml-model instruction")
        if not is_file:  # nothing there, or a device that could be read for ever
            return SchemaError("there is no such file", help="correct the href of the xml-model instruction")
        return self._load(target, is_odd=model.is_odd)

    def _required(self, path: Path) -> relaxng.Schema:
        address = _ADDRESS.search(path.as_posix())
        schema = self._at(f"{address[1]}://{address[2]}") if address else self._short_name(path) or self._load(path)
        if isinstance(schema, SchemaError):
            raise schema
        return schema

    def _short_name(self, path: Path) -> relaxng.Schema | SchemaError | None:
        """One of TEI's own schemas by its short name (`tei_all`); None where the path is a file or another name."""
        if path.suffix or self._files.is_file(path) or path.parent not in {Path(), self._project}:
            return None
        from siglum.schema import catalogue  # as above

        if path.name not in catalogue.CARRIED:
            near = suggest(path.name, catalogue.CARRIED)
            help_ = f"did you mean {near[0]}?" if near else f"name a file, or one of {', '.join(catalogue.CARRIED)}"
            return SchemaError("there is no such file, and TEI has no such schema", where=path.name, help=help_)
        carried = self._of_tei(catalogue.CustomisationAddress(path.name))
        return carried if isinstance(carried, SchemaError) else carried.schema

    def _at(self, address: str) -> relaxng.Schema | SchemaError:
        """A schema that is named by its address: one of TEI's own."""
        from siglum.schema import catalogue  # as above

        wanted = catalogue.find_customisation(address)
        if wanted is None or not wanted.is_carried:
            known = ", ".join(catalogue.CARRIED)
            help_ = f"keep a copy and name that; of TEI's own schemas siglum has {known}"
            return SchemaError("this is on a network, and siglum reads local files only", where=address, help=help_)
        carried = self._of_tei(wanted)
        return carried if isinstance(carried, SchemaError) else carried.schema

    def _load(self, path: Path, *, is_odd: bool = False) -> relaxng.Schema | SchemaError:
        """`is_odd`: the document says so; else the file itself tells."""
        if path not in self._loaded:
            try:
                self._loaded[path] = _load_schema(path, self._files, is_odd=is_odd)
            except SchemaError as error:
                self._loaded[path] = error
            except FileError as error:
                self._loaded[path] = SchemaError(error.message, where=error.where, help=error.help)
        return self._loaded[path]


def files_of(path: Path) -> tuple[Path, ...]:
    """All the files that a schema is made of; only `path` if it cannot be used."""
    try:
        return _load_schema(path, DISK).files
    except (SchemaError, FileError):
        return (path,)


def _is_odd(path: Path, files: Files) -> bool:
    """Whether a schema is an ODD, by its ending or, for `.xml`, by its root. Raises FileError."""
    suffix = path.suffix.lower()
    if suffix != ".xml":  # a pipe can be read only once
        return suffix == ".odd"
    return prolog(Source(path.name, next(files.pieces(path, HEAD), b""))).root.startswith(f"{TEI}}}")


def _load_schema(path: Path, files: Files, *, is_odd: bool = False) -> relaxng.Schema:
    """Raises SchemaError and FileError."""
    if not is_odd and not _is_odd(path, files):
        return relaxng.load(path, files=files)
    from siglum.schema.odd.load import load_schema  # most schemas are RELAX NG

    return load_schema(path, files=files)


def _unusable(name: str, model: Model, error: SchemaError) -> Finding:
    where = f"{error.where}: " if error.where else ""
    message = f'the schema "{model.href}" cannot be used: {where}{error.message}'
    return _finding(name, model.place, "S011", Severity.ERROR, message, error.help)


def _unread(name: str, model: Model) -> Finding:
    message = (
        f"the schema {model.href} is on a network, and siglum reads local files only: the document was not checked with it"
    )
    help_ = "keep a copy and name it with --schema, in the configuration, or as the href of the xml-model instruction"
    return _finding(name, model.place, "S010", Severity.WARNING, message, help_)


def _not_carried(name: str, model: Model, wanted: CustomisationAddress) -> Finding:
    message = (
        f"the schema {model.href} is TEI's {wanted.name}, which siglum does not carry, and it reads local files only: "
        "the document was not checked with it"
    )
    help_ = f"fetch {wanted.odd} and name it with --schema, in the configuration, or as the href of the xml-model instruction"
    return _finding(name, model.place, "S010", Severity.WARNING, message, help_)


def _of_another_release(name: str, model: Model, wanted: CustomisationAddress, carried: CarriedSchema) -> Finding:
    message = (
        f"the document names {wanted.name} of TEI P5 {wanted.version}, which siglum does not have: "
        f"it was checked with that of {carried.version}"
    )
    return _finding(
        name, model.place, "S012", Severity.WARNING, message, f"name …/{wanted.name}.rng of P5/current, or {wanted.remedy}"
    )


def _finding(name: str, place: Place, code: str, severity: Severity, message: str, help_: str) -> Finding:
    return Finding(name, place.line, place.column, code, severity, message, help_)


create = Schemas
