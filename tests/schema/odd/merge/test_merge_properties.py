"""What holds whatever an ODD says: order, completeness, and that no mode but those agreed on is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from siglum.errors import FileError
from siglum.schema import p5
from siglum.schema.odd.assemble import Assembled, assemble
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.gather import list_attributes
from siglum.schema.odd.merge.inherit import settle_inheritance
from siglum.schema.odd.reach import find_unreachable
from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s

P5 = p5.find_release(p5.CURRENT)
ELEMENTS = [each.ident for each in P5.specs if isinstance(each, s.ElementSpec)]
CLASSES = [each.ident for each in P5.specs if isinstance(each, s.ClassSpec)]
ATTRIBUTES = ["n", "type", "xml:id", "rend", "when", "target", "who", "nonsense"]
MODES = ["add", "delete", "change", "replace", None]
in_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


def mode(value: str | None) -> str:
    return f' mode="{value}"' if value else ""


@st.composite
def value_lists(draw: st.DrawFn) -> str:
    items = draw(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(MODES)), max_size=3))
    inner = "".join(f'<valItem ident="{ident}"{mode(how)}/>' for ident, how in items)
    kind = draw(st.sampled_from([' type="closed"', ' type="semi"', ""]))
    return f"<valList{kind}{mode(draw(st.sampled_from(MODES)))}>{inner}</valList>"


@st.composite
def attribute_lists(draw: st.DrawFn) -> str:
    org = draw(st.sampled_from(["", "", ' org="choice"']))
    drawn = draw(st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(MODES), value_lists()), max_size=4))
    inner = "".join(f'<attDef ident="{ident}"{mode(how)} usage="req">{values}</attDef>' for ident, how, values in drawn)
    return f"<attList{org}>{inner}</attList>"


@st.composite
def specs(draw: st.DrawFn) -> str:
    kind, idents = draw(st.sampled_from([("elementSpec", ELEMENTS), ("classSpec", CLASSES)]))
    ident = draw(st.sampled_from([*idents[:40], "own"]))
    keys = draw(st.lists(st.sampled_from([*CLASSES[:60], "att.own"]), max_size=3))
    members = "".join(f'<memberOf key="{key}"{mode(draw(st.sampled_from(["delete", None])))}/>' for key in keys)
    classes = f"<classes{mode(draw(st.sampled_from(['change', 'replace', None])))}>{members}</classes>"
    parts = draw(st.permutations([classes, draw(attribute_lists())]))
    return f'<{kind} ident="{ident}" type="atts"{mode(draw(st.sampled_from(MODES)))}>{"".join(parts)}</{kind}>'


@st.composite
def odds(draw: st.DrawFn) -> str:
    modules = draw(st.permutations(["tei", "core", "header", "textstructure", "drama"]))
    refs = "".join(f'<moduleRef key="{each}"/>' for each in modules)
    return refs + "".join(draw(st.lists(specs(), max_size=6)))


def assembled(parts: str, folder: Path, compat: Compat = "guidelines") -> Assembled:
    path = folder / "some.odd"
    path.write_text(f'<TEI xmlns="{s.TEI}"><schemaSpec ident="some">{parts}</schemaSpec></TEI>', encoding="utf-8")
    return assemble(path, compat=compat, source=P5)


def lists(merged: s.Merged) -> Iterator[tuple[s.ElementSpec | s.ClassSpec, s.AttList]]:
    for each in merged.specs:
        if isinstance(each, s.ElementSpec | s.ClassSpec) and each.attributes is not None:
            yield each, each.attributes


@in_folder
@given(odd=odds(), compat=st.sampled_from(["guidelines", "reference"]))
def test_no_mode_is_left_but_those_agreed_on(odd: str, compat: Compat, tmp_path: Path) -> None:
    merged = assembled(odd, tmp_path, compat).merged
    for spec in merged.specs:
        assert spec.mode is None
        if isinstance(spec, s.ElementSpec | s.ClassSpec) and spec.classes is not None:
            assert spec.classes.mode is None
            assert all(each.mode is None for each in spec.classes.members)
    for owner, listed in lists(merged):
        agreed = {None, "replace", "delete"} if isinstance(owner, s.ElementSpec) else {None}
        for each in list_attributes(listed):
            assert each.mode in agreed
            values = each.val_list
            assert values is None or (values.mode is None and all(item.mode is None for item in values.items))


@in_folder
@given(odd=odds())
def test_findings_stand_in_the_odd_and_origins_too(odd: str, tmp_path: Path) -> None:
    made = assembled(odd, tmp_path)
    name = (tmp_path / "some.odd").as_posix()
    assert {each.path for each in made.findings} <= {name}
    assert all(each.line == 1 and each.column > 1 for each in made.findings)
    assert {each.place.path for each in made.origins.values()} <= {name}


@in_folder
@given(odd=odds())
def test_an_attribute_is_spoken_of_once(odd: str, tmp_path: Path) -> None:
    for owner, listed in lists(assembled(odd, tmp_path).merged):
        names = [(each.ns, each.ident) for each in list_attributes(listed)]
        assert len(names) == len(set(names)), owner.ident


@in_folder
@given(odd=odds())
def test_the_same_odd_gives_the_same(odd: str, tmp_path: Path) -> None:
    first, second = assembled(odd, tmp_path), assembled(odd, tmp_path)
    assert (first.merged, first.findings, dict(first.origins)) == (second.merged, second.findings, dict(second.origins))


@in_folder
@given(odd=odds())
def test_the_last_form_is_the_last(odd: str, tmp_path: Path) -> None:
    """What was put together can be built upon: settled once more, it is the same."""
    merged = assembled(odd, tmp_path).merged
    assert settle_inheritance(merged.specs, (), Report("guidelines")) == merged.specs


def test_all_modules_are_the_source(tmp_path: Path) -> None:
    made = assembled("".join(f'<moduleRef key="{each}"/>' for each in P5.modules), tmp_path)
    expected = settle_inheritance(P5.specs, (), Report("guidelines"))
    assert {(type(each), each.ident): each for each in made.merged.specs} == {
        (type(each), each.ident): each for each in expected
    }
    assert not made.findings
    assert not made.origins


@in_folder
@given(modules=st.permutations(P5.modules[:8]))
def test_specs_are_in_the_order_of_their_modules(modules: list[str], tmp_path: Path) -> None:
    found = assembled("".join(f'<moduleRef key="{each}"/>' for each in modules), tmp_path).merged.specs
    ranks = {each: (each != "tei", each != "core", place) for place, each in enumerate(modules)}
    places = {id(each): place for place, each in enumerate(P5.specs)}
    known = {(type(each), each.ident): places[id(each)] for each in P5.specs}
    order = [(ranks[each.module], isinstance(each, s.ElementSpec), known[type(each), each.ident]) for each in found]
    assert order == sorted(order)


@in_folder
@given(gone=st.lists(st.sampled_from(ELEMENTS), max_size=5, unique=True))
@example(gone=["egXML"])  # an element of another namespace
def test_what_is_deleted_is_as_what_was_not_taken(gone: list[str], tmp_path: Path) -> None:
    modules = [f'<moduleRef key="{each}" except="{" ".join(gone)}"/>' for each in P5.modules]
    deleted = "".join(f'<elementSpec ident="{each}" mode="delete"/>' for each in gone)
    whole = "".join(f'<moduleRef key="{each}"/>' for each in P5.modules)
    assert assembled("".join(modules), tmp_path).merged.specs == assembled(whole + deleted, tmp_path).merged.specs


@in_folder
@given(odd=odds())
def test_chaining_over_a_complete_odd_is_that_odd(odd: str, tmp_path: Path) -> None:
    """A second ODD that only takes all modules of the first says the same as the first."""
    lower = assembled(odd, tmp_path)
    modules = dict.fromkeys(each.module for each in lower.merged.specs)
    refs = "".join(f'<moduleRef key="{each}"/>' for each in modules)
    upper = tmp_path / "upper.odd"
    upper.write_text(
        f'<TEI xmlns="{s.TEI}"><schemaSpec ident="up" source="some.odd">{refs}</schemaSpec></TEI>', encoding="utf-8"
    )
    made = assemble(upper, source=P5).merged.specs
    assert {(type(each), each.ident): each for each in made} == {(type(each), each.ident): each for each in lower.merged.specs}


@in_folder
@given(written=st.text(alphabet='<>/"= abschemaSpecidnt#&;', max_size=60))
def test_whatever_stands_in_it_there_is_no_traceback(written: str, tmp_path: Path) -> None:
    path = tmp_path / "some.odd"
    path.write_text(f'<TEI xmlns="{s.TEI}"><schemaSpec ident="x">{written}</schemaSpec></TEI>', encoding="utf-8")
    made = assemble(path, source=P5)
    assert all(each.message and each.line >= 1 for each in made.findings)


def test_an_odd_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        assemble(tmp_path / "none.odd")


def test_groups_that_double_each_other_take_no_time(tmp_path: Path) -> None:
    groups = "".join(
        f'<specGrp xml:id="g{each}"><specGrpRef target="#g{each + 1}"/><specGrpRef target="#g{each + 1}"/></specGrp>'
        for each in range(60)
    )
    last = '<specGrp xml:id="g60"><elementSpec ident="x"/></specGrp>'
    path = tmp_path / "some.odd"
    schema = '<schemaSpec ident="x"><specGrpRef target="#g0"/></schemaSpec>'
    path.write_text(f'<TEI xmlns="{s.TEI}">{groups}{last}{schema}</TEI>', encoding="utf-8")
    assert [each.ident for each in assemble(path).merged.specs] == ["x"]


def test_a_grammar_is_taken_in_with_what_it_includes(tmp_path: Path) -> None:
    ns = 'xmlns="http://relaxng.org/ns/structure/1.0"'
    (tmp_path / "a.rng").write_text(
        f'<grammar {ns}><include href="b.rng"><define name="y"><empty/></define></include></grammar>', encoding="utf-8"
    )
    inner = '<define name="x"><text/></define><div><define name="y"><text/></define></div><start><ref name="x"/></start>'
    (tmp_path / "b.rng").write_text(f"<grammar {ns}>{inner}</grammar>", encoding="utf-8")
    added = f'<content><define {ns} name="model.pLike" combine="choice"><ref name="x"/></define></content>'
    made = assembled(f'<moduleRef url="a.rng" prefix="z_">{added}</moduleRef>', tmp_path)
    (grammar,) = made.merged.grammars
    assert not made.findings
    assert grammar.prefix == "z_"
    assert len(grammar.components) == 1
    assert "Include" not in repr(grammar.grammar)
    assert repr(grammar.grammar).count("name='y'") == 1
    assert {each.name for each in made.files} == {"some.odd", "a.rng", "b.rng"}


def test_an_element_may_be_reached_by_old_relax_ng(tmp_path: Path) -> None:
    rng = 'xmlns="http://relaxng.org/ns/structure/1.0"'
    start = f'<elementSpec ident="a"><content><ref {rng} name="b"/></content></elementSpec><elementSpec ident="b"/>'
    path = tmp_path / "some.odd"
    path.write_text(f'<schemaSpec xmlns="{s.TEI}" ident="x" start="a">{start}<elementSpec ident="c"/></schemaSpec>', "utf-8")
    merged = assemble(path).merged
    assert [each.message.partition("contain ")[2][:3] for each in find_unreachable(merged)] == ["`c`"]
    assert find_unreachable(replace(merged, start=("a", "c"))) == ()
