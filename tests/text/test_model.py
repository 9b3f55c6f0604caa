"""What stands before the root: the schemas a document names, and the root's name, at their places."""

from __future__ import annotations

import pytest

from siglum.text.source import Place, Source
from siglum.text.xml_model import RELAX_NG, Model, Prolog, prolog

_ROOT = "http://www.tei-c.org/ns/1.0}TEI"


def _prolog(text: str, encoding: str = "utf-8") -> Prolog:
    return prolog(Source("page.xml", text.encode(encoding)))


def _model(data: str) -> Model:
    (model,) = _prolog(f"<?xml-model {data}?><TEI/>").models
    return model


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_instructions_and_root_are_found(encoding: str) -> None:
    found = _prolog(
        f'<!-- <?xml-model href="no.rng"?> -->\n<?xml-model href="a.rng" schematypens="{RELAX_NG}"?>\n'
        '<!DOCTYPE TEI [<!ENTITY x "y">]>  <?xml-model type="application/relax-ng-compact-syntax" href=\'b.rnc\'?>'
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><?xml-model href="too-late.rng"?></TEI>',
        encoding,
    )
    assert found.root == _ROOT
    assert found.models == (Model("a.rng", RELAX_NG, Place(2, 1)), Model("b.rnc", "", Place(3, 35)))


@pytest.mark.parametrize(
    ("data", "is_relaxng", "is_remote"),
    [
        (f'href="a.xml" schematypens="{RELAX_NG}"', True, False),
        ('href="a.rng"', True, False),
        ('href="a.rnc?version=1"', True, False),
        ('href="a.xsd"', False, False),
        ('href="a.rng" schematypens="http://purl.oclc.org/dsdl/schematron"', False, False),
        ('href="https://example.org/a.rng"', True, True),
        ('href="//example.org/a.rng"', True, True),
        ('href="file:///a.rng"', True, False),
        ('href="http://[a.rng"', True, True),
        ("", False, False),
    ],
)
def test_the_kind_of_schema_is_told(data: str, is_relaxng: bool, is_remote: bool) -> None:
    model = _model(data)
    assert (model.is_relaxng, model.is_remote) == (is_relaxng, is_remote)


@pytest.mark.parametrize(
    ("data", "is_odd"),
    [
        ('href="a.odd"', True),
        ('href="a.ODD?x=1"', True),
        (f'href="a.odd" schematypens="{RELAX_NG}"', True),
        ('href="a.xml" schematypens="http://www.tei-c.org/ns/1.0"', True),
        ('href="a.odd" schematypens="http://purl.oclc.org/dsdl/schematron"', False),
        ('href="a.rng"', False),
        (f'href="a.xml" schematypens="{RELAX_NG}"', False),
        ("", False),
    ],
)
def test_a_customisation_is_told_from_a_schema(data: str, is_odd: bool) -> None:
    model = _model(data)
    assert model.is_odd == is_odd
    assert not (model.is_odd and model.is_relaxng)


def test_references_in_an_address_are_resolved() -> None:
    assert _model('href="a&amp;b&#x26;c&#38;d&#0;.rng"').href == "a&b&c&d&#0;.rng"


@pytest.mark.parametrize("text", ["", "Dear Sir,", "<?xml", "<!-- ", "<", "\0"])
def test_a_broken_beginning_has_no_root(text: str) -> None:
    assert _prolog(text) == Prolog("", ())


def test_a_broken_end_is_not_looked_at() -> None:
    assert _prolog('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p></TEI>').root == _ROOT
    assert _prolog("<stuff>" + "&no;").root == "stuff"


def test_a_long_beginning_is_read_to_its_end() -> None:
    assert _prolog("<!--" + "é" * 200_000 + "--><TEI/>").root == "TEI"
