"""Which schemas a document is checked against, and what they find.

Those named by the caller; else those that the document's `xml-model` instructions name; else those of the configuration. A
schema is RELAX NG, or an ODD, which is compiled; TEI's own are known by their addresses. Each is loaded once in a run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.errors import FileError, SchemaError
from siglum.schema import relaxng
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK
from siglum.text.source import Place, Source
from siglum.text.xml_model import TEI, Model, Prolog, prolog

if TYPE_CHECKING:
    from siglum.schema.catalogue import CarriedSchema, CustomisationAddress
    from siglum.text.document import Document

_HEAD = 1 << 16
_ADDRESS = re.compile(r"(?:^|/)(https?):/+(.+)$")
"""An address in the place of a path, which has one stroke where the address has two."""
_TEI_SITE = "tei-c."
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"


@dataclass(slots=True)
class Chosen:
    """The schemas for one document, and what was found about them. `unknown`: there is none, and nothing says so yet."""

    schemas: list[relaxng.Schema] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown: bool = False

    @property
    def files(self) -> list[Path]:
        """All the files that the schemas were made of."""
        return [path for schema in self.schemas for path in schema.files]

    def of_document(self, document: Document) -> tuple[list[Finding], int]:
        """What the schemas have against a document, and how many findings they did not keep."""
        source = document.source
        validate: Callable[[relaxng.Schema], relaxng.Findings] = (
            (lambda schema: schema.validate_document(document))
            if document.origins
            else (lambda schema: schema.validate(source))
        )
        found, further = self._collected(validate)
        if self.unknown:
            at = document.locate(document.root)
            found.append(_unknown(source.name, Place(at.line, at.column)))
        return _without_cascades(found, document), further

    def of_source(self, source: Source) -> tuple[list[Finding], int]:
        """The same for a file of which no tree was made. Raises DocumentError where it is not well-formed."""
        return self._collected(lambda schema: schema.validate(source))

    def of_file(self, path: Path, name: str) -> tuple[list[Finding], int]:
        """The same for a file too large to be held. Raises DocumentError and FileError."""
        found, further = self._collected(lambda schema: schema.validate_file(path, name=name))
        return found + ([_unknown(name, Place(1, 1))] if self.unknown else []), further

    def _collected(self, validate: Callable[[relaxng.Schema], relaxng.Findings]) -> tuple[list[Finding], int]:
        found, further = list(self.findings), 0
        for schema in self.schemas:
            result = validate(schema)
            found += result
            further += result.total - len(result)
        return (_told_once(found) if len(self.schemas) > 1 else found), further


class Schemas:
    """The schemas of a run. Raises SchemaError for one that the caller or the configuration names and that is not usable."""

    def __init__(self, given: Sequence[Path] = (), otherwise: Sequence[Path] = (), project: Path | None = None) -> None:
        self._loaded: dict[Path, relaxng.Schema | SchemaError] = {}
        self._carried: dict[CustomisationAddress, CarriedSchema | SchemaError] = {}
        self._given = [self._required(path) for path in given]
        self._otherwise = tuple(otherwise)
        self._project = project.resolve() if project else None

    def choose(self, prolog: Prolog, name: str, path: Path) -> Chosen:
        """The schemas for the document at `path`; what stands in the way of one is among the findings."""
        if self._given:
            return Chosen(self._given)
        models = [each for each in prolog.models if each.is_relaxng or each.is_odd]
        chosen, unread = Chosen(), list[Finding]()
        for each in models:
            if each.is_remote:
                self._add_remote(each, name, chosen, unread)
            else:
                self._add_local(each, name, path, chosen)
        if chosen.schemas or chosen.findings:
            chosen.findings += unread
        elif self._is_ours(path) and self._otherwise:
            chosen.schemas = [self._required(each) for each in self._otherwise]
        else:
            chosen.findings += unread
            chosen.unknown = not unread
        return chosen

    def keep(self) -> None:
        """At the end of a run: let what was learnt about the schemas be known to the next."""
        for schema in self._loaded.values():
            if isinstance(schema, relaxng.Schema):
                schema.keep()
        for carried in self._carried.values():
            if not isinstance(carried, SchemaError):
                carried.schema.keep()

    def _is_ours(self, path: Path) -> bool:
        """Whether the configuration speaks for this file; one that lies elsewhere has another project's rules."""
        return self._project is None or path.resolve().is_relative_to(self._project)

    def _add_local(self, model: Model, name: str, path: Path, chosen: Chosen) -> None:
        """The schema that the document itself names, once; or a finding (S011) that it cannot be used."""
        schema = self._resolved(model, path)
        if isinstance(schema, SchemaError):
            chosen.findings.append(_unusable(name, model, schema))
        elif schema not in chosen.schemas:
            chosen.schemas.append(schema)

    def _add_remote(self, model: Model, name: str, chosen: Chosen, unread: list[Finding]) -> None:
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
            chosen.findings.append(_unusable(name, model, carried))
        elif carried.schema not in chosen.schemas:
            chosen.schemas.append(carried.schema)
            chosen.findings += [_of_another_release(name, model, wanted, carried)] if carried.is_other else []

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
            is_file = target.is_file()
        except (ValueError, OSError, RuntimeError):
            return SchemaError("this is no valid file name", help="correct the href of the xml-model instruction")
        if not is_file:  # nothing there, or a device that could be read for ever
            return SchemaError("there is no such file", help="correct the href of the xml-model instruction")
        return self._load(target, is_odd=model.is_odd)

    def _required(self, path: Path) -> relaxng.Schema:
        address = _ADDRESS.search(path.as_posix())
        schema = self._at(f"{address[1]}://{address[2]}") if address else self._load(path)
        if isinstance(schema, SchemaError):
            raise schema
        return schema

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
                self._loaded[path] = _odd(path) if is_odd or _is_odd(path) else relaxng.load(path)
            except SchemaError as error:
                self._loaded[path] = error
            except FileError as error:
                self._loaded[path] = SchemaError(error.message, where=error.where, help=error.help)
        return self._loaded[path]


def files_of(path: Path) -> tuple[Path, ...]:
    """All the files that a schema was made of; itself alone, where it cannot be used."""
    try:
        return (_odd if _is_odd(path) else relaxng.load)(path).files
    except (SchemaError, FileError):
        return (path,)


def _is_odd(path: Path) -> bool:
    """By its name; that of XML in general does not tell, but its root does. Raises FileError."""
    suffix = path.suffix.lower()
    if suffix != ".xml":  # what comes through a pipe can be read once only
        return suffix == ".odd"
    return prolog(Source(path.name, next(DISK.pieces(path, _HEAD), b""))).root.startswith(f"{TEI}}}")


def _odd(path: Path) -> relaxng.Schema:
    from siglum.schema.odd.load import load  # most schemas are RELAX NG

    return load(path)


def _told_once(found: list[Finding]) -> list[Finding]:
    """What several schemas find alike, an ODD and the RELAX NG made of it: the one that says more stays."""
    kept: dict[tuple[str, int, int, str, str], Finding] = {}
    for each in found:
        key = (each.path, each.line, each.column, each.code, each.message)
        if key not in kept or len(each.help) > len(kept[key].help):
            kept[key] = each
    return list(kept.values())


def _without_cascades(found: list[Finding], document: Document) -> list[Finding]:
    """An include that failed is one fault (X006): neither it nor the gap it leaves in its parent is another one."""
    if not document.findings:
        return found
    places = set()
    for include in document.index.tagged(_INCLUDE):
        parent = include.getparent()
        for each in (include, parent if parent is not None else include):
            at = document.locate(each)
            places.add((at.path, at.line, at.column))
    return [each for each in found if (each.path, each.line, each.column) not in places]


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


def _unknown(name: str, place: Place) -> Finding:
    message = "no schema is known for this document: only its well-formedness and its pointers were checked"
    help_ = "name one with --schema, in an xml-model instruction, or in the configuration"
    return _finding(name, place, "S010", Severity.WARNING, message, help_)


def _finding(name: str, place: Place, code: str, severity: Severity, message: str, help_: str) -> Finding:
    return Finding(name, place.line, place.column, code, severity, message, help_)
