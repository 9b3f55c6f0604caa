"""Content models by chance: what the schema accepts is what the model says when it is followed step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siglum.errors import SchemaError
from siglum.schema import relaxng
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.relaxng import compile_generated, generate_grammar
from siglum.schema.relaxng import write_compact, write_xml
from siglum.schema.relaxng.build import build
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.tagdocs import specs
from siglum.text.source import Source
from tests.schema.odd.language import differences

LETTERS = "abc"
WORDS = ["".join(word) for length in range(5) for word in product(LETTERS, repeat=length)]
MEMBERS = {"k": "ab", "l": "c", "none": ""}
_EACH: dict[specs.Expand | None, tuple[int, int | None]] = {
    "sequenceOptional": (0, 1),
    "sequenceRepeatable": (1, None),
    "sequenceOptionalRepeatable": (0, None),
}


def bounds() -> st.SearchStrategy[tuple[int, int | None]]:
    return st.tuples(st.integers(0, 3), st.integers(0, 3) | st.none()).filter(lambda at: at[1] is None or at[0] <= at[1])


def leaves() -> st.SearchStrategy[specs.Content]:
    element = st.builds(lambda key, at: specs.ElementRef(key, minimum=at[0], maximum=at[1]), st.sampled_from(LETTERS), bounds())
    class_ = st.builds(
        lambda key, expand, include, at: specs.ClassRef(key, expand, include, minimum=at[0], maximum=at[1]),
        st.sampled_from(["k", "l", "none"]),
        st.sampled_from(
            [None, "alternation", "sequence", "sequenceOptional", "sequenceRepeatable", "sequenceOptionalRepeatable"]
        ),
        st.none() | st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        bounds(),
    )
    return element | class_ | st.just(specs.MacroRef("m"))


def wrappers(inner: st.SearchStrategy[specs.Content]) -> st.SearchStrategy[specs.Content]:
    children = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(
        lambda kind, inside, at: kind(inside, minimum=at[0], maximum=at[1]),
        st.sampled_from([specs.Sequence, specs.Alternate]),
        children,
        bounds(),
    )


CONTENTS = st.recursive(leaves(), wrappers, max_leaves=5)


Step = Callable[[frozenset[int]], frozenset[int]]
"""From the places in a word where something may begin to those where it may have ended."""


def step(at: specs.Content, word: str) -> Step:
    """What a content model does to the places in a word; a regular expression would be as exact, but may take for ever."""
    match at:
        case specs.ElementRef():
            return repeated(letter(at.key, word), at.minimum, at.maximum)
        case specs.ClassRef():
            return repeated(members(at, word), at.minimum, at.maximum)
        case specs.MacroRef():
            return in_order([letter("a", word), repeated(letter("b", word), 0, 1)])
        case specs.Sequence():
            return repeated(in_order([step(each, word) for each in at.children]), at.minimum, at.maximum)
        case specs.Alternate():
            return repeated(one_of([step(each, word) for each in at.children]), at.minimum, at.maximum)
        case _:
            raise AssertionError(at)


def members(at: specs.ClassRef, word: str) -> Step:
    names = [each for each in MEMBERS[at.key] if at.include is None or each in at.include]
    if at.expand in {None, "alternation"} or (at.expand == "sequenceRepeatable" and not names):
        return one_of([letter(each, word) for each in names])
    minimum, maximum = _EACH.get(at.expand, (1, 1))
    return in_order([repeated(letter(each, word), minimum, maximum) for each in names])


def letter(key: str, word: str) -> Step:
    return lambda places: frozenset(place + 1 for place in places if word[place : place + 1] == key)


def in_order(steps: list[Step]) -> Step:
    return lambda places: reduce(lambda so_far, each: each(so_far), steps, places)


def one_of(steps: list[Step]) -> Step:
    return lambda places: frozenset().union(*(each(places) for each in steps))


def repeated(once: Step, minimum: int, maximum: int | None) -> Step:
    def ends(places: frozenset[int]) -> frozenset[int]:
        for _ in range(minimum):
            places = once(places)
        found = places
        for _ in range(len(WORDS[-1]) + 1 if maximum is None else maximum - minimum):
            places = once(places)
            found |= places
        return found

    return ends


def customisation(content: specs.Content) -> specs.Merged:
    def member(name: str) -> specs.Classes:
        return specs.Classes(tuple(specs.MemberOf(key) for key, names in MEMBERS.items() if name in names))

    macro = specs.Sequence((specs.ElementRef("a"), specs.ElementRef("b", minimum=0)))
    return specs.Merged(
        "s",
        start=("x",),
        specs=(
            *(specs.ElementSpec(each, classes=member(each)) for each in LETTERS),
            *(specs.ClassSpec(each, type="model") for each in MEMBERS),
            specs.MacroSpec("m", content=macro),
            specs.ElementSpec("x", content=content),
        ),
    )


def accepted(schema: relaxng.Schema, word: str) -> bool:
    inside = "".join(f"<{each}/>" for each in word)
    document = f'<x xmlns="{specs.TEI}">{inside}</x>'
    return not schema.validate(Source("x.xml", document.encode()))


@settings(max_examples=50)
@given(CONTENTS)
def test_the_schema_accepts_what_the_content_model_says(content: specs.Content) -> None:
    schema = relaxng.Schema(Path("x"), (), compile_generated(generate_grammar(customisation(content))))
    for word in WORDS:
        assert accepted(schema, word) == (len(word) in step(content, word)(frozenset({0}))), (word, content)


@settings(max_examples=50)
@given(CONTENTS, st.sampled_from(["guidelines", "reference"]))
def test_what_is_written_says_the_same(content: specs.Content, compat: Compat) -> None:
    made = generate_grammar(customisation(content), compat=compat)
    direct = compile_generated(made)
    for name, text in (("x.rng", write_xml.write_schema(made.grammar)), ("x.rnc", write_compact.write_schema(made.grammar))):
        assert not differences(direct, read(name, text))


def read(name: str, text: str) -> Grammar:
    return build(Source(name, text.encode()), Path(name))[0]


@settings(max_examples=50)
@given(CONTENTS, st.sets(st.sampled_from(["a", "b", "c", "k", "l", "m"])), st.sampled_from(["guidelines", "reference"]))
def test_whatever_is_absent_there_is_a_grammar(content: specs.Content, absent: set[str], compat: Compat) -> None:
    whole = customisation(content)
    left = specs.Merged("s", start=("x",), specs=tuple(each for each in whole.specs if each.ident not in absent))
    grammar = compile_generated(generate_grammar(left, compat=compat))
    names = {name for name, _ in grammar.elements if isinstance(name, str)}
    assert not names & {f"{specs.TEI}}}{each}" for each in absent}


@settings(max_examples=50)
@given(CONTENTS)
def test_the_same_customisation_gives_the_same_bytes(content: specs.Content) -> None:
    one, other = (write_xml.write_schema(generate_grammar(customisation(content)).grammar) for _ in range(2))
    assert one == other


def test_copies_of_copies_of_copies_do_not_fill_the_memory() -> None:
    content: specs.Content = specs.ElementRef("a")
    for _ in range(12):
        content = specs.Sequence((content, specs.ElementRef("b")), minimum=300, maximum=390, place=specs.Place("s.odd", 3, 1))
    made = generate_grammar(customisation(content))
    assert {each.code for each in made.findings} == {"O218"}
    assert len(write_xml.write_schema(made.grammar)) < 5_000_000


def test_a_million_values_do_not_fill_the_memory() -> None:
    datatype = specs.Datatype(specs.DataRef(name="token"), minimum=1_000_000, maximum=2_000_000)
    attributes = specs.AttList((specs.AttDef("n", datatype=datatype),))
    merged = specs.Merged("s", start=("x",), specs=(specs.ElementSpec("x", attributes=attributes),))
    assert len(write_xml.write_schema(generate_grammar(merged).grammar)) < 100_000


def test_circles_are_refused_and_do_not_hang() -> None:
    member = specs.Classes((specs.MemberOf("k"),))
    circle = specs.ClassSpec("k", type="model", classes=member)
    around = specs.ClassSpec("att", type="atts", classes=specs.Classes((specs.MemberOf("att"),)))
    data = specs.DataSpec("d", content=specs.DataRef("d"))
    attribute = specs.AttDef("n", datatype=specs.Datatype(specs.DataRef("d")))
    element = specs.ElementSpec(
        "x",
        content=specs.ClassRef("k"),
        classes=specs.Classes((specs.MemberOf("att"),)),
        attributes=specs.AttList((attribute,)),
    )
    made = generate_grammar(specs.Merged("s", start=("x",), specs=(circle, around, data, element)))
    with pytest.raises(SchemaError, match="contains itself"):
        compile_generated(made)
