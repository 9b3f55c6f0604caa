"""How an ODD says that elements are rendered: its processing models as values (Guidelines, 22.5.4 and 23.5.4).

Chaining: where the schemaSpec's @source is another ODD, its models hold for the elements that this one gives none. What only
TEI Publisher knows is taken for the nearest thing in TEI, or named in one warning a kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from siglum.errors import DocumentError, FileError
from siglum.schema.odd.files import OddFiles, address_scheme, local_path, make_locator
from siglum.schema.odd.models import (
    BEHAVIOURS,
    CHILDREN,
    TEI,
    Model,
    ModelGrp,
    ModelSequence,
    Param,
    Rendering,
    Rendition,
    Rule,
)
from siglum.schema.odd.read import read_customisation
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.odd.templates import Behaviour, is_publishers, read_behaviours, read_template
from siglum.schema.tagdocs import specs as s
from siglum.schema.xpath import Expression, ExpressionError, UnknownFunctionError, parse_expression
from siglum.text.diagnostic import Severity
from siglum.text.files import DISK, Files
from siglum.text.tei import Element, attribute, name, squeeze, tokens

_PUBLISHER = {
    "pass-through": CHILDREN,
    "webcomponent": "inline",
    "code": "inline",
    "match": "inline",
    "definitionList": "list",
    "definition": "listItem",
    "iframe": "link",
}
"""Behaviours of TEI Publisher, and what is nearest to them among TEI's."""
_UNKNOWN_HELP = {
    "predicate": "a model that asks for it is passed over; say it with the functions of XPath if it is to hold here",
    "value": "a parameter that asks for it counts as not given; say it with the functions of XPath if it is to hold here",
}
_NAME = re.compile(r"[^\W\d][\w.-]*")
"""TEI Publisher has models for “*” and “text()” too."""
_RULES = frozenset({"model", "modelSequence", "modelGrp"})


def read_rendering(path: Path, schema_id: str | None = None, files: Files = DISK) -> Rendering:
    """The processing models of an ODD. Raises FileError and DocumentError where it cannot be read."""
    reader = _Reader(files)
    rules = reader.read_file(path, schema_id)
    findings = tuple(dict.fromkeys(sorted(reader.report.findings)))
    return Rendering(reader.ns, rules, findings, tuple(reader.files.read))


class _Reader:
    def __init__(self, files: Files) -> None:
        self.report = Report("guidelines")
        self.files = OddFiles(self.report, files)
        self.ns = TEI
        self.above: list[Path] = []
        self.told: set[str] = set()
        self.behaviours: dict[str, Behaviour] = {}

    def read_file(self, path: Path, schema_id: str | None) -> dict[str, tuple[Rule, ...]]:
        """The rules of an ODD over those of the ODD it is made from."""
        self.above.append(path.resolve())
        wanted = read_customisation(path, self.files, self.report, schema_id)
        rules: dict[str, tuple[Rule, ...]] = {}
        if wanted is not None:
            self.ns = wanted.ns or TEI
            rules = self._read_source(wanted.source, wanted.place)
            self.behaviours |= read_behaviours(self.files.document(path).root)
            own: dict[str, tuple[Rule, ...]] = {}
            for spec in wanted.parts:
                if isinstance(spec, s.ElementSpec) and spec.models and not _NAME.fullmatch(spec.ident):
                    self._report_once(f"{spec.ident}", "O403", spec.models[0], f"a model for “{spec.ident}”", "left aside")
                elif isinstance(spec, s.ElementSpec) and spec.models:
                    own[spec.ident] = (*own.get(spec.ident, ()), *self._read_rules(spec.models))
            rules |= {ident: _number_models(found) for ident, found in own.items()}
        self.above.pop()
        return rules

    def _read_source(self, source: str, place: s.Place) -> dict[str, tuple[Rule, ...]]:
        if not source or address_scheme(source) != "file" or source.endswith("p5subset.xml"):
            return {}
        path = local_path(source, place)
        if path.resolve() in self.above:
            self.report.add("O008", place, "the source", path.as_posix(), f"{place.path} → {path.name}")
            return {}
        try:
            return self.read_file(path, None)
        except (FileError, DocumentError) as error:
            help_ = "the models of this file hold all the same; put the other beside it to have its models too"
            self.report.add("O007", place, "the source", path.as_posix(), error.message, help_, severity=Severity.WARNING)
            return {}

    # Rules

    def _read_rules(self, found: tuple[Element, ...]) -> Iterator[Rule]:
        for at in found:
            yield self._read_rule(at)

    def _read_rule(self, at: Element) -> Rule:
        outputs = tuple(tokens(at, "output"))
        inner = tuple(self._read_rules(tuple(each for each in at.iterchildren("*") if name(each) in _RULES)))
        try:
            predicate = self._read_expression(at, "predicate") if at.get("predicate") is not None else None
        except ExpressionError:
            predicate = parse_expression("false()", TEI, {})  # it never holds, but is counted among the models of its element
        match name(at):
            case "modelSequence":
                return ModelSequence(inner, predicate, outputs, place=self._place(at))
            case "modelGrp":
                return ModelGrp(inner, outputs, place=self._place(at))
            case _:
                return self._read_model(at, predicate, outputs)

    def _read_model(self, at: Element, predicate: Expression | None, outputs: tuple[str, ...]) -> Model:
        own = self.behaviours.get(attribute(at, "behaviour"))
        inner = next((each for each in at.iterchildren("*") if is_publishers(each, "template")), None)
        return Model(
            self._read_behaviour(at),
            predicate,
            outputs,
            (*tokens(at, "cssClass"), *_read_classes(at)),
            attribute(at, "useSourceRendition") in {"true", "1"},
            (*self._read_params(at), *(self._read_param(own) if own is not None else ())),
            tuple(self._read_renditions(at)),
            template=read_template(inner) if inner is not None else own.template if own is not None else None,
            place=self._place(at),
        )

    def _read_behaviour(self, at: Element) -> str:
        """The behaviour that is meant; its content alone where it is none."""
        written = next(iter(tokens(at, "behaviour")), "")
        if written in BEHAVIOURS:
            return written
        if written in self.behaviours:
            return CHILDREN
        if written in _PUBLISHER:
            if written != "pass-through":
                self._report_once(written, "O403", at, f"the behaviour “{written}”", f"rendered as “{_PUBLISHER[written]}”")
            return _PUBLISHER[written]
        help_ = suggest_name(written, BEHAVIOURS, f"TEI's behaviours are: {', '.join(sorted(BEHAVIOURS))}")
        self.report.add("O401", self._place(at), written, help_)
        return CHILDREN

    def _read_params(self, at: Element) -> Iterator[Param]:
        for each in at.iterchildren("*"):
            kind = name(each)
            if kind == "param" and any(name(inner) in _RULES for inner in each.iterchildren("*")):
                self._report_once("param", "O403", each, "a model inside a param", "left aside")
            elif kind == "param":
                try:
                    yield Param(attribute(each, "name"), self._read_expression(each, "value"), place=self._place(each))
                except ExpressionError:
                    continue
            elif is_publishers(each, "template") or kind == "cssClass":
                continue
            elif kind in _RULES or (
                kind and not str(each.tag).startswith(f"{{{TEI}}}")
            ):  # TEI Publisher's, models in models too
                written = f"{each.prefix}:" if each.prefix else ""
                self._report_once(each.tag, "O403", each, f"<{written}{etree.QName(each).localname}> in a model", "left aside")

    def _read_param(self, own: Behaviour) -> Iterator[Param]:
        """The parameters to which a behaviour of the ODD's own gives a value, for a model that does not."""
        for each in own.params:
            if each.get("value") is not None:
                try:
                    yield Param(attribute(each, "name"), self._read_expression(each, "value"), place=self._place(each))
                except ExpressionError:
                    continue

    def _read_renditions(self, at: Element) -> Iterator[Rendition]:
        for each in at.iterchildren("*"):
            if name(each) == "outputRendition":
                yield Rendition(squeeze("".join(map(str, each.itertext()))), attribute(each, "scope"), place=self._place(each))

    def _read_expression(self, at: Element, key: str) -> Expression:
        """Raises ExpressionError, after it has been told of."""
        prefixes = {prefix or "": uri for prefix, uri in at.nsmap.items()}
        try:
            return parse_expression(at.get(key, "").strip() or "()", self.ns, prefixes)
        except UnknownFunctionError as error:
            self._report_once(f"{error.name}()", "O402", at, key, at.get(key, ""), error, _UNKNOWN_HELP[key])
            raise
        except ExpressionError as error:
            help_ = "correct the expression; names without a prefix are TEI's"
            self.report.add("O402", self._place(at), key, at.get(key, ""), error, help_)
            raise

    def _report_once(self, kind: object, code: str, at: Element, *facts: object) -> None:
        if str(kind) not in self.told:
            self.told.add(str(kind))
            self.report.add(code, self._place(at), *facts)

    def _place(self, at: Element) -> s.Place:
        root = at.getroottree().getroot()
        document = next((each for each in self.files.documents() if each.root is root), None)
        return make_locator(document)(at) if document is not None else s.NOWHERE


def _read_classes(at: Element) -> tuple[str, ...]:
    """The names of classes in elements of that name, as they have been written, too."""
    return tuple(word for each in at.iterchildren("*") if name(each) == "cssClass" for word in (each.text or "").split())


def _number_models(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The models of an element with their numbers, counted through groups and sequences."""
    return tuple(_count_models(rules, [0]))


def _count_models(rules: tuple[Rule, ...], so_far: list[int]) -> Iterator[Rule]:
    for rule in rules:
        match rule:
            case Model():
                so_far[0] += 1
                yield replace(rule, number=so_far[0])
            case ModelSequence() | ModelGrp():
                yield replace(rule, models=tuple(_count_models(rule.models, so_far)))
