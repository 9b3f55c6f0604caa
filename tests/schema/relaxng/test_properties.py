"""Random schemas and documents: the automaton agrees with the algorithm it comes from, over expat and over a tree alike."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from siglum.errors import SchemaError
from siglum.schema import relaxng
from siglum.schema.relaxng import tree_driver
from siglum.text.document import Document
from siglum.text.source import Source
from tests.schema.relaxng import clark
from tests.schema.relaxng.clark import Pattern, Tree
from tests.schema.relaxng.schemas import write

NAMES = st.sampled_from(["a", "b", "c"])
KEYS = st.sampled_from(["x", "y"])
VALUES = st.sampled_from(["", "u", "v", " u "])

values = st.one_of(
    st.just(("text",)), st.sampled_from([("value", "u"), ("value", "v"), ("choice", ("value", "u"), ("value", "v"))])
)
attributes = st.builds(lambda name, value: ("attribute", name, value), KEYS, values)


def _larger(inner: st.SearchStrategy[Pattern]) -> st.SearchStrategy[Pattern]:
    two = st.builds(lambda kind, a, b: (kind, a, b), st.sampled_from(["choice", "group", "interleave"]), inner, inner)
    one = st.builds(lambda a: ("oneOrMore", a), inner)
    maybe = st.builds(lambda a: ("choice", a, ("empty",)), inner)
    elements = st.builds(lambda name, content: ("element", name, content), NAMES, inner)
    return st.one_of(two, two, one, maybe, elements, elements)


contents = st.recursive(
    st.one_of(st.just(("text",)), st.just(("empty",)), st.just(("value", "u")), attributes, attributes), _larger, max_leaves=14
)
schemas = st.builds(lambda name, content: ("element", name, content), NAMES, contents)
documents = st.recursive(
    st.builds(lambda name, attrs: (name, tuple(attrs.items()), ()), NAMES, st.dictionaries(KEYS, VALUES, max_size=2)),
    lambda inner: st.builds(
        lambda name, attrs, children: (name, tuple(attrs.items()), tuple(children)),
        NAMES,
        st.dictionaries(KEYS, VALUES, max_size=2),
        st.lists(st.one_of(inner, st.sampled_from(["u", " ", "w"])), max_size=4),
    ),
    max_leaves=8,
)


def as_rng(p: Pattern) -> str:
    match p[0]:
        case "element" | "attribute":
            return f'<{p[0]} name="{p[1]}">{as_rng(p[2])}</{p[0]}>'
        case "value":
            return f"<value>{p[1]}</value>"
        case "oneOrMore":
            return f"<oneOrMore>{as_rng(p[1])}</oneOrMore>"
        case "choice" | "group" | "interleave":
            return f"<{p[0]}>{as_rng(p[1])}{as_rng(p[2])}</{p[0]}>"
    return f"<{p[0]}/>"


def as_xml(node: Tree) -> str:
    if isinstance(node, str):
        return escape(node)
    name, attrs, children = node
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attrs)
    return f"<{name}{written}>{''.join(map(as_xml, children))}</{name}>"


def merged(node: Tree) -> Tree:
    """Texts that stand side by side are one text."""
    if isinstance(node, str):
        return node
    children: list[Tree] = []
    for each in map(merged, node[2]):
        last = children[-1] if children else None
        if isinstance(each, str) and isinstance(last, str):
            children[-1] = last + each
        else:
            children.append(each)
    return node[0], node[1], tuple(children)


def load(pattern: Pattern) -> relaxng.Schema | None:
    """The schema, or None where clause 7 forbids it."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return relaxng.load(write(Path(folder), as_rng(pattern)), cache=False)
        except SchemaError:
            return None


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas, st.lists(documents, min_size=1, max_size=6))
def test_verdicts_are_those_of_the_algorithm(pattern: Pattern, trees: list[Tree]) -> None:
    schema = load(pattern)
    assume(schema is not None)
    assert schema is not None
    for tree in map(merged, trees):
        source = Source("document.xml", as_xml(tree).encode())
        expected = clark.valid(pattern, tree)
        found = schema.validate(source)
        assert (found == []) == expected, (as_rng(pattern), source.text)
        faults, total = tree_driver.find_faults(schema.automaton, Document(source, etree.fromstring(source.data)), 100)
        assert (total == 0) == expected, (as_rng(pattern), source.text)
        assert sorted(fault.kind for fault in faults) == sorted(fault.kind for fault in schema.faults(source)[0])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas, documents)
def test_a_file_gets_the_findings_of_its_bytes(pattern: Pattern, tree: Tree) -> None:
    schema = load(pattern)
    assume(schema is not None)
    assert schema is not None
    data = as_xml(tree).encode()
    whole = schema.validate(Source("document.xml", data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.xml"
        path.write_bytes(data)
        assert schema.validate_file(path, name="document.xml") == whole
    for one in whole:
        assert (one.line, one.message != "", one.help != "") == (1, True, True)
        assert one.column in range(1, len(data) + 1)
