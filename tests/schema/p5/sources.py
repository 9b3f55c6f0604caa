"""Random sources: specs of every kind with all that can be in them, for the property tests of this folder."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from siglum.schema.relaxng import syntax as rng
from siglum.schema.tagdocs import specs as s

words = st.sampled_from(["", "a", "b", "model.pLike", "att.global", "xml:id", "é“<&", "x\n"])
idents = st.sampled_from(["a", "b", "item", "of", "model.pLike", "7"])
modes = st.sampled_from([None, *get_args(s.Mode)])
lists_of_words = st.none() | st.lists(words, max_size=2).map(tuple)
places = st.builds(s.Place, words, st.integers(0, 9), st.integers(0, 9))


def counted(class_: Any, *parts: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    low, high = st.integers(0, 3), st.none() | st.integers(0, 3)
    return st.builds(class_, *parts, **named, minimum=low, maximum=high, place=places)


def several(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3).map(tuple)


patterns: st.SearchStrategy[Any] = st.recursive(
    st.builds(rng.Ref, idents)
    | st.builds(rng.Text)
    | st.builds(rng.Data, words, idents, several(st.builds(rng.Param, idents, words)))
    | st.builds(rng.Value, words, words, idents, words, st.just((("", "urn:a"), ("p", "urn:b")))),
    lambda inner: st.one_of(
        st.builds(rng.Group, several(inner)),
        st.builds(rng.ZeroOrMore, inner),
        st.builds(rng.Element, st.builds(rng.AnyName, st.none() | st.builds(rng.NsName, words)), inner),
        st.builds(rng.AttributePattern, st.builds(rng.Name, words, idents, words), inner),
        st.builds(rng.Grammar, several(st.builds(rng.Define, idents, inner, st.sampled_from([None, "choice"])))),
    ),
    max_leaves=4,
)
items = st.builds(s.ValItem, idents, words, modes, words, several(idents), place=places)
val_lists = st.builds(s.ValList, several(items), st.sampled_from([None, *get_args(s.ListType)]), modes, place=places)
leaves = st.one_of(
    st.builds(s.TextNode, place=places),
    st.builds(s.Empty, place=places),
    counted(s.ElementRef, idents),
    counted(s.MacroRef, idents),
    counted(s.ClassRef, idents, st.sampled_from([None, *get_args(s.Expand)]), lists_of_words, lists_of_words),
    counted(s.DataRef, words, words, words, words, several(st.tuples(words, words))),
    counted(s.AnyElement, several(words), several(words), several(words)),
    st.builds(s.Rng, patterns, place=places),
    val_lists,
)
contents: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        counted(s.Sequence, several(inner), st.booleans()),
        counted(s.Alternate, several(inner)),
        counted(s.Interleave, several(inner)),
    ),
    max_leaves=5,
)
constraints = several(st.builds(s.Constraint, idents, words))
definitions = st.builds(
    s.AttDef,
    idents,
    words,
    modes,
    st.sampled_from([None, *get_args(s.Usage)]),
    words,
    st.none() | counted(s.Datatype, st.none() | contents),
    st.none() | words,
    st.none() | val_lists,
    constraints,
    words,
    place=places,
)
attributes: st.SearchStrategy[Any] = st.recursive(
    definitions | st.builds(s.AttRef, words, words, place=places),
    lambda inner: st.builds(s.AttList, several(inner), st.sampled_from(["group", "choice"]), place=places),
    max_leaves=4,
)
att_lists = st.none() | st.builds(s.AttList, several(attributes), st.sampled_from(["group", "choice"]), place=places)
members = st.builds(s.MemberOf, idents, modes, st.integers(0, 3), st.none() | st.integers(0, 3), place=places)
memberships = st.none() | st.builds(s.Classes, several(members), modes, place=places)
common: dict[str, st.SearchStrategy[Any]] = {
    "ident": idents,
    "module": words,
    "mode": modes,
    "source": words,
    "alt_ident": words,
    "prefix": st.none() | words,
    "constraints": constraints,
    "valid_until": words,
    "place": places,
}
content = st.none() | contents
specs = st.one_of(
    st.builds(
        s.ElementSpec,
        **common,
        ns=st.none() | words,
        classes=memberships,
        content=content,
        auto_prefix=st.booleans(),
        val_list=st.none() | val_lists,
        attributes=att_lists,
    ),
    st.builds(s.ClassSpec, **common, type=st.sampled_from([None, "model", "atts"]), classes=memberships, attributes=att_lists),
    st.builds(s.MacroSpec, **common, type=words, content=content, auto_prefix=st.booleans()),
    st.builds(s.DataSpec, **common, content=content, val_list=st.none() | val_lists),
)
sources = st.builds(s.Source, words, words, several(words), several(specs))
