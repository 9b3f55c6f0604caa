"""Elements that come and go, what a document may begin with, datatypes that are defined anew, and rules of Schematron."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.schema.odd.diff.change import Change
from siglum.schema.odd.diff.sides import Side
from siglum.schema.p5 import spelling
from siglum.schema.tagdocs import specs as s

_STARTS = ("TEI", "teiCorpus")


def compare_vocabularies(one: Side, other: Side) -> Iterator[Change]:
    """What changes of the names that there are."""
    yield from _compare_elements(one, other)
    yield from _compare_starts(one, other)
    yield from _compare_datatypes(one, other)
    yield from _compare_constraints(one, other)


def format_name(name: str) -> str:
    """An element's full name as people read it: with its namespace where that is not TEI's."""
    ns, _, local = name.rpartition("}")
    return local if ns == s.TEI else f"{local} (of {ns or 'no namespace'})"


def _compare_elements(one: Side, other: Side) -> Iterator[Change]:
    for name, specs in one.elements.items():
        if name not in other.elements:
            yield Change("element", "breaks", format_name(name), group=specs[0].module, before="allowed")
    for name, specs in other.elements.items():
        if name not in one.elements:
            yield Change("element", "allows", format_name(name), group=specs[0].module, after="allowed")


def _compare_starts(one: Side, other: Side) -> Iterator[Change]:
    before, after = _list_starts(one), _list_starts(other)
    for each in sorted(before - after):
        yield Change("start", "breaks", each, before="a document may begin with it")
    for each in sorted(after - before):
        yield Change("start", "allows", each, after="a document may begin with it")


def _list_starts(side: Side) -> set[str]:
    wanted = _STARTS if side.merged.start is None else side.merged.start
    return {each for each in wanted if each in side.lookup.elements}


def _compare_datatypes(one: Side, other: Side) -> Iterator[Change]:
    """Datatypes of one name that are not the same. Which of two is the wider is not decided, so that either can break."""
    for name, old in one.lookup.datatypes.items():
        new = other.lookup.datatypes.get(name)
        if new is not None and (old.content, old.val_list) != (new.content, new.val_list):
            yield Change("datatype", "breaks", name, before=_describe_datatype(old), after=_describe_datatype(new))


def _describe_datatype(spec: s.DataSpec) -> str:
    return "; ".join(each for each in (spelling.format_model(spec.content), spelling.format_values(spec.val_list)) if each)


def _compare_constraints(one: Side, other: Side) -> Iterator[Change]:
    before, after = _list_rules(one), _list_rules(other)
    for owner, ident in sorted(before.keys() | after.keys()):
        old, new = before.get((owner, ident)), after.get((owner, ident))
        if old is None:
            yield Change("constraint", "breaks", ident, group=owner, after="tested")
        elif new is None:
            yield Change("constraint", "allows", ident, group=owner, before="tested")
        elif old != new:
            yield Change("constraint", "breaks", ident, group=owner, before="tested", after="tested in another way")


def _list_rules(side: Side) -> dict[tuple[str, str], str]:
    """The rules of the ODD by where they stand and what they are called; the facts of TEI hold none."""
    found = {("", each.ident): _constraint_text(each) for each in side.merged.constraints}
    for spec in side.merged.specs:
        found |= {(spec.ident, each.ident): _constraint_text(each) for each in spec.constraints}
        if isinstance(spec, s.ElementSpec | s.ClassSpec):
            for name, each in _list_attribute_rules(spec.attributes):
                found[f"@{name} of {spec.ident}", each.ident] = _constraint_text(each)
    return found


def _list_attribute_rules(listed: s.AttList | None) -> Iterator[tuple[str, s.Constraint]]:
    for each in listed.children if listed else ():
        if isinstance(each, s.AttDef):
            yield from ((each.name, rule) for rule in each.constraints)
        elif isinstance(each, s.AttList):
            yield from _list_attribute_rules(each)


def _constraint_text(rule: s.Constraint) -> str:
    """The rule without what means nothing: where its lines break, and which prefixes are declared with it."""
    if rule.element is None:
        return ""
    from lxml import etree  # releases of TEI are compared without it

    written = etree.tostring(rule.element, method="c14n", exclusive=True, with_comments=False, with_tail=False)
    return " ".join(written.decode().split())
