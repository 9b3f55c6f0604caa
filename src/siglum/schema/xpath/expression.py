"""One expression, ready to be asked about elements: by lxml where XPath 1.0 says the same, by elementpath otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from siglum.schema.xpath.plain import compile_test, compile_value
from siglum.schema.xpath.tokens import Reading, read
from siglum.schema.xpath.values import (
    ROOT,
    ExpressionError,
    Parameters,
    TextAt,
    UnknownFunctionError,
    Value,
    evaluate_attribute,
    to_number,
)
from siglum.text.frozen import frozen
from siglum.text.tei import Element

if TYPE_CHECKING:
    from siglum.schema.xpath.newer import Newer

_PREFIX = "siglum-ns"
_PARAMETER = "siglum-parameter"
_ASKED = re.compile(rf"\${_PARAMETER}-[\w.-]+")
_READS_FILES = frozenset(
    """doc doc-available document collection uri-collection unparsed-text unparsed-text-lines unparsed-text-available
    environment-variable available-environment-variables load-xquery-module transform json-doc parse-xml""".split()
)
_FLEETING = frozenset(
    """current-date current-dateTime current-time implicit-timezone generate-id random-number-generator default-language
    default-collation format-date format-dateTime format-time format-integer format-number""".split()
)
"""Functions that depend on the moment, the machine or its locale."""
_OF_XPATH = frozenset({"fn", "xs", "math", "map", "array"})
"""Prefixes of functions that XPath itself has (XPath and XQuery Functions and Operators 3.1, 1.2)."""


@frozen
class Expression:
    """`is_true` is the effective boolean value, `value` the items, both for an element and the parameters of the run."""

    source: str
    is_true: Callable[[Element, Parameters], bool]
    value: Callable[[Element, Parameters], Value]


def parse_expression(source: str, namespace: str, prefixes: Mapping[str, str]) -> Expression:
    """Compile; `prefixes` are those in force where the expression stands. Raises ExpressionError."""
    reading = read(source, _PREFIX, _PARAMETER)
    forbidden = sorted(reading.functions & _READS_FILES)
    if forbidden:
        raise ExpressionError(f"{forbidden[0]}() reads another file, and a rendering may not depend on one")
    fleeting = sorted(reading.functions & _FLEETING)
    if fleeting:
        raise ExpressionError(f"{fleeting[0]}() does not give the same on every day and every machine, as a rendering has to")
    foreign = sorted(each for each in reading.functions if ":" in each and each.partition(":")[0] not in _OF_XPATH)
    if foreign:
        raise UnknownFunctionError(foreign[0])
    test, select = compile_test(source, namespace), compile_value(source, namespace)
    if test is None and select is None:
        return _choose_engine(source, reading, namespace, prefixes)
    later = cache(lambda: _choose_engine(source, reading, namespace, prefixes))
    return Expression(
        source,
        test or (lambda element, parameters: later().is_true(element, parameters)),
        select or (lambda element, parameters: later().value(element, parameters)),
    )


def _choose_engine(source: str, reading: Reading, namespace: str, prefixes: Mapping[str, str]) -> Expression:
    old = _old(source, reading, namespace, prefixes) if reading.is_old else None
    return old or _load_newer(source, namespace, prefixes)


# XPath 1.0


def _old(source: str, reading: Reading, namespace: str, prefixes: Mapping[str, str]) -> Expression | None:
    """None where it is no XPath 1.0 after all."""
    names = {prefix: uri for prefix, uri in prefixes.items() if prefix} | {_PREFIX: namespace}
    try:
        compiled = etree.XPath(reading.written or ".", namespaces=names)
    except etree.XPathError:
        return None

    wanted = [found.removeprefix(f"${_PARAMETER}-") for found in _ASKED.findall(reading.written)]

    def ask(element: Element, parameters: Parameters) -> Any:
        given = {f"{_PARAMETER}-{name}": _bind_parameters(name, element, parameters) for name in wanted}
        try:
            return compiled(element, **given)
        except etree.XPathError as error:
            raise ExpressionError(_explain_error(error)) from None

    return Expression(
        source,
        lambda element, parameters: bool(ask(element, parameters)),
        lambda element, parameters: _list_items(ask(element, parameters)),
    )


def _bind_parameters(name: str, element: Element, parameters: Parameters) -> Any:
    """What `$parameters?x` is: TEI Publisher's `root` is the root of the document, where nobody says otherwise."""
    if name in parameters:
        return evaluate_attribute(parameters, name, element)
    return [element.getroottree().getroot()] if name == ROOT else []


def _list_items(found: Any) -> Value:
    """What lxml gives, as items: a string that is a text node knows where it stands."""
    if isinstance(found, list):
        return tuple(each for one in found for each in _list_items(one))
    if isinstance(found, str):
        owner = getattr(found, "getparent", lambda: None)()
        if owner is not None and not getattr(found, "is_attribute", False):
            return (TextAt(owner, bool(getattr(found, "is_tail", False)), str(found)),)
        return (str(found),)
    if isinstance(found, bool):
        return ("true" if found else "false",)
    if isinstance(found, float):
        return (to_number(found),)
    return (found,) if isinstance(found, etree._Element) and isinstance(found.tag, str) else ()


def _explain_error(error: Exception) -> str:
    return f"XPath: {str(error).lower() or 'it cannot be answered'}"


# XPath 2.0 and later


def _load_newer(source: str, namespace: str, prefixes: Mapping[str, str]) -> Expression:
    from siglum.schema.xpath.newer import Newer  # elementpath takes 150 ms to import, and most do without

    made: Newer = Newer(source, namespace, dict(prefixes))
    return Expression(source, made.is_true, made.value)
