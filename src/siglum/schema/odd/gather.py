"""What the references of a schemaSpec take in (Guidelines, 22.3 and 22.8.1), in the order that it has in the schema.

The module `tei` comes first, then `core`, then the others as the ODD has them; in each, elements come last. What the
ODD refers to by name, or adds, follows. This order is that of the members of classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from siglum.schema.odd.customisation import Customisation, Key, Kind, ModuleRef, SpecRef, kind_in_words, spec_key, spec_kind
from siglum.schema.odd.grammars import read_grammar
from siglum.schema.odd.origins import About, Origin
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.odd.sources import Sources
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Severity

_FIRST = ("tei", "core")


@dataclass(slots=True)
class Gathered:
    """Specs by what they are known by, in order; `origins` tells of what was left, `version` which release was asked.

    `withdrawn`: names of attributes that the ODD takes from classes.
    """

    ns: str
    specs: dict[Key, s.AnySpec] = field(default_factory=dict)
    grammars: tuple[s.GrammarRef, ...] = ()
    origins: dict[About, Origin] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    version: str = ""

    def add(self, spec: s.AnySpec, place: s.Place) -> None:
        """Take a spec in; where it has no place of its own, it gets that of what asked for it."""
        key = spec_key(spec, self.ns)
        if key not in self.specs:
            self.specs[key] = spec if spec.place.line else replace(spec, place=place)
        self.origins.pop((key[0], key[2], ""), None)


def gather_specs(wanted: Customisation, sources: Sources, report: Report) -> Gathered:
    """All that is taken in, nothing changed yet."""
    found = Gathered(wanted.namespace)
    named = {(each.kind, each.key) for each in wanted.parts if isinstance(each, SpecRef)}
    refs = [each for each in wanted.parts if isinstance(each, ModuleRef)]
    for ref in sorted(refs, key=lambda each: _FIRST.index(each.key) if each.key in _FIRST else len(_FIRST)):
        source = sources.get(ref.source or wanted.source, ref.place if ref.source else wanted.place)
        if source is not None:
            _take_module(ref, source, named, found, report)
    for each in wanted.parts:
        if isinstance(each, SpecRef):
            source = sources.get(each.source or wanted.source, each.place if each.source else wanted.place)
            if source is not None:
                _take_one(each, source, found, report)
    grammars = (each for each in wanted.parts if isinstance(each, s.GrammarRef))
    found.grammars = tuple(read_grammar(each, sources.files, report) for each in grammars)
    _check_infrastructure(wanted, sources, found, report)
    found.version = next((each.version for each in sources.all() if each.version), "")
    return found


def _take_module(ref: ModuleRef, source: s.Source, named: set[tuple[Kind, str]], found: Gathered, report: Report) -> None:
    members = [each for each in source.specs if each.module == ref.key]
    if not members and ref.key not in source.modules:
        report.add(
            "O009", ref.place, format_source_name(source), ref.key, suggest_name(ref.key, source.modules, _list_modules(source))
        )
        return
    _check_names(ref, source, members, report)
    elements = [each for each in members if isinstance(each, s.ElementSpec)]
    for each in (*(one for one in members if not isinstance(one, s.ElementSpec)), *elements):
        if (spec_kind(each), each.ident) in named:
            continue
        if not isinstance(each, s.ElementSpec) or _is_taken(each.ident, ref):
            found.add(each, ref.place)
        elif spec_key(each, found.ns) not in found.specs:
            found.origins["element", each.ident, ""] = Origin("not taken by the moduleRef", ref.place)


def _is_taken(ident: str, ref: ModuleRef) -> bool:
    """`include` wins over `except`."""
    if ref.include is not None:
        return ident in ref.include
    return ident not in (ref.except_ or ())


def _check_names(ref: ModuleRef, source: s.Source, members: Iterable[s.AnySpec], report: Report) -> None:
    """Names in `include` and `except` that the module does not have."""
    elements = {each.ident for each in members if isinstance(each, s.ElementSpec)}
    for ident in ref.include if ref.include is not None else ref.except_ or ():
        if ident not in elements:
            elsewhere = next((each.module for each in source.specs if spec_kind(each) == "element" and each.ident == ident), "")
            help_ = f"it is in the module “{elsewhere}”" if elsewhere else suggest_name(ident, elements, "take the name away")
            where = f"the module “{ref.key}” of {format_source_name(source)}"
            report.add("O010", ref.place, where, "element", ident, help_, severity=Severity.WARNING)


def _take_one(ref: SpecRef, source: s.Source, found: Gathered, report: Report) -> None:
    spec = next((each for each in source.specs if each.ident == ref.key and spec_kind(each) == ref.kind), None)
    if spec is None:
        known = [each.ident for each in source.specs if spec_kind(each) == ref.kind]
        report.add(
            "O010", ref.place, format_source_name(source), kind_in_words(ref.kind), ref.key, suggest_name(ref.key, known)
        )
        return
    chosen = _filter_attributes(spec, ref, found, report) if isinstance(spec, s.ClassSpec) else spec
    found.add(chosen, ref.place)


def _filter_attributes(spec: s.ClassSpec, ref: SpecRef, found: Gathered, report: Report) -> s.ClassSpec:
    """A classRef chooses among the attributes of a class, for all its members."""
    if spec.attributes is None or (ref.include is None and ref.except_ is None):
        return spec
    known = {each.ident for each in list_attributes(spec.attributes)}
    for ident in ref.include if ref.include is not None else ref.except_ or ():
        if ident not in known:
            report.add("O016", ref.place, ident, f"the class `{spec.ident}`", "chosen", suggest_name(ident, known))
    kept = {each for each in known if (each in ref.include if ref.include is not None else each not in (ref.except_ or ()))}
    for ident in known - kept:
        found.origins["class", spec.ident, ident] = Origin("removed", ref.place)
    return replace(spec, attributes=_keep_attributes(spec.attributes, kept))


def list_attributes(listed: s.AttList | None) -> Iterator[s.AttDef]:
    """The definitions in a list and the lists in it."""
    for each in listed.children if listed else ():
        if isinstance(each, s.AttDef):
            yield each
        elif isinstance(each, s.AttList):
            yield from list_attributes(each)


def _keep_attributes(listed: s.AttList, idents: set[str]) -> s.AttList:
    def children() -> Iterator[s.Attribute]:
        for each in listed.children:
            match each:
                case s.AttDef():
                    if each.ident in idents:
                        yield each
                case s.AttList():
                    yield _keep_attributes(each, idents)
                case s.AttRef():
                    yield each

    return replace(listed, children=tuple(children()))


def _check_infrastructure(wanted: Customisation, sources: Sources, found: Gathered, report: Report) -> None:
    """Elements of TEI without the module `tei` accept nothing; and what lies in modules that are not taken is noted."""
    taken = {each.module for each in found.specs.values()}
    offered = [spec for source in sources.all() for spec in source.specs]
    modules = {each.module for each in offered}
    if "tei" in modules and "tei" not in taken:
        elements = [each for each in found.specs.values() if isinstance(each, s.ElementSpec) and each.classes is not None]
        if elements:
            refs = (each.place for each in wanted.parts if isinstance(each, ModuleRef | SpecRef))
            report.add("O020", next(refs, wanted.place))
    asked = {each.key for each in wanted.parts if isinstance(each, ModuleRef)}
    have = {(key[0], key[2]) for key in found.specs}
    for spec in offered:
        about = (spec_kind(spec), spec.ident, "")
        if spec.module not in asked and about[:2] not in have:
            found.origins.setdefault(about, Origin("in a module not taken", wanted.place))


def format_source_name(source: s.Source) -> str:
    """A source, as messages call it."""
    if source.version:
        return f"{source.name} {source.version}"
    return source.name if source.name.startswith("the ") else f"the source “{source.name}”"


def _list_modules(source: s.Source) -> str:
    return f"it has: {', '.join(sorted(source.modules)[:30])}" if source.modules else "it has none: is it compiled?"
