"""What an ODD by example takes in, takes away and lists: numbers and the facts of TEI to decisions.

An attribute that no element of a class uses is taken from the class; one that only some use, from those that do not. What is
required stays, and so do attributes among which TEI offers a choice: to take one of them away may make another required.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from siglum.schema.datatypes import XSD, datatype
from siglum.schema.odd.by_example.count import Key, Listable, Numbers
from siglum.schema.p5.lookup import GivenAttribute, Lookup
from siglum.schema.tagdocs import specs as s
from siglum.text.frozen import frozen

_TEI_MODULE = "tei"
_ENUMERATED = "teidata.enumerated"
_LISTABLE = frozenset({_ENUMERATED, "teidata.word"})
"""Datatypes that are made for values of a set. Pointers, dates, names, numbers and free text are not."""
_CUSTOM_DATE = "-custom"
"""@when-custom and the like (att.datable.custom) hold dates, though they are words to a schema."""
_FEW = 5
_REPEATED = 2
"""A list is closed where there are few values, or where each occurs this often on the average; else it is for example."""


@frozen
class Amount:
    """How often something occurs, and in how many files."""

    times: int
    files: int


@frozen
class Values:
    """The values of an attribute of an element, the commonest first. `mode` is that of the list (22.5.3).

    `left_out` have no place in the list, because TEI does not allow them, or there are too many.
    """

    attribute: str
    closed: bool
    mode: str
    items: tuple[tuple[str, Amount], ...]
    left_out: int = 0


@frozen
class Used:
    """An element that occurs, its attributes that do, those to be taken from it, and its lists of values."""

    ident: str
    amount: Amount
    attributes: tuple[tuple[str, Amount], ...]
    deleted: tuple[str, ...]
    lists: tuple[Values, ...]


@frozen
class Plan:
    """All decisions. `modules` hold elements by the module they come from; `classes` attributes to be taken from each.

    `single`: classes that are wanted of modules whose elements are not, such as att.global.linking for @corresp.
    `strange`: elements, attributes and values that TEI does not have or allow, in words.
    """

    files: int
    version: str
    roots: tuple[str, ...]
    modules: tuple[tuple[str, tuple[Used, ...]], ...]
    single: tuple[str, ...]
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    strange: tuple[tuple[str, Amount], ...]


def can_be_listed(lookup: Lookup) -> Listable:
    """The attributes whose values are worth counting, for every element; whether each may hold several."""
    return {
        (element, given.attribute.ident): _takes_several(given.attribute)
        for element in lookup.elements
        for given in lookup.attributes(element)
        if _is_listable(given.attribute, lookup)
    }


def plan_schema(numbers: Numbers, lookup: Lookup, most: int) -> Plan:
    """Decide. `most`: how many values a closed list may have."""
    return _Planner(numbers, lookup, most).plan()


class _Planner:
    def __init__(self, numbers: Numbers, lookup: Lookup, most: int) -> None:
        self.numbers = numbers
        self.lookup = lookup
        self.most = most
        self.used = {each for each in lookup.elements if (each,) in numbers.times}

    def plan(self) -> Plan:
        modules: dict[str, list[Used]] = {each: [] for each in self._modules}
        for name in sorted(self.used, key=str.casefold):
            modules[self.lookup.elements[name].module].append(self._plan_element(name))
        return Plan(
            self.numbers.files,
            self.lookup.source.version,
            tuple(sorted(self.numbers.roots)),
            tuple((each, tuple(used)) for each, used in modules.items()),
            tuple(each for each in sorted(self._classes) if self.lookup.classes[each].module not in self._modules),
            tuple((each, gone) for each, gone in self._class_attributes.items() if gone),
            tuple(self._find_unknown()),
        )

    def _choose_amount(self, *key: str) -> Amount:
        return Amount(self.numbers.times[key], self.numbers.in_files[key])

    def _count_uses(self, element: str, attribute: str) -> bool:
        """Where a file is included, a parser may add these attributes to its root (XInclude, 4.5.5 and 4.5.6)."""
        added = element in self.numbers.included and attribute in {"xml:base", "xml:lang"}
        return added or (element, attribute) in self.numbers.times

    # Modules and classes

    @cached_property
    def _modules(self) -> tuple[str, ...]:
        """Those that elements in use come from; all of them rest on the module tei."""
        wanted = {_TEI_MODULE, *(self.lookup.elements[each].module for each in self.used)}
        return tuple(sorted(wanted, key=lambda one: (one != _TEI_MODULE, self.lookup.source.modules.index(one))))

    @cached_property
    def _classes(self) -> frozenset[str]:
        """The classes that are taken in: all of the modules, and of others those on which something in use depends."""
        every = self.lookup.classes.values()
        return frozenset(each.ident for each in every if each.module in self._modules or self._is_wanted(each))

    def _is_wanted(self, class_: s.ClassSpec) -> bool:
        members = [each for each in self.used if class_.ident in self._classes_of[each]]
        if class_.type == "model":
            return bool(members)
        idents = [each.attribute.ident for each in self.lookup.class_attributes(class_.ident)]
        return any(self._count_uses(each, ident) for each in members for ident in idents)

    # Attributes

    @cached_property
    def _attributes_given(self) -> dict[str, tuple[GivenAttribute, ...]]:
        return {each: self.lookup.attributes(each) for each in self.used}

    @cached_property
    def _classes_of(self) -> dict[str, frozenset[str]]:
        return {each: frozenset(self.lookup.all_classes(self.lookup.elements[each])) for each in self.used}

    @cached_property
    def _class_attributes(self) -> dict[str, tuple[str, ...]]:
        """The attributes that no element of a class uses; a class that has no element in use is passed over."""
        return {name: tuple(sorted(self._find_unused(name))) for name in sorted(self._classes)}

    def _find_unused(self, class_: str) -> Iterator[str]:
        kept = _find_choices(self.lookup.classes[class_].attributes)
        for given in self.lookup.class_attributes(class_):
            ident = given.attribute.ident
            if given.of == class_ and given.attribute.usage != "req" and ident not in kept:
                bearers = [each for each in self.used if self._has_attribute(each, class_, ident)]
                if bearers and not any(self._count_uses(each, ident) for each in bearers):
                    yield ident

    def _has_attribute(self, element: str, class_: str, ident: str) -> bool:
        given = (each for each in self._attributes_given[element] if each.attribute.ident == ident)
        return class_ in self._classes_of[element] or any(each.of == class_ for each in given)

    def _find_deleted(self, element: str) -> Iterator[str]:
        """The attributes to be taken from an element: not used, and not gone with a class."""
        kept = _find_choices(self.lookup.elements[element].attributes)
        for given in self._attributes_given[element]:
            ident = given.attribute.ident
            unused = not self._count_uses(element, ident) and given.attribute.usage != "req"
            if unused and ident not in kept and self._is_kept(element, given):
                yield ident

    def _is_kept(self, element: str, given: GivenAttribute) -> bool:
        """Whether an attribute is there although classes have lost theirs."""
        ident = given.attribute.ident
        own = dict(_list_definitions(self.lookup.elements[element].attributes)).get(ident)
        if not given.of or (own is not None and own != "change"):
            return True
        giving = {*self._classes_of[element], given.of} & self._classes
        return any(
            ident not in self._class_attributes[each]
            for each in giving
            if any(one.of == each and one.attribute.ident == ident for one in self.lookup.class_attributes(each))
        )

    # Elements and values

    def _plan_element(self, name: str) -> Used:
        given = self._attributes_given[name]
        present = [each.attribute for each in given if (name, each.attribute.ident) in self.numbers.times]
        lists = (self._collect_values(name, each) for each in present if _is_listable(each, self.lookup))
        return Used(
            name,
            self._choose_amount(name),
            tuple((each.ident, self._choose_amount(name, each.ident)) for each in present),
            tuple(sorted(self._find_deleted(name))),
            tuple(each for each in lists if each is not None),
        )

    def _collect_values(self, element: str, attribute: s.AttDef) -> Values | None:
        mode = "add" if attribute.val_list is None else "replace"
        allowed = [each for each in self._occurring[element, attribute.ident] if _allows(attribute, each)]
        counted = [(each, self._choose_amount(element, attribute.ident, each)) for each in allowed]
        counted.sort(key=lambda one: (-one[1].times, one[0]))
        total = sum(amount.times for _, amount in counted)
        if (element, attribute.ident) in self.numbers.endless:
            return None
        repeated = len(counted) <= _FEW or total >= _REPEATED * len(counted)
        fixed = attribute.val_list is not None and attribute.val_list.type == "closed"
        closed = 0 < len(counted) <= self.most and (repeated or fixed)
        if closed or (counted and not fixed and self.most and total >= _REPEATED * len(counted)):
            shown = tuple(counted[: self.most])
            return Values(attribute.ident, closed, mode, shown, len(counted) - len(shown))
        return None

    @cached_property
    def _occurring(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for key in self.numbers.times:
            if len(key) == 3:
                found.setdefault((key[0], key[1]), []).append(key[2])
        return found

    # What is not of TEI

    def _find_unknown(self) -> Iterator[tuple[str, Amount]]:
        known = {(name, each.attribute.ident): each.attribute for name in self.used for each in self._attributes_given[name]}
        for key in sorted(self.numbers.times):
            said = self._describe(key, known)
            if said:
                yield said, self._choose_amount(*key)

    def _describe(self, key: Key, known: dict[tuple[str, str], s.AttDef]) -> str:
        match key:
            case (element,) if element[0] == "{":
                ns, _, local = element[1:].partition("}")
                return f"{local}, an element of the namespace {ns}"
            case (element,) if element not in self.used:
                return f"{element}, an element in the namespace of TEI that TEI does not have"
            case (element, attribute) if element in self.used and (element, attribute) not in known:
                return f"@{attribute} of {element}"
            case (element, attribute, value) if (element, attribute) in known:
                wrong = not _allows(known[element, attribute], value)
                return f"the value “{value}” of @{attribute} of {element}" if wrong else ""
            case _:
                return ""


def _allows(attribute: s.AttDef, value: str) -> bool:
    """Whether TEI allows a value of an attribute that is listable: one of its closed list, else a word."""
    listed = attribute.val_list
    if listed is not None and listed.type == "closed":
        return value in {each.value for each in listed.items}
    return _WORD.check(value)


_WORD = datatype(XSD, "token", (("pattern", r"[^\p{C}\p{Z}]+"),))
"""teidata.word, on which teidata.enumerated rests."""


def _is_listable(attribute: s.AttDef, lookup: Lookup) -> bool:
    if attribute.val_list is not None and attribute.val_list.type == "closed":
        return True
    return _datatype(attribute, lookup) in _LISTABLE and not attribute.ident.endswith(_CUSTOM_DATE)


def _datatype(attribute: s.AttDef, lookup: Lookup) -> str:
    """The name of an attribute's datatype; one that is but another name for teidata.enumerated is called so."""
    content = attribute.datatype.content if attribute.datatype else None
    while isinstance(content, s.DataRef) and content.key:
        key = content.key
        spec = lookup.datatypes.get(key)
        if key in _LISTABLE or spec is None:
            return key
        content = spec.content
    return ""


def _takes_several(attribute: s.AttDef) -> bool:
    return attribute.datatype is not None and attribute.datatype.maximum != 1


def _find_choices(listed: s.AttList | None, *, inside: bool = False) -> set[str]:
    """The attributes among which a list offers a choice."""
    found: set[str] = set()
    for each in listed.children if listed else ():
        chosen = inside or (listed is not None and listed.org == "choice")
        if isinstance(each, s.AttList):
            found |= _find_choices(each, inside=chosen)
        elif isinstance(each, s.AttDef) and chosen:
            found.add(each.ident)
    return found


def _list_definitions(listed: s.AttList | None) -> Iterator[tuple[str, str | None]]:
    """The attributes that an element defines, each with its mode."""
    for each in listed.children if listed else ():
        if isinstance(each, s.AttList):
            yield from _list_definitions(each)
        elif isinstance(each, s.AttDef):
            yield each.ident, each.mode
