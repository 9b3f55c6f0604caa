"""ODDs as schemas: what documents are told of them (`schemas_odd.md`), which are usable, when they are compiled anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siglum.check.document import check_paths
from siglum.errors import SchemaError
from siglum.schema.odd import assemble
from siglum.schema.odd.compile import compile_odd
from siglum.schema.odd.load import load_schema
from siglum.text.diagnostic import Finding
from siglum.text.source import Source

PAGE = Path(__file__).with_name("schemas_odd.md").read_text(encoding="utf-8")
CASES = re.findall(r"^## ([^\n]+)\n```xml\n(.*?)\n```\n(.*?)(?=^#|\Z)", PAGE, re.DOTALL | re.MULTILINE)
_FOUND = re.compile(r"^([A-Z]\d{3}) at “([^”]+)”: (.*)$", re.MULTILINE)
_FILE = "<titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
    + _FILE
    + "</fileDesc></teiHeader><text><body>{}</body></text></TEI>\n"
)
_ODD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="a" start="TEI">{}</schemaSpec></TEI>\n'
_MODULES = "".join(f'<moduleRef key="{each}"/>' for each in ("tei", "core", "header", "textstructure"))


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ODDs that were put together and not taken from the cache, by name."""
    names: list[str] = []
    original = assemble.assemble

    def counted(path: Path, **options: Any) -> assemble.Assembled:
        names.append(path.name)
        return original(path, **options)

    monkeypatch.setattr(assemble, "assemble", counted)
    return names


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _codes(odd: Path, body: str) -> list[str]:
    return [each.code for each in load_schema(odd).validate(Source("a.xml", _TEI.format(body).encode()))]


def test_the_page_is_read_whole() -> None:
    assert len(CASES) == PAGE.count("\n## ")
    assert sum(len(_FOUND.findall(expected)) for *_, expected in CASES) == PAGE.count(" at “")


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (odd,) = re.findall(r"```odd\n(.*?)```", PAGE, re.DOTALL)
    return _write(tmp_path_factory.mktemp("letters") / "letters.odd", odd)


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_documents_are_told_what_the_page_says(letters: Path, body: str, expected: str) -> None:
    text = _TEI.format(body)
    for schema in (load_schema(letters), load_schema(letters)):  # as compiled, and as kept
        found = schema.validate(Source("page.xml", text.encode()))
        told = _FOUND.findall(expected)
        start = text.index(body)
        places = [(code, text.index(words, start) + 1) for code, words, _ in told]
        assert [(each.code, each.column) for each in found] == places
        for each, (_, _, end) in zip(found, told, strict=True):
            assert each.help.endswith(end), each.help
            assert ("letters.odd" in each.help) == ("letters.odd" in end), each.help


_IN_P = (
    "abbr",
    "add",
    "corr",
    "date",
    "del",
    "emph",
    "foreign",
    "gap",
    "hi",
    "lb",
    "name",
    "num",
    "orig",
    "pb",
    "q",
    "ref",
    "term",
)


@settings(max_examples=12)
@given(gone=st.sets(st.sampled_from(_IN_P), max_size=6), taken=st.sets(st.sampled_from(_IN_P), min_size=1))
def test_whatever_is_taken_away_is_said_to_be_where_it_was(
    tmp_path_factory: pytest.TempPathFactory, gone: set[str], taken: set[str]
) -> None:
    """By a delete, one a line, or by not being in the include of the moduleRef; the names of nobody get no reason."""
    kept = sorted(taken | gone)
    core = f'<moduleRef key="core" include="p title {" ".join(kept)}"/>'
    modules = _MODULES.replace('<moduleRef key="core"/>', core)
    deletes = "".join(f'\n<elementSpec ident="{each}" mode="delete"/>' for each in sorted(gone))
    odd = _write(tmp_path_factory.mktemp("any") / "any.odd", _ODD.format(modules + deletes))
    reasons = {each: "not taken by the moduleRef of any.odd, line 1" for each in _IN_P if each not in kept}
    reasons |= {each: f"removed by any.odd, line {line}" for line, each in enumerate(sorted(gone), 2)}
    for each in (*_IN_P, "neither", "nor"):
        document = Source("a.xml", _TEI.format(f"<p><{each}/></p>").encode())
        told = [one.help.partition("not in this customisation: ")[2] for one in load_schema(odd).validate(document)]
        assert reasons.get(each, "") in told or (each in kept and not told), (each, told)


# --- which schema is an ODD


def _one(path: Path, **options: list[Path]) -> tuple[Finding, ...]:
    (verdict,) = check_paths([path], select={"S001", "S010", "S011"}, **options)  # type: ignore[arg-type]
    return verdict.findings


@pytest.mark.parametrize(
    "instruction",
    [
        'href="a.odd"',
        'href="a.odd" schematypens="http://relaxng.org/ns/structure/1.0"',
        'href="a.odd" schematypens="http://www.tei-c.org/ns/1.0"',
        'href="a.xml" schematypens="http://www.tei-c.org/ns/1.0"',
        'href="%61.odd?x=1"',
    ],
)
def test_an_xml_model_may_name_one(tmp_path: Path, instruction: str) -> None:
    for name in ("a.odd", "a.xml"):
        _write(tmp_path / name, _ODD.format(_MODULES + '<elementSpec ident="q" mode="delete"/>'))
    path = _write(tmp_path / "letter.xml", f"<?xml-model {instruction}?>\n" + _TEI.format("<p><q/></p>"))
    (found,) = _one(path)
    assert found.code == "S001"
    assert "removed by a." in found.help


@pytest.mark.parametrize("kind", ["http://purl.oclc.org/dsdl/schematron", "http://www.w3.org/2001/XMLSchema"])
def test_an_odd_named_as_something_else_is_not_asked(tmp_path: Path, kind: str) -> None:
    _write(tmp_path / "a.odd", _ODD.format(_MODULES))
    path = _write(tmp_path / "letter.xml", f'<?xml-model href="a.odd" schematypens="{kind}"?>' + _TEI.format("<p><quux/></p>"))
    (found,) = _one(path)
    assert found.code == "S001"
    assert "in this customisation" not in found.help


@pytest.mark.parametrize("name", ["a.odd", "a.ODD", "a.odd.xml", "a.xml"])
def test_one_that_is_given_is_known_by_its_name_or_its_root(tmp_path: Path, name: str) -> None:
    odd = _write(tmp_path / name, _ODD.format(_MODULES))
    path = _write(tmp_path / "letter.xml", _TEI.format("<p><quux/></p>"))
    for options in ({"schemas": [odd]}, {"default_schemas": [odd]}):
        assert [each.code for each in _one(path, **options)] == ["S001"]


def test_an_odd_and_its_rng_find_a_fault_once(tmp_path: Path) -> None:
    """What the ODD says is kept: it knows more."""
    odd = _write(tmp_path / "a.odd", _ODD.format(_MODULES + '<elementSpec ident="q" mode="delete"/>'))
    _write(tmp_path / "a.rng", compile_odd(odd, forms=["rng"]).texts["rng"])
    named = '<?xml-model href="a.rng"?><?xml-model href="a.odd"?>'
    (found,) = _one(_write(tmp_path / "letter.xml", named + _TEI.format("<p><q/></p>")))
    assert found.help.endswith("removed by a.odd, line 1")


# --- ODDs that cannot be used


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (_ODD.format('\n<moduleRef key="tie"/>'), "a.odd:2:1: O009 "),
        (_ODD.format('\n<moduleRef key="tei" source="none.xml"/>'), "a.odd:2:1: O007 "),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "a.odd:1:1: O001 "),
        ("<TEI>\n<p></TEI>", "a.odd:2:"),
        ("", "a.odd:1:1: X003 "),
    ],
)
def test_its_own_fault_is_named_at_its_place(tmp_path: Path, odd: str, said: str) -> None:
    path = _write(tmp_path / "letter.xml", '<?xml-model href="a.odd"?>' + _TEI.format("<p/>"))
    _write(tmp_path / "a.odd", odd)
    (found,) = _one(path)
    assert (found.code, found.line) == ("S011", 1)
    assert found.message.startswith('the schema "a.odd" cannot be used: ')
    assert said in found.message
    assert found.help
    with pytest.raises(SchemaError) as caught:
        _one(path, schemas=[tmp_path / "a.odd"])
    assert said in f"{caught.value.where}: {caught.value.message}"


def test_several_faults_are_counted(tmp_path: Path) -> None:
    odd = _write(tmp_path / "a.odd", _ODD.format('<moduleRef key="tie"/><moduleRef key="coer"/><moduleRef key="haeder"/>'))
    with pytest.raises(SchemaError) as caught:
        load_schema(odd)
    assert "and 2 more: siglum odd compile" in caught.value.help


def test_what_is_doubtful_in_it_is_not_repeated(tmp_path: Path) -> None:
    odd = _write(tmp_path / "a.odd", _ODD.format(_MODULES + '<elementSpec ident="none" mode="delete"/>'))
    assert assemble.assemble(odd).findings
    assert _one(_write(tmp_path / "letter.xml", _TEI.format("<p/>")), schemas=[odd]) == ()


# --- the cache


def test_it_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    odd = _write(tmp_path / "a.odd", _ODD.format(_MODULES))
    first, second = load_schema(odd), load_schema(odd)
    assert compiled == ["a.odd"]
    assert first.files == second.files
    assert first.files[0] == odd
    assert first.grammar.values()[:4] == second.grammar.values()[:4]


def test_a_change_in_it_or_in_a_group_or_in_an_odd_below_it_is_seen(tmp_path: Path, compiled: list[str]) -> None:
    base = _write(tmp_path / "base.odd", _ODD.format(_MODULES))
    group = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><specGrp>{}</specGrp></TEI>'
    _write(tmp_path / "group.xml", group.format('<elementSpec ident="q" mode="delete"/>'))
    schema = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="a" start="TEI" source="base.odd">{}</schemaSpec></TEI>'
    )
    inner = _MODULES + '<specGrpRef target="group.xml"/>'
    odd = _write(tmp_path / "a.odd", schema.format(inner))
    assert _codes(odd, "<p><q/><hi/></p>") == ["S001"]
    _write(
        tmp_path / "group.xml", group.format('<elementSpec ident="q" mode="delete"/><elementSpec ident="hi" mode="delete"/>')
    )
    assert _codes(odd, "<p><q/><hi/></p>") == ["S001", "S001"]
    _write(base, _ODD.format(_MODULES + '<elementSpec ident="abbr" mode="delete"/>'))
    assert _codes(odd, "<p><abbr/></p>") == ["S001"]
    _write(odd, schema.format(_MODULES))
    assert _codes(odd, "<p><q/><hi/></p>") == []
    assert compiled == ["a.odd"] * 4


def test_a_part_that_was_missing_and_comes_is_seen(tmp_path: Path, compiled: list[str]) -> None:
    part = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"><xi:fallback/></xi:include>'
    (tmp_path / "pyproject.toml").touch()
    odd = _write(tmp_path / "a.odd", _ODD.format(_MODULES + part))
    assert _codes(odd, "<p><q/></p>") == _codes(odd, "<p><q/></p>") == []
    _write(tmp_path / "part.xml", '<elementSpec xmlns="http://www.tei-c.org/ns/1.0" ident="q" mode="delete"/>')
    assert _codes(odd, "<p><q/></p>") == ["S001"]
    assert compiled == ["a.odd"] * 2


@pytest.mark.parametrize("damage", [b"", b"siglum", b"\x00" * 1000])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, compiled: list[str], damage: bytes) -> None:
    odd = _write(tmp_path / "a.odd", _ODD.format(_MODULES))
    load_schema(odd)
    (entry,) = (tmp_path / "caches").rglob("*.siglum")
    entry.write_bytes(damage)
    assert _codes(odd, "<p/>") == []
    entry.write_bytes(entry.read_bytes()[:-20] + b"x" * 20)
    assert _codes(odd, "<p/>") == []
    assert compiled == ["a.odd"] * 3


def test_an_odd_with_faults_is_not_kept(tmp_path: Path) -> None:
    odd = _write(tmp_path / "a.odd", _ODD.format('<moduleRef key="tie"/>'))
    for _ in range(2):
        with pytest.raises(SchemaError):
            load_schema(odd)
    assert not [*(tmp_path / "caches").rglob("*.siglum")]


def test_what_is_learnt_is_kept_beside_what_the_odd_decided(tmp_path: Path) -> None:
    odd = _write(tmp_path / "a.odd", _ODD.format(_MODULES + '<elementSpec ident="q" mode="delete"/>'))
    body = (
        "<p>"
        + "".join(f"<{each}/>" for each in ("hi", "abbr", "foreign", "emph", "title", "name", "num", "date", "term"))
        + "</p>"
    )
    for _ in range(3):
        schema = load_schema(odd)
        schema.validate(Source("a.xml", _TEI.format(body).encode()))
        (found,) = schema.validate(Source("a.xml", _TEI.format("<p><q/></p>").encode()))
        assert found.help.endswith("removed by a.odd, line 1")
        schema.keep()
