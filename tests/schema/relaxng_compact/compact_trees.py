"""Random schemas for the tests of readers and writers, and the forms in which two schemas are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import strategies as st

from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.prefixes import iter_parts

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
NAMESPACES = ("", "urn:a", "urn:b", "http://www.tei-c.org/ns/1.0")
FOREIGN = ("urn:a", "urn:notes", "http://relaxng.org/ns/compatibility/annotations/1.0")

_COMPOSITES = (s.Group, s.Interleave, s.Choice)


# Comparing


def canonical(node: Any) -> Any:
    """What neither syntax can tell apart is made alike: composites of one, and the namespace of values that are no names."""
    if isinstance(node, tuple):
        return tuple(canonical(each) for each in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    made = replace(node, **{each.name: canonical(getattr(node, each.name)) for each in fields(node) if each.compare})
    if isinstance(made, (*_COMPOSITES, s.NameChoice)):
        inner = made.names if isinstance(made, s.NameChoice) else made.patterns
        return inner[0] if len(inner) == 1 else made
    if isinstance(made, s.Value) and (made.type not in ("QName", "NOTATION") or ":" in made.value):
        return replace(made, ns="")
    return made


def renamed(node: Any) -> Any:
    """The tree with the addresses of XML files turned into those of compact ones, in canonical form."""
    if isinstance(node, tuple):
        return tuple(renamed(each) for each in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changes = {each.name: renamed(getattr(node, each.name)) for each in fields(node) if each.compare}
    if "href" in changes:
        changes["href"] = changes["href"].removesuffix(".rng").removesuffix(".rnc")
    return replace(node, **changes)


def all_notes(node: Any) -> Iterator[tuple[str, s.Notes]]:
    """Every node's kind and what is noted about it; prefixes are a matter of taste and left out."""
    yield type(node).__name__, bare_notes(node.notes)
    for part in iter_parts(node):
        yield from all_notes(part)


def bare_notes(notes: s.Notes) -> s.Notes:
    attributes = tuple(replace(each, prefix="") for each in notes.attributes)
    initial, following = (tuple(map(_bare, each)) for each in (notes.initial, notes.following))
    return s.Notes(notes.comments, attributes, initial, following)


def _bare(element: s.Annotation) -> s.Annotation:
    return replace(
        element,
        prefix="",
        attributes=tuple(replace(each, prefix="") for each in element.attributes),
        children=tuple(each if isinstance(each, str) else _bare(each) for each in element.children),
    )


# Making

words = st.sampled_from(("a", "b", "list", "element", "start", "div", "x.y-z", "ab_c", "é", "token"))
texts = st.text(st.sampled_from("ab \"'\\{}x7~#<>&\t\n\r]é𐌰"), max_size=12) | st.just("\\x{41}")
lines = st.text(st.sampled_from("ab #:x\\{}é"), min_size=1, max_size=8).map(str.strip).filter(bool)
comments = st.lists(lines, min_size=1, max_size=3).map("\n".join)


def attributes(namespaces: tuple[str, ...]) -> st.SearchStrategy[tuple[s.Attribute, ...]]:
    one = st.builds(s.Attribute, st.tuples(st.sampled_from(namespaces), words), texts)
    return st.lists(one, max_size=2, unique_by=lambda each: each.name).map(tuple)


def _merged(children: list[str | s.Annotation]) -> tuple[str | s.Annotation, ...]:
    """Texts that follow each other cannot be told from one text, empty ones from none."""
    merged: list[str | s.Annotation] = []
    for child in children:
        last = merged[-1] if merged else None
        if isinstance(child, str) and isinstance(last, str):
            merged[-1] = last + child
        elif child != "":
            merged.append(child)
    return tuple(merged)


documentation = st.builds(
    lambda text: s.Annotation((ANNOTATIONS, "documentation"), (), (text,) if text else ()),
    st.text(st.sampled_from("ab #\\x{41}\n\t\ré"), max_size=12),
)
foreign_names = st.tuples(st.sampled_from(("", *FOREIGN)), words)
foreign_attributes = attributes(("", *FOREIGN))
foreign_elements: st.SearchStrategy[s.Annotation] = st.recursive(
    st.builds(s.Annotation, foreign_names, foreign_attributes, texts.map(lambda text: _merged([text]))),
    lambda inner: st.builds(s.Annotation, foreign_names, foreign_attributes, st.lists(texts | inner, max_size=3).map(_merged)),
    max_leaves=3,
)
some_annotations = st.lists(documentation | foreign_elements, max_size=2).map(tuple)
some_comments = st.lists(comments, max_size=2).map(tuple)
notes = st.just(s.Notes()) | st.builds(s.Notes, some_comments, attributes(FOREIGN), some_annotations, some_annotations)
beside = st.just(s.Notes()) | st.builds(s.Notes, some_comments, attributes(FOREIGN), st.just(()), some_annotations)

names = st.builds(s.Name, st.sampled_from(NAMESPACES), words, notes=beside)
plain_names = st.recursive(
    names,
    lambda inner: st.builds(s.NameChoice, st.lists(inner, min_size=2, max_size=3).map(tuple), notes=notes),
    max_leaves=3,
)
namespaces_but = st.builds(s.NsName, st.sampled_from(NAMESPACES), st.none() | plain_names, notes=notes)
in_any = st.recursive(
    names | namespaces_but,
    lambda inner: st.builds(s.NameChoice, st.lists(inner, min_size=2, max_size=3).map(tuple), notes=notes),
    max_leaves=3,
)
name_classes = plain_names | in_any | st.builds(s.AnyName, st.none() | in_any, notes=notes)

values = st.one_of(
    st.builds(s.Value, texts, st.just(""), st.sampled_from(("token", "string")), notes=beside),
    st.builds(s.Value, texts.filter(lambda text: ":" not in text), st.just(XSD), st.just("date"), notes=beside),
    st.builds(
        lambda notes: s.Value("q:a", XSD, "QName", "", (("", ""), ("q", "urn:q")), notes=notes),
        beside,
    ),
)
params = st.builds(s.Param, words, texts, notes=beside)


def _data(inner: st.SearchStrategy[s.Pattern]) -> st.SearchStrategy[s.Data]:
    types = st.sampled_from((("", "string"), ("", "token"), (XSD, "int"), ("urn:types", "list"), ("", "odd")))
    return st.builds(
        lambda type_, params, except_, notes: s.Data(type_[0], type_[1], tuple(params), except_, notes=notes),
        types,
        st.lists(params, max_size=2),
        st.none() | inner,
        notes,
    )


leaves: st.SearchStrategy[s.Pattern] = st.one_of(
    st.builds(s.Text, notes=notes),
    st.builds(s.Empty, notes=notes),
    st.builds(s.NotAllowed, notes=notes),
    st.builds(s.Ref, words, notes=notes),
    st.builds(s.ParentRef, words, notes=notes),
    st.builds(s.ExternalRef, st.sampled_from(("a.rng", "b c.rng")), st.sampled_from(NAMESPACES), notes=notes),
    values,
    _data(values),
)


def _bigger(inner: st.SearchStrategy[s.Pattern]) -> st.SearchStrategy[s.Pattern]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(s.Element, name_classes, inner, notes=notes),
        st.builds(s.AttributePattern, name_classes, inner, notes=notes),
        *(st.builds(kind, several, notes=notes) for kind in (s.Group, s.Interleave, s.Choice)),
        *(st.builds(kind, inner, notes=notes) for kind in (s.Optional, s.ZeroOrMore, s.OneOrMore, s.List, s.Mixed)),
        _data(inner),
        grammars(inner),
    )


def _components(inner: st.SearchStrategy[s.Pattern], *, includes: bool) -> st.SearchStrategy[tuple[s.Component, ...]]:
    combine = st.sampled_from((None, "choice", "interleave"))
    simple: st.SearchStrategy[s.Component] = st.builds(s.Start, inner, combine, notes=notes)
    simple |= st.builds(s.Define, words, inner, combine, notes=notes)
    if includes:
        inside = _components(inner, includes=False)
        files = st.sampled_from(("a.rng", "dir/b.rng"))
        simple |= st.builds(s.Include, files, inside, st.sampled_from(NAMESPACES), notes=notes)
    divs = st.builds(s.Div, st.lists(simple, max_size=2).map(tuple), notes=notes)
    return st.lists(simple | divs, max_size=3).map(tuple)


def grammars(inner: st.SearchStrategy[s.Pattern]) -> st.SearchStrategy[s.Pattern]:
    return st.builds(s.Grammar, _components(inner, includes=True), notes=notes)


patterns: st.SearchStrategy[s.Pattern] = st.recursive(leaves, _bigger, max_leaves=8)


def _whole(pattern: s.Pattern) -> s.Pattern:
    """Nothing can follow the pattern that is the whole file, and what was before a value would come after it."""
    return replace(pattern, notes=replace(pattern.notes, following=()))


schemas = (patterns | grammars(patterns)).map(_whole)
