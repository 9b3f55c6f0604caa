"""An ODD's file to a `Customisation`: the schemaSpec is chosen, groups of specs are put where they are referred to.

Guidelines, 22.3 (modules and schemas), 22.8.1 (specGrp, specGrpRef). References to other files are followed by `files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from siglum.errors import DocumentError, FileError
from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.customisation import Customisation, Kind, ModuleRef, Part, SpecRef
from siglum.schema.odd.files import OddFiles, address_scheme, local_path, make_locator
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.tagdocs import read as tagdocs
from siglum.schema.tagdocs import specs as s
from siglum.text.document import Document
from siglum.text.frozen import frozen
from siglum.text.tei import TEI, XML_ID, Element, attribute, name, tokens

_EXAMPLE = "{http://www.tei-c.org/ns/Examples}egXML"
_REFS: dict[str, Kind] = {"elementRef": "element", "classRef": "class", "macroRef": "macro", "dataRef": "data"}
_MOST = 5
"""Names that one message lists."""
_PARTS = frozenset({"moduleRef", "specGrp", "specGrpRef", *_REFS, *tagdocs.SPECS})


def read_customisation(path: Path, files: OddFiles, report: Report, schema_id: str | None) -> Customisation | None:
    """What the ODD at a path says; None, and told of, where it holds no schemaSpec that could be meant.

    Raises FileError, and DocumentError where it is not XML.
    """
    document = files.document(path)
    files.reading(document)
    chosen = _choose_schema_spec(document, report, schema_id)
    return _Reader(files, report).customisation(document, chosen) if chosen is not None else None


def find_schema_specs(document: Document) -> list[Element]:
    """The schemaSpecs of a document that are no examples."""
    found = document.root.iter(f"{TEI}schemaSpec")
    return [each for each in found if next(each.iterancestors(_EXAMPLE), None) is None]


def _choose_schema_spec(document: Document, report: Report, schema_id: str | None) -> Element | None:
    found = find_schema_specs(document)
    idents = [attribute(each, "ident") for each in found]
    at = make_locator(document)
    if not found:
        report.add("O001", at(document.root), "there is no schemaSpec in this file")
    elif schema_id is None and len(found) > 1:
        report.add("O005", at(found[1]), len(found), ", ".join(each or "one without @ident" for each in idents))
    elif schema_id is not None and schema_id not in idents:
        has = ", ".join(f"“{each}”" for each in idents)
        report.add("O001", at(found[0]), f"this file has no schemaSpec “{schema_id}”; it has {has}")
        return None
    return next((each for each in found if schema_id in (None, attribute(each, "ident"))), None)


@frozen
class _SchemaSpec:
    """An element that is a part of the schema, and the file it stands in."""

    at: Element
    document: Document


class _Reader:
    def __init__(self, files: OddFiles, report: Report) -> None:
        self.files = files
        self.report = report
        self.spliced: set[Element] = set()

    def customisation(self, document: Document, at: Element) -> Customisation:
        """All that a schemaSpec says; an @ident is wanted, but nothing depends on it."""
        reading = self.files.reading(document)
        found = [*self._read_parts(at, document, ()), *self._report_outside(document)]
        parts = [part for each in found if (part := self._read_part(each)) is not None]
        declared = _read_declarations(document)
        return Customisation(
            ident=reading.ident(at),
            parts=tuple(parts),
            ns=_strip_prefix(at, "ns"),
            prefix=attribute(at, "prefix"),
            start=tagdocs.split_names(at, "start"),
            default_exceptions=tagdocs.split_names(at, "defaultExceptions"),
            lang=next(iter(tokens(at, "docLang")), "en"),
            module=attribute(at, "module"),
            source=reading.address(at, "source"),
            constraints=tuple(
                tagdocs.read_constraint(each.at, self.files.reading(each.document))
                for each in found
                if name(each.at) == "constraintSpec"
            ),
            declarations=tuple(child for each in declared for child in each.iterchildren("*")),
            query_binding=next((binding for each in declared if (binding := attribute(each, "queryBinding"))), "xslt2"),
            place=reading.place(at),
        )

    def _report_outside(self, document: Document) -> list[_SchemaSpec]:
        """The changes that stand in the prose around the schemaSpec, if they are to count as they do for TEI's own tools."""
        found = [each for each in tagdocs.find_spec_elements(document.root) if _is_loose(each)]
        if not found:
            return []
        shown = ", ".join(f"`{attribute(each, 'ident')}`" for each in found[:_MOST])
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        taken = self.report.differs(Deviation.SPECS_OUTSIDE_SCHEMA, self.files.reading(document).place(found[0]), shown + more)
        return [_SchemaSpec(each, document) for each in found] if taken else []

    # Groups put in their places

    def _read_parts(self, at: Element, document: Document, above: tuple[Element, ...]) -> Iterator[_SchemaSpec]:
        """The parts in an element, those of groups among them."""
        for child in at.iterchildren(f"{TEI}*"):
            yield from self._read_group(child, document, above)

    def _read_group(self, at: Element, document: Document, above: tuple[Element, ...]) -> Iterator[_SchemaSpec]:
        match name(at):
            case "specGrp" | "schemaSpec":
                yield from self._read_parts(at, document, above)
            case "specGrpRef":
                yield from self._follow_reference(at, document, above)
            case kind if kind in _PARTS or kind == "constraintSpec":
                yield _SchemaSpec(at, document)

    def _follow_reference(self, at: Element, document: Document, above: tuple[Element, ...]) -> Iterator[_SchemaSpec]:
        """What a specGrpRef stands for. A group counts once, however often it is referred to."""
        reading = self.files.reading(document)
        target = reading.ident(at, "target") and reading.address(at, "target")
        found = self._find_target(target, document, reading.place(at)) if target else None
        for each in found.at if found else ():
            if each in above:
                chain = " → ".join(_format_element(one) for one in (*above[above.index(each) :], each))
                self.report.add("O008", reading.place(at), "the specGrpRef to", target, chain)
            elif each not in self.spliced:
                self.spliced.add(each)
                assert found is not None
                yield from self._read_group(each, found.document, (*above, each))

    def _find_target(self, target: str, document: Document, place: s.Place) -> _Group | None:
        """What a target means: a group in this file (#id) or in another, or all that another file offers."""
        address, _, ident = target.partition("#")
        try:
            if address_scheme(address) != "file":
                reason = "it is an address on a network, and siglum reads local files only"
                self.report.add("O007", place, "the group of specifications", target, reason, "keep a copy in the project")
                return None
            inside = self.files.document(local_path(address, place)) if address else document
        except (FileError, DocumentError) as error:
            self.report.add("O007", place, "the group of specifications", target, error.message, error.help)
            return None
        self.files.reading(inside)
        found = _find_by_id(inside.root, ident) if ident else _format_choices(inside.root)
        if not found:
            reason = f"nothing in it has xml:id “{ident}”" if ident else "it holds no specifications"
            known = (each.get(XML_ID, "") for each in inside.root.iter(f"{TEI}specGrp"))
            help_ = suggest_name(ident, known, "give the specGrp that xml:id, or correct the target")
            self.report.add("O007", place, "the group of specifications", target, reason, help_)
        return _Group(found, inside) if found else None

    # Parts as nodes

    def _read_part(self, found: _SchemaSpec) -> Part | None:
        reading = self.files.reading(found.document)
        kind = name(found.at)
        if kind == "constraintSpec":
            return None
        if kind in tagdocs.SPECS:
            spec = tagdocs.read_any_spec(found.at, reading)
            return spec if spec.ident else None
        if kind == "moduleRef" and found.at.get("url") is not None:
            return _read_grammar_ref(found.at, reading)
        key = reading.ident(found.at, "key")
        include, except_ = tagdocs.split_names(found.at, "include"), tagdocs.split_names(found.at, "except")
        source, place = _source_address(found.at, reading), reading.place(found.at)
        if not key:
            return None
        if kind == "moduleRef":
            return ModuleRef(key, include, except_, source, place=place)
        return SpecRef(_REFS[kind], key, include, except_, source, place=place)


@frozen
class _Group:
    """What a specGrpRef leads to."""

    at: list[Element]
    document: Document


def _read_grammar_ref(at: Element, reading: tagdocs.Reading) -> s.GrammarRef | None:
    """A moduleRef with @url, and the RELAX NG that it adds to the grammar there."""
    url = reading.ident(at, "url") and reading.address(at, "url")
    written = at.find(f"{TEI}content")
    components = tagdocs.read_rng_components(written, reading) if written is not None else ()
    return s.GrammarRef(url, attribute(at, "prefix"), None, components, place=reading.place(at)) if url else None


def _source_address(at: Element, reading: tagdocs.Reading) -> str:
    """The nearest @source below the schemaSpec's own."""
    around = (at, *at.iterancestors(f"{TEI}specGrp"))
    return next((value for each in around if (value := reading.address(each, "source"))), "")


def _is_loose(at: Element) -> bool:
    """Whether a spec changes something, and stands neither in a schemaSpec nor in a group."""
    changes = attribute(at, "mode") in {"change", "delete", "replace"}
    return changes and next(at.iterancestors(f"{TEI}schemaSpec", f"{TEI}specGrp"), None) is None


def _strip_prefix(at: Element, key: str) -> str | None:
    value = at.get(key)
    return None if value is None else value.strip()


def _format_element(at: Element) -> str:
    return at.get(XML_ID) or attribute(at, "ident") or name(at)


def _find_by_id(root: Element, ident: str) -> list[Element]:
    return [each for each in root.iter(f"{TEI}*") if each.get(XML_ID) == ident][:1]


def _format_choices(root: Element) -> list[Element]:
    """The parts of a whole file: those that stand in no other part."""
    wanted = tuple(TEI + each for each in ("schemaSpec", *_PARTS))
    inside = (*wanted, _EXAMPLE)
    return [each for each in root.iter(*wanted) if next(each.iterancestors(*inside), None) is None]


def _read_declarations(document: Document) -> list[Element]:
    """What the header declares for all of Schematron (constraintDecl)."""
    found = document.root.iter(f"{TEI}constraintDecl")
    return [each for each in found if attribute(each, "scheme") in {"schematron", "isoschematron"}]
