"""TEI's own schemas by address: which are meant, and that those carried are the ones that TEI's tools make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from siglum.schema import p5, relaxng
from siglum.schema.catalogue import CARRIED, CURRENT, CustomisationAddress, find_customisation, load, make
from siglum.schema.catalogue.tables import RELEASE, TABLES
from siglum.schema.relaxng.cache import CachedGrammar
from siglum.schema.relaxng.fault import Kind
from siglum.schema.relaxng.schema import _BY_NAME
from siglum.text.source import Source
from tests.schema.odd.language import differences
from tests.schema.odd.test_language import theirs
from tests.schema.odd.test_oracles import verdicts, wrong

RELEASED = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/"


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that this room shares, and no releases but those shipped."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "catalogue-cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "catalogue-data"))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{RELEASED}tei_all.rng", CustomisationAddress("tei_all")),
        (f"{RELEASED}tei_all.rnc", CustomisationAddress("tei_all")),
        (f"{RELEASED}tei_all.rng?x=1", CustomisationAddress("tei_all")),
        ("http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_lite.rng", CustomisationAddress("tei_lite")),
        ("http://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng", CustomisationAddress("tei_all")),
        ("//tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng", CustomisationAddress("tei_all")),
        ("https://vault.tei-c.org/P5/current/xml/tei/custom/schema/relaxng/tei_all.rng", CustomisationAddress("tei_all")),
        ("https://vault.tei-c.de/P5/3.1.0/xml/tei/custom/schema/relaxng/tei_all.rng", CustomisationAddress("tei_all", "3.1.0")),
        ("https://www.tei-c.org/Vault/P5/current/xml/tei/custom/schema/relaxng/tei_all.rng", CustomisationAddress("tei_all")),
        (
            "HTTP://WWW.TEI-C.ORG/Vault/P5/4.9.0/xml/tei/custom/schema/relaxng/tei_all.rng",
            CustomisationAddress("tei_all", "4.9.0"),
        ),
        ("https://www.tei-c.org/Vault/P5/3.6.0/xml/tei/custom/odd/tei_jtei.odd", CustomisationAddress("tei_jtei", "3.6.0")),
        (
            "https://jenkins.tei-c.org/job/TEIP5/lastSuccessfulBuild/artifact/P5/release/xml/tei/custom/schema/relaxng/tei_all.rng",
            CustomisationAddress("tei_all"),
        ),
        ("https://example.org/release/xml/tei/custom/schema/relaxng/tei_all.rng", None),
        ("https://www.tei-c.org.example.org/release/xml/tei/custom/schema/relaxng/tei_all.rng", None),
        ("https://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd", None),
        ("https://epidoc.stoa.org/schema/latest/tei-epidoc.rng", None),
        ("tei_all.rng", None),
        ("", None),
    ],
)
def test_what_an_address_means(address: str, expected: CustomisationAddress | None) -> None:
    assert find_customisation(address) == expected


def test_a_table_for_each_that_is_carried() -> None:
    assert sorted((*TABLES, "tei_all")) == list(CARRIED)


@pytest.mark.parametrize("name", CARRIED)
def test_each_is_what_the_tools_make_of_it(name: str, shared: Path, tmp_path: Path) -> None:
    folder = shared / "oracles"
    packed = folder / "schemas" / "tei_all.rng.gz" if name == "tei_all" else folder / "odd" / name / f"{name}.rng.gz"
    assert not differences(load(CustomisationAddress(name), cache=False).schema.grammar, theirs(packed, tmp_path))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_verdicts_under_each_with_a_table(name: str, shared: Path) -> None:
    expected = verdicts(shared / "oracles" / "odd", name)
    assert len(expected) == 64
    assert not list(wrong(load(CustomisationAddress(name)).schema, expected))


def test_verdicts_on_the_corpora_under_all_of_p5(shared: Path) -> None:
    expected = verdicts(shared / "corpora", "tei_all")
    assert len(expected) == 48
    assert not list(wrong(load(CustomisationAddress("tei_all")).schema, expected))


@pytest.mark.parametrize(
    ("wanted", "is_other"),
    [
        (CustomisationAddress("tei_all"), False),
        (CustomisationAddress("tei_all", RELEASE), False),
        (CustomisationAddress("tei_all", "4.9.0"), False),
        (CustomisationAddress("tei_all", "3.6.0"), True),
        (CustomisationAddress("tei_bare", CURRENT), False),
        (CustomisationAddress("tei_bare", "4.9.0"), False),
        (CustomisationAddress("tei_bare", "2.0.0"), True),
    ],
)
def test_the_release_that_is_named_or_the_one_there_is(wanted: CustomisationAddress, is_other: bool) -> None:
    first, second = load(wanted), load(wanted)
    assert (first.version, first.is_other) == (second.version, second.is_other) == (RELEASE, is_other)


def test_it_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    compiled: list[CustomisationAddress] = []
    original = make.compile_grammar

    def counted(wanted: CustomisationAddress, main: Path) -> CachedGrammar:
        compiled.append(wanted)
        return original(wanted, main)

    monkeypatch.setattr(make, "compile_grammar", counted)
    grammars = [load(CustomisationAddress("tei_minimal")).schema.grammar.values() for _ in range(2)]
    assert compiled == [CustomisationAddress("tei_minimal")]
    assert grammars[0] == grammars[1]
    (entry,) = tmp_path.rglob("*.siglum")
    entry.write_bytes(entry.read_bytes()[:-9])
    load(CustomisationAddress("tei_minimal"))
    assert len(compiled) == 2


def test_a_release_that_is_added_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As from then on there is a newer one: the list of the releases has changed."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before = load(CustomisationAddress("tei_all", "9.1.0"))
    p5.add_release(replace(p5.find_release("tei:current"), version="9.1.0"))
    after = load(CustomisationAddress("tei_all", "9.1.0"))
    assert (before.version, before.is_other) == (RELEASE, True)
    assert (after.version, after.is_other) == ("9.1.0", False)
    assert load(CustomisationAddress("tei_all")).version == "9.1.0"
    assert load(CustomisationAddress("tei_lite")).version == RELEASE


def _help(schema: relaxng.Schema, body: str) -> list[str]:
    head = "<titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
    header = f"<teiHeader><fileDesc>{head}</fileDesc></teiHeader>"
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'
    return [each.help for each in schema.validate(Source("a.xml", text.encode()))]


def test_what_a_customisation_left_out_is_told_apart_from_what_nobody_knows() -> None:
    schema = load(CustomisationAddress("tei_bare")).schema
    (said,) = _help(schema, "<lg/>")
    assert said.endswith("; `lg` is not in this customisation: not taken by the moduleRef of tei_bare")
    (said,) = _help(schema, "<castList/>")
    assert said.endswith("`castList` is not in this customisation: it is in the module drama, which tei_bare does not take")
    assert _help(schema, '<p rend="x"/>')[0].endswith("@rend is removed from the class att.global.rendition by tei_bare")
    (said,) = _help(schema, "<para/>")
    assert "customisation" not in said


def test_all_of_tei_decides_nothing() -> None:
    assert load(CustomisationAddress("tei_all")).schema.provenance is not None
    assert not [
        each for each in _help(load(CustomisationAddress("tei_all")).schema, "<p><div/></p><para/>") if "tei_all" in each
    ]


def test_kinds_of_faults_by_name_are_known() -> None:
    assert {Kind.ELEMENT, Kind.ATTRIBUTE} == _BY_NAME
