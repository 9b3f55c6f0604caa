"""Documents that name TEI's own schemas by their addresses are checked with them, without a network."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from siglum.check.document import check_paths
from siglum.check.verdict import Verdict
from siglum.schema.catalogue import CARRIED
from tests.schema.odd.test_oracles import verdicts

_SITE = "https://www.tei-c.org/"
_FILE = "<titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
_TEI = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>{_FILE}</fileDesc></teiHeader>
<text><body><p><castList/></p></body></text></TEI>
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "catalogue-cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "catalogue-data"))


def _named(*hrefs: str) -> str:
    return "".join(f'<?xml-model href="{each}"?>' for each in hrefs)


def _one(folder: Path, prolog: str, text: str = _TEI, **options: object) -> Verdict:
    path = folder / "a.xml"
    path.write_text(prolog + text, encoding="utf-8")
    (verdict,) = check_paths([path], select={"S001", "S002", "S010", "S011", "S012"}, **options)  # type: ignore[arg-type]
    return verdict


def _codes(verdict: Verdict) -> list[str]:
    return [each.code for each in verdict.findings]


@pytest.mark.parametrize("name", CARRIED)
def test_a_carried_schema_is_applied(tmp_path: Path, name: str) -> None:
    verdict = _one(tmp_path, _named(f"{_SITE}release/xml/tei/custom/schema/relaxng/{name}.rng"))
    expected = {"tei_all": ["S002"], "tei_drama": ["S002"]}
    assert _codes(verdict) == expected.get(name, ["S001"])
    told = [each.help.rpartition("; ")[2] for each in verdict.findings]
    reason = f"`castList` is not in this customisation: it is in the module drama, which {name} does not take"
    assert (told == [reason]) == (name not in expected)


def test_another_release_is_told(tmp_path: Path) -> None:
    verdict = _one(tmp_path, _named(f"{_SITE}Vault/P5/3.6.0/xml/tei/custom/schema/relaxng/tei_all.rng"))
    other, fault = verdict.findings
    assert (other.code, other.severity, other.column) == ("S012", "warning", 1)
    assert other.message == (
        "the document names tei_all of TEI P5 3.6.0, which siglum does not have: it was checked with that of 4.9.0a"
    )
    assert "P5/3.6.0/xml/tei/odd/p5subset.xml" in other.help
    assert fault.code == "S002"


def test_another_release_of_a_part_of_tei_cannot_be_made(tmp_path: Path) -> None:
    verdict = _one(tmp_path, _named(f"{_SITE}Vault/P5/3.6.0/xml/tei/custom/schema/relaxng/tei_lite.rng"))
    (other,) = [each for each in verdict.findings if each.code == "S012"]
    assert "3.6.0/xml/tei/custom/odd/tei_lite.odd" in other.help


@pytest.mark.parametrize("version", ["current", "4.9.0a", "4.9.0"])
def test_the_same_release_is_not_told(tmp_path: Path, version: str) -> None:
    address = f"{_SITE}Vault/P5/{version}/xml/tei/custom/schema/relaxng/tei_all.rng"
    assert _codes(_one(tmp_path, _named(address))) == ["S002"]


def test_one_that_is_not_carried_is_not_applied_and_that_is_said(tmp_path: Path) -> None:
    (found,) = _one(tmp_path, _named(f"{_SITE}release/xml/tei/custom/schema/relaxng/tei_jtei.rng")).findings
    assert (found.code, found.severity) == ("S010", "warning")
    assert "TEI's tei_jtei, which siglum does not carry" in found.message
    assert "current/xml/tei/custom/odd/tei_jtei.odd" in found.help


def test_other_files_of_tei_are_none_of_its_customisations(tmp_path: Path) -> None:
    (found,) = _one(tmp_path, _named(f"{_SITE}release/xml/tei/odd/p5subset.rng")).findings
    assert found.code == "S010"
    assert "is on a network" in found.message


def test_a_fault_is_told_once_though_the_schema_is_named_twice(tmp_path: Path) -> None:
    addresses = [f"{_SITE}{each}/xml/tei/custom/schema/relaxng/tei_all.rng" for each in ("release", "Vault/P5/4.9.0a")]
    assert _codes(_one(tmp_path, _named(*addresses, addresses[0].replace("https", "http")))) == ["S002"]


def test_the_caller_and_what_the_document_names_come_before_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "any.rnc").write_text("start = any\nany = element * { (attribute * { text } | any | text)* }\n")
    prolog = _named(f"{_SITE}release/xml/tei/custom/schema/relaxng/tei_all.rng")
    assert _codes(_one(tmp_path, prolog, default_schemas=[tmp_path / "any.rnc"])) == ["S002"]
    assert _codes(_one(tmp_path, prolog, schemas=[tmp_path / "any.rnc"])) == []


def test_real_documents_by_address_get_the_verdicts_of_jing(shared: Path, tmp_path: Path) -> None:
    """Each edition's document, with TEI's address for tei_all put at its top and whatever it named before taken away."""
    expected = verdicts(shared / "corpora", "tei_all")
    prolog = _named(f"{_SITE}release/xml/tei/custom/schema/relaxng/tei_all.rng").encode()
    (tmp_path / "pyproject.toml").touch()
    for path in (shared / "corpora").rglob("*.xml"):
        data = path.read_bytes().replace(b"<?xml-model ", b"<?was-model ")
        at = data.index(b"?>") + 2 if data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml ") else 0
        copy = tmp_path / path.relative_to(shared / "corpora")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data[:at] + prolog + data[at:] if path in expected else data)
    copies = {tmp_path / path.relative_to(shared / "corpora"): valid for path, valid in expected.items()}
    found = {Path(each.name): each for each in check_paths(list(copies), select={f"S{number:03}" for number in range(1, 13)})}
    codes = Counter(code for each in found.values() for code in set(_codes(each)))
    assert len(found) == 48
    assert not codes.keys() & {"S010", "S011", "S012"}
    said = {path: not [one for one in each.findings if one.code[0] in "SX"] for path, each in found.items()}
    assert {path.name for path in copies if said[path] != copies[path]} == set()
