"""The last form of attributes: what elements get from their classes, with what they say themselves put over it.

Out of here, a list of a class has definitions without a mode only. In an element's list, `replace` marks a whole definition
that stands for the one of a class, `delete` an attribute of a class that the element does not have, and None the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from siglum.schema.odd.merge.attributes import Name, attribute_name, overlay_attribute, settle_attribute
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Severity

_Given = tuple[str, s.AttDef]
"""An attribute and the class that gives it."""
_DONE = {"delete": "removed", "change": "changed"}


def settle_inheritance(specs: Iterable[s.AnySpec], withdrawn: Collection[str], report: Report) -> tuple[s.AnySpec, ...]:
    """All specs in their last form. `withdrawn`: attributes that the ODD takes from classes, and may take from elements too."""
    specs = tuple(_settle_class(each) if isinstance(each, s.ClassSpec) else each for each in specs)
    giving = ClassAttributes({each.ident: each for each in specs if isinstance(each, s.ClassSpec)}, report)
    for each in giving.classes.values():
        giving.check_circles(each)
    return tuple(
        _settle_element(each, giving, withdrawn, report) if isinstance(each, s.ElementSpec) else each for each in specs
    )


def _settle_class(spec: s.ClassSpec) -> s.ClassSpec:
    return replace(spec, attributes=_settle_list(spec.attributes)) if spec.attributes is not None else spec


def _settle_list(listed: s.AttList) -> s.AttList:
    def children() -> Iterator[s.Attribute]:
        for each in listed.children:
            match each:
                case s.AttDef():
                    if each.mode != "delete":
                        yield settle_attribute(each)
                case s.AttList():
                    yield _settle_list(each)
                case s.AttRef():
                    yield each

    return replace(listed, children=tuple(children()))


@dataclass(slots=True)
class ClassAttributes:
    """What classes give to their members."""

    classes: dict[str, s.ClassSpec]
    report: Report
    _given: dict[str, tuple[_Given, ...]] = field(default_factory=dict)

    def by(self, ident: str) -> tuple[_Given, ...]:
        """The attributes of a class, its own first, then those of the classes it is a member of."""
        if ident not in self._given:
            self._given[ident] = ()  # where classes go in a circle, which was told of
            spec = self.classes.get(ident)
            if spec is not None:
                own = self._listed(ident, spec.attributes)
                above = (given for each in memberships(spec) for given in self.by(each))
                self._given[ident] = tuple({id(given[1]): given for given in (*own, *above)}.values())
        return self._given[ident]

    def _listed(self, ident: str, listed: s.AttList | None) -> Iterator[_Given]:
        for each in listed.children if listed else ():
            match each:
                case s.AttDef():
                    yield ident, each
                case s.AttList():
                    yield from self._listed(ident, each)
                case s.AttRef():
                    yield from self.referred(each)

    def referred(self, ref: s.AttRef) -> Iterator[_Given]:
        """What an attRef to a class stands for."""
        return (given for given in self.by(ref.class_) if not ref.name or given[1].ident == ref.name)

    def check_circles(self, spec: s.ClassSpec) -> None:
        """Tell of a class that is, in the end, a member of itself: once, at the first of the circle."""
        way = self._find_circle(spec.ident)
        if way and spec.ident == min(way, key=list(self.classes).index):
            places = [self.classes[each].place for each in way]
            place = next((each for each in places if self.report.is_own(each)), spec.place)
            self.report.add("O015", place, spec.ident, " → ".join((*way, spec.ident)))

    def _find_circle(self, start: str) -> list[str]:
        """The shortest way from a class up to itself."""
        ways, seen = [[start]], set[str]()
        for way in ways:
            for above in memberships(self.classes.get(way[-1])):
                if above == start:
                    return way
                if above not in seen:
                    seen.add(above)
                    ways.append([*way, above])
        return []


def memberships(spec: s.ElementSpec | s.ClassSpec | None) -> Iterator[str]:
    """The classes that something is a member of."""
    return (each.key for each in spec.classes.members) if spec is not None and spec.classes is not None else iter(())


def _settle_element(spec: s.ElementSpec, giving: ClassAttributes, withdrawn: Collection[str], report: Report) -> s.ElementSpec:
    inherited: dict[Name, list[_Given]] = {}
    for ident in memberships(spec):
        _collect(giving.by(ident), inherited)
    for ref in _references(spec.attributes):
        _collect(giving.referred(ref), inherited)
    settling = _ElementSettler(spec, inherited, withdrawn, report)
    written = settling.listed(spec.attributes).children if spec.attributes is not None else ()
    children = (*written, *settling.list_doubled())
    if not children and spec.attributes is None:
        return spec
    return replace(spec, attributes=replace(spec.attributes or s.AttList(), children=children))


def _collect(given: Iterable[_Given], inherited: dict[Name, list[_Given]]) -> None:
    for each in given:
        known = inherited.setdefault(attribute_name(each[1]), [])
        if not any(each[1] is one for _, one in known):  # one class by two ways gives its attributes once
            known.append(each)


def _references(listed: s.AttList | None) -> Iterator[s.AttRef]:
    for each in listed.children if listed else ():
        if isinstance(each, s.AttRef) and each.class_:
            yield each
        elif isinstance(each, s.AttList):
            yield from _references(each)


@dataclass(slots=True)
class _ElementSettler:
    """The attributes of an element being settled; `said` holds those that it speaks of itself."""

    spec: s.ElementSpec
    inherited: dict[Name, list[_Given]]
    withdrawn: Collection[str]
    report: Report
    said: set[Name] = field(default_factory=set)

    def listed(self, at: s.AttList) -> s.AttList:
        self.said |= set(_list_names(at))
        return self._settle_list(at)

    def _settle_list(self, at: s.AttList) -> s.AttList:
        def children() -> Iterator[s.Attribute]:
            for each in at.children:
                match each:
                    case s.AttDef():
                        yield from self._settle_definition(each)
                    case s.AttList():
                        inner = self._settle_list(each)
                        yield from (inner,) if inner.children or not each.children else ()
                    case s.AttRef():
                        yield from () if each.name and ("", each.name) in self.said else (each,)

        return replace(at, children=tuple(children()))

    def _settle_definition(self, at: s.AttDef) -> Iterator[s.AttDef]:
        given = self.inherited.get(attribute_name(at))
        match at.mode:
            case "delete":
                if given:
                    yield s.AttDef(given[0][1].ident, given[0][1].ns, "delete", place=at.place)
                else:
                    self._report_absent(at)
            case "change":
                if given:
                    yield settle_attribute(overlay_attribute(given[0][1], at, self.report), "replace")
                else:
                    self._report_absent(at)
            case "replace":
                yield _make_replacement(at, given)
            case None | "add":
                if given and self.report.is_own(at.place):
                    self._report_added_again(at, given[0])
                yield _make_replacement(at, given)

    def _report_absent(self, at: s.AttDef) -> None:
        gone = at.ident in self.withdrawn
        if self.report.is_own(at.place) and not (gone and at.mode == "delete"):
            idents = [ident for _, ident in self.inherited]
            help_ = (
                "this ODD takes it from a class: give it back there, or take this away"
                if gone
                else suggest_name(at.ident, idents)
            )
            self.report.add("O016", at.place, at.ident, f"the element `{self.spec.ident}`", _DONE[at.mode or "change"], help_)

    def _report_added_again(self, at: s.AttDef, given: _Given) -> None:
        message = (
            f"the attribute @{at.ident} is added to the element `{self.spec.ident}`, which has it from the class `{given[0]}`;"
            " what is written here holds, but TEI's own tools make a schema of it that validators refuse"
        )
        help_ = 'write mode="change" to change what is inherited, or mode="replace" to replace it'
        self.report.add("O017", at.place, message, help_)

    def list_doubled(self) -> Iterator[s.AttDef]:
        """Attributes that two classes give and the element says nothing about: that of the first class holds."""
        for name, given in self.inherited.items():
            if len(given) > 1 and name not in self.said:
                (first, one), (second, other), *_ = given
                if any(map(self.report.is_own, self._list_places(one, other))):
                    self._find_doubled(first, one, second, other)
                yield settle_attribute(one, "replace")

    def _list_places(self, one: s.AttDef, other: s.AttDef) -> tuple[s.Place, ...]:
        return one.place, other.place, self.spec.classes.place if self.spec.classes is not None else s.NOWHERE

    def _find_doubled(self, first: str, one: s.AttDef, second: str, other: s.AttDef) -> None:
        alike = (one.datatype, one.val_list) == (other.datatype, other.val_list)
        place = next(each for each in (other.place, one.place, self.spec.place) if self.report.is_own(each))
        what = "" if alike else ", and they allow different values"
        message = (
            f"the element `{self.spec.ident}` gets the attribute @{one.ident} from two classes, `{first}` and `{second}`{what};"
            " that of the first holds, but TEI's own tools make a schema of it that validators refuse"
        )
        help_ = f'say on the element which one is meant: <attDef ident="{one.ident}" mode="replace">, or take one class away'
        self.report.add("O017", place, message, help_, severity=Severity.WARNING if alike else Severity.ERROR)


def _make_replacement(at: s.AttDef, given: list[_Given] | None) -> s.AttDef:
    """A whole definition, in the place of that of a class if there is one: then under the name that it has there."""
    if not given:
        return settle_attribute(at)
    return settle_attribute(replace(at, ident=given[0][1].ident, ns=given[0][1].ns), "replace")


def _list_names(listed: s.AttList) -> Iterator[Name]:
    for each in listed.children:
        if isinstance(each, s.AttDef):
            yield attribute_name(each)
        elif isinstance(each, s.AttList):
            yield from _list_names(each)
