"""From an ODD to the texts of its schemas: grammars in several files, the mark at the top, TEI's own rules, damaged ODDs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from siglum.schema import relaxng
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.compile import Compiled, compile_odd, strip_version

TEI = "http://www.tei-c.org/ns/1.0"
SVG = "http://www.w3.org/2000/svg"
RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
SMALL = """<elementSpec ident="x" module="m"><content><elementRef key="y"/></content>{}</elementSpec>
<elementSpec ident="y" module="m"><content><textNode/></content></elementSpec>"""
RULE = """<constraintSpec ident="c" scheme="schematron"><constraint>
<assert xmlns="http://purl.oclc.org/dsdl/schematron" test="y">y!</assert></constraint></constraintSpec>"""


def odd(path: Path, inside: str, attributes: str = "") -> Path:
    path.write_text(f'<TEI xmlns="{TEI}"><schemaSpec ident="s" {attributes}>{inside}</schemaSpec></TEI>', encoding="utf-8")
    return path


def codes(made: Compiled) -> list[str]:
    return [each.code for each in made.findings]


def test_a_grammar_is_taken_in_with_what_it_refers_to(tmp_path: Path) -> None:
    """The result is one file, which can be put anywhere."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "path.rng").write_text(f'<element {RNG} name="path"><empty/></element>', encoding="utf-8")
    (tmp_path / "deep" / "own.rng").write_text(
        f'<grammar {RNG} ns="{SVG}"><start><ref name="g"/></start>'
        '<define name="g"><element name="g"><empty/></element></define></grammar>',
        encoding="utf-8",
    )
    (tmp_path / "deep" / "svg.rng").write_text(
        f'<grammar {RNG} ns="{SVG}"><define name="svg"><element name="svg">'
        '<externalRef href="path.rng"/><optional><externalRef href="own.rng"/></optional></element></define></grammar>',
        encoding="utf-8",
    )
    path = odd(tmp_path / "s.odd", '<moduleRef url="deep/svg.rng"/>', 'start="svg"')
    made = compile_odd(path, forms=["rng"])
    assert not made.findings
    assert {each.name for each in made.files} == {"s.odd", "svg.rng", "path.rng", "own.rng"}
    elsewhere = tmp_path / "s.rng"
    elsewhere.write_text(made.texts["rng"], encoding="utf-8")
    schema = relaxng.load(elsewhere, cache=False)
    for inside, valid in {"<path/>": True, "<path/><g/>": True, "<g/>": False, "": False}.items():
        document = tmp_path / "d.svg"
        document.write_text(f'<svg xmlns="{SVG}">{inside}</svg>', encoding="utf-8")
        assert (not schema.validate_file(document)) is valid


def test_a_grammar_that_leads_back_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.rng").write_text(
        f'<grammar {RNG}><define name="x"><element name="x"><externalRef href="a.rng"/></element></define></grammar>',
        encoding="utf-8",
    )
    (found,) = compile_odd(odd(tmp_path / "s.odd", '<moduleRef url="a.rng"/>', 'start="x"')).findings
    assert (found.code, found.line) == ("O007", 1)
    assert "a.rng → a.rng" in found.message


def test_the_version_of_siglum_does_not_make_a_schema_another_one(tmp_path: Path) -> None:
    made = compile_odd(odd(tmp_path / "s.odd", SMALL.format(""), 'start="x"'))
    for text in made.texts.values():
        older = text.replace("Made by siglum ", "Made by siglum 0.0.", 1)
        assert older != text
        assert strip_version(older) == strip_version(text)
        assert strip_version(older + "x") != strip_version(text)


def test_the_rules_of_tei_are_told_to_be_missing_once(tmp_path: Path) -> None:
    """They are where the source has them."""
    path = odd(tmp_path / "s.odd", '<moduleRef key="tei"/><moduleRef key="core"/>', 'start="p"')
    assert codes(compile_odd(path)).count("O023") == 1
    assert "O023" not in codes(compile_odd(path, forms=["rng"]))
    source = odd(tmp_path / "source.odd", SMALL.format(RULE))
    made = compile_odd(odd(tmp_path / "t.odd", '<moduleRef key="m"/>', f'start="x" source="{source.name}"'))
    assert "O023" not in codes(made)
    assert 'test="y"' in made.texts["sch"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("compat", ["guidelines", "reference"])
def test_a_damaged_odd_is_a_matter_of_findings(seed: int, compat: Compat, project_root: Path, tmp_path: Path) -> None:
    """Parts of a real ODD left out, doubled, moved, renamed: what comes of it is a schema, or an error with its place."""
    path = tmp_path / "damaged.odd"
    path.write_bytes(damaged((project_root / "schemas" / "red-book.odd").read_bytes(), random.Random(seed)))
    made = compile_odd(path, compat=compat)
    assert made.texts or any(each.severity == "error" for each in made.findings)
    assert all(each.line >= 1 and each.column >= 1 and each.message for each in made.findings)
    if made.texts:
        etree.fromstring(made.texts["sch"].encode())
        etree.fromstring(made.texts["rng"].encode())


def damaged(data: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(data)
    (schema,) = root.iter(f"{{{TEI}}}schemaSpec")
    for _ in range(5):
        parts = list(schema.iterdescendants("*"))
        one, other = chance.choice(parts), chance.choice(parts)
        match chance.randrange(4):
            case 0 if (around := one.getparent()) is not None:
                around.remove(one)
            case 1:
                other.append(etree.fromstring(etree.tostring(one, with_tail=False)))
            case 2:
                one.tag = other.tag
            case _:
                for key in list(one.attrib)[:1]:
                    one.set(key, str(next(iter(other.attrib.values()), "")))
    return etree.tostring(root)
