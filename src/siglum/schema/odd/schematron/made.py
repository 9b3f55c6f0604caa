"""Rules that nobody wrote: what follows from the specs themselves (Guidelines 22.5, 22.4.5, 22.5.4.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from siglum.schema.odd.codes import make_finding
from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.schematron.bodies import Body, make_element, make_identifier
from siglum.schema.odd.schematron.gather import list_attributes
from siglum.schema.tagdocs.specs import (
    TEI,
    Alternate,
    AnyElement,
    AnySpec,
    AttDef,
    ClassSpec,
    Content,
    DataSpec,
    ElementSpec,
    Interleave,
    MacroSpec,
    Merged,
    Sequence,
    ValItem,
)

if TYPE_CHECKING:
    from lxml import etree

    from siglum.schema.odd.schematron.contexts import Contexts
    from siglum.text.diagnostic import Finding


def make_implied_rules(merged: Merged, contexts: Contexts, findings: list[Finding]) -> Body:
    """Reports on what is deprecated, on elements of other namespaces, on parameters that a behaviour does not have."""
    patterns: list[etree._Element] = []
    for spec in merged.specs:
        for kind, found in _make_patterns(spec, merged, contexts, findings):
            found.set("id", make_identifier(merged.ident, spec.ident, kind))
            patterns.append(found)
    return Body(patterns=tuple(patterns), places=(merged.place,) * len(patterns))


def _make_patterns(
    spec: AnySpec, merged: Merged, contexts: Contexts, findings: list[Finding]
) -> Iterator[tuple[str, etree._Element]]:
    """The patterns of a spec, with what they are called."""
    match spec:
        case ElementSpec():
            yield from (("validUntil", each) for each in _deprecate_element(spec, contexts))
            yield from (("validUntil", each) for each in _deprecate_attributes(spec, contexts, findings))
            yield from (("anyElement", each) for each in _test_namespaces(spec, merged, contexts))
            yield from (("paramList", each) for each in _test_parameters(spec, contexts))
        case ClassSpec():
            yield from (("validUntil", each) for each in _deprecate_class_attributes(spec, contexts, findings))
        case MacroSpec() | DataSpec():
            return
        case _:
            assert_never(spec)


def _make_pattern(context: str, kind: str, role: str, test: str, *message: str | etree._Element) -> etree._Element:
    said = make_element(kind, {"test": test, "role": role}, message)
    return make_element("pattern", {}, [make_element("rule", {"context": context}, [said])])


def _make_deprecation(context: str, test: str, what: str, until: str) -> etree._Element:
    """A report that does not make a document invalid; “<name/>” stands for the element."""
    message = (f"{what} of ", make_element("name", {}), f" is on its way out of the schema: it is valid until {until}.")
    return _make_pattern(context, "report", "nonfatal", test, *message)


def _deprecate_element(spec: ElementSpec, contexts: Contexts) -> Iterator[etree._Element]:
    if spec.valid_until:
        yield _make_deprecation(contexts.name(spec), "true()", "The element itself, the use", spec.valid_until)


def _deprecate_attributes(spec: ElementSpec, contexts: Contexts, findings: list[Finding]) -> Iterator[etree._Element]:
    for each in list_attributes(spec):
        name = contexts.attribute(each)
        if each.valid_until:
            yield _make_deprecation(contexts.name(spec), f"@{name}", f"The attribute {each.name}", each.valid_until)
        for item in _list_deprecated_items(each):
            findings.append(make_finding("O311", item.place, item.value, f"{spec.ident}/@{each.ident}", item.valid_until))
            if Deviation.VALUES_NOT_DEPRECATED in contexts.deviations:
                yield _deprecate_item(spec.ident, f"@{name} eq {_quote(item.ident)}", each, item)
            else:
                yield _deprecate_item(contexts.name(spec), _make_value_test(each, name, item), each, item)


def _deprecate_class_attributes(spec: ClassSpec, contexts: Contexts, findings: list[Finding]) -> Iterator[etree._Element]:
    for each in list_attributes(spec):
        deprecated = each.valid_until or _list_deprecated_items(each)
        context = contexts.make_bearer_context(spec, each) if deprecated else ""
        if not context:
            continue
        name = contexts.attribute(each)
        if each.valid_until:
            yield _make_deprecation(context, f"@{name}", f"The attribute {each.name}", each.valid_until)
        for item in _list_deprecated_items(each):
            findings.append(make_finding("O311", item.place, item.value, f"{spec.ident}/@{each.ident}", item.valid_until))
            if Deviation.VALUES_NOT_DEPRECATED not in contexts.deviations:
                yield _deprecate_item(context, _make_value_test(each, name, item), each, item)


def _list_deprecated_items(attribute: AttDef) -> list[ValItem]:
    return [each for each in attribute.val_list.items if each.valid_until] if attribute.val_list else []


def _deprecate_item(context: str, test: str, attribute: AttDef, item: ValItem) -> etree._Element:
    return _make_deprecation(context, test, f"The value “{item.value}” of the attribute {attribute.name}", item.valid_until)


def _make_value_test(attribute: AttDef, name: str, item: ValItem) -> str:
    """A test that XPath 1.0 knows too; an attribute that takes several values is looked at value by value."""
    if attribute.datatype is None or attribute.datatype.maximum == 1:
        return f"@{name} = {_quote(item.value)}"
    return f"contains(concat(' ', normalize-space(@{name}), ' '), {_quote(f' {item.value} ')})"


def _quote(value: str) -> str:
    """A literal of XPath 1.0, which has no way to write both quotation marks in one."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    pieces = ', "\'", '.join(f"'{each}'" for each in value.split("'"))
    return f"concat({pieces})"


def _test_namespaces(spec: ElementSpec, merged: Merged, contexts: Contexts) -> Iterator[etree._Element]:
    """anyElement/@require: which namespaces the elements in it may be in. TEI's own tools put this into the grammar only."""
    required = dict.fromkeys(uri for each in _list_any_elements(spec.content) for uri in each.require)
    if required and Deviation.REQUIRE_NOT_TESTED not in contexts.deviations:
        known = " or ".join(f"namespace-uri() = {_quote(uri)}" for uri in dict.fromkeys([*required, merged.ns, TEI]))
        test = f"descendant::*[not({known})]"
        listed = " or ".join(required)
        yield _make_pattern(
            contexts.name(spec), "report", "error", test, make_element("name", {}), f" takes elements of {listed} only."
        )


def _list_any_elements(content: Content | None) -> Iterator[AnyElement]:
    match content:
        case AnyElement():
            yield content
        case Sequence() | Alternate() | Interleave():
            for each in content.children:
                yield from _list_any_elements(each)
        case _:
            return


def _test_parameters(spec: ElementSpec, contexts: Contexts) -> Iterator[etree._Element]:
    """Values that list parameters: a `param` child of the element has one of their names (Guidelines 22.5.4.8)."""
    for attribute in list_attributes(spec):
        for item in attribute.val_list.items if attribute.val_list else ():
            if item.params:
                context = f"{contexts.sibling(spec, 'param')}[parent::{contexts.name(spec)}/"
                context += f"@{contexts.attribute(attribute)}={_quote(item.value)}]"
                test = " or ".join(f"@name={_quote(each)}" for each in item.params)
                known = f" is no parameter of “{item.value}”, which has: {', '.join(item.params)}."
                yield _make_pattern(context, "assert", "error", test, make_element("value-of", {"select": "@name"}), known)
