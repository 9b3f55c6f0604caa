"""XPath in ODDs: the page beside this file, and lxml's answers held against elementpath's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from siglum.schema.xpath import Expression, ExpressionError, TextAt, Value, parse_expression
from siglum.schema.xpath.newer import Newer
from siglum.schema.xpath.plain import compile_test
from siglum.schema.xpath.tokens import read
from siglum.text.tei import Element

PAGE = (Path(__file__).parent / "expressions.md").read_text(encoding="utf-8")
TEI = "http://www.tei-c.org/ns/1.0"
PREFIXES = {"tei": TEI, "xs": "http://www.w3.org/2001/XMLSchema"}
PARAMETERS = {"mode": "print"}
ROWS = [
    [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
VALUES = [(row[0].strip("`"), row[1], row[2]) for row in ROWS if len(row) == 3]
FAULTS = [(row[0].strip("`"), row[1]) for row in ROWS if len(row) == 2]


@pytest.fixture(scope="module")
def paragraph() -> Element:
    found = re.search(r"```xml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return next(etree.fromstring(found.group(1)).iter(f"{{{TEI}}}p"))


def made(source: str) -> Expression:
    return parse_expression(source, TEI, PREFIXES)


def shown(value: Value) -> str:
    def one(item: Element | TextAt | str) -> str:
        if isinstance(item, TextAt):
            return f'"{item.text}"'
        return f"={item}" if isinstance(item, str) else etree.QName(item).localname

    return " ".join(map(one, value))


@pytest.mark.parametrize(("source", "engine", "value"), VALUES, ids=[each[0] for each in VALUES])
def test_the_page(paragraph: Element, source: str, engine: str, value: str) -> None:
    assert ("1" if read(source, "t", "v").is_old else "3") == engine
    assert shown(made(source).value(paragraph, PARAMETERS)) == value


@pytest.mark.parametrize(("source", "message"), FAULTS, ids=[each[0] for each in FAULTS])
def test_a_fault_is_told(paragraph: Element, source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as told:
        made(source).value(paragraph, PARAMETERS)
    assert message in str(told.value)


def test_a_text_knows_where_it_stands(paragraph: Element) -> None:
    for source in ("text()", "(text())"):
        first, last = made(source).value(paragraph, {})
        assert isinstance(first, TextAt)
        assert isinstance(last, TextAt)
        assert (first.owner, first.is_tail) == (paragraph, False)
        assert (last.owner, last.is_tail) == (paragraph[0], True)


steps = st.sampled_from(["hi", "*", "note", "p", "div", "node()", ".", "..", "ancestor::*", "self::p"])
ends = st.sampled_from(["hi", "text()", "@n", "@rend", "attribute::type", "node()", "div"])
tests = st.sampled_from(["", "", "[1]", "[@n]", "[@rend='b']", "[last()]", "[not(hi)]", "[hi or note]", "[position() > 1]"])
paths = st.builds(
    lambda parts, end: "/".join([*(f"{step}{test}" for step, test in parts), end]),
    st.lists(st.tuples(steps, tests), max_size=3),
    ends,
)
expressions = st.one_of(
    paths,
    st.builds("count({}) + {}".format, paths, st.integers(0, 9)),
    st.builds("{} | {}".format, paths, paths),
    st.builds("boolean({}) and not({})".format, paths, paths),
    st.builds("{} = {}".format, paths, paths),
    st.builds("concat(name({}), ' ', count({}))".format, st.just("."), paths),
)


@settings(max_examples=300, deadline=None)
@given(expressions)
def test_lxml_and_elementpath_agree(source: str) -> None:
    found = re.search(r"```xml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    at = next(etree.fromstring(found.group(1)).iter(f"{{{TEI}}}p"))
    newer = Newer(source, TEI, PREFIXES)
    assert shown(made(source).value(at, {})) == shown(newer.value(at, {})), source
    assert made(source).is_true(at, {}) == newer.is_true(at, {}), source


NAMES = st.sampled_from(["p", "hi", "div"])
ATTRIBUTES = st.sampled_from(["@rend", "@xml:id", "$parameters?mode", "$parameters?none"])
LITERALS = st.sampled_from(["'a'", '"b"', "'print'", "'it''s'", "''"])
PLAIN = st.recursive(
    st.one_of(
        NAMES,
        st.builds("{}::{}".format, st.sampled_from(["parent", "ancestor", "child"]), NAMES),
        ATTRIBUTES,
        st.builds("{} = {}".format, ATTRIBUTES, LITERALS),
        st.builds("{}=({}, {})".format, ATTRIBUTES, LITERALS, LITERALS),
        st.builds("starts-with(@rend, {})".format, LITERALS),
    ),
    lambda inner: st.one_of(
        st.builds("not({})".format, inner),
        st.builds("({})".format, inner),
        st.builds("{} and {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
    ),
    max_leaves=5,
)
ASKED_ABOUT = etree.fromstring(
    f"""<div xmlns="{TEI}"><p rend="a" xml:id="b"><hi/></p><p><hi rend="it's"><p rend=""/></hi></p><hi rend="print"><div/></hi>
    </div>"""
)


@given(PLAIN)
@settings(max_examples=150, deadline=None)
def test_what_is_read_plainly_says_what_an_engine_says(source: str) -> None:
    test = compile_test(source, TEI)
    assert test is not None
    engine = Newer(source, TEI, PREFIXES)
    for element in ASKED_ABOUT.iter(f"{{{TEI}}}*"):
        assert test(element, PARAMETERS) == engine.is_true(element, PARAMETERS), (source, element.tag)


@pytest.mark.parametrize(
    "source", ["@a/b", "p[1]", "@a = @b", "p/hi", "self::p", "last()", "x:p", "p |", "not(p", "@a='b' 'c'", ""]
)
def test_the_rest_is_left_to_the_engines(source: str) -> None:
    assert compile_test(source, TEI) is None


def test_a_parameter_may_depend_on_the_element() -> None:
    for source in ("$parameters?tag = 'hi'", "string($parameters?tag) = 'hi'", "$parameters?tag eq 'hi'"):
        asked = [made(source).is_true(each, {"tag": lambda element: etree.QName(element).localname}) for each in ASKED_ABOUT]
        assert asked == [False, False, True]
