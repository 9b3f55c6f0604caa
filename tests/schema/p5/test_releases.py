"""Which release an address means, what is said of those that are not known, and releases that a user adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.errors import SchemaError
from siglum.schema import p5
from siglum.schema.p5 import releases
from siglum.schema.tagdocs import specs as s


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the user's data."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    releases.load_source.cache_clear()
    return tmp_path / "siglum" / "p5"


def release(version: str) -> s.Source:
    return s.Source("TEI P5", version, ("core",), (s.ElementSpec("p", "core"),))


@pytest.mark.parametrize(
    ("address", "version"),
    [
        ("tei:4.9.0", "4.9.0"),
        ("TEI:4.9.0a", "4.9.0a"),
        ("tei:current", "current"),
        ("tei:", "current"),
        (" 4.9.0a ", "4.9.0a"),
        ("current", "current"),
        ("2.0", "2.0"),
        ("https://www.tei-c.org/Vault/P5/4.3.0/xml/tei/odd/p5subset.xml", "4.3.0"),
        ("http://tei-c.org/Vault/P5/4.3.0/", "4.3.0"),
        ("//www.tei-c.org/Vault/P5/current/xml/tei/odd/p5subset.xml", "current"),
        ("https://www.tei-c.org/release/xml/tei/odd/p5subset.xml", "current"),
        ("https://jenkins.tei-c.org/job/TEIP5/lastStableBuild/artifact/P5/release/xml/tei/odd/p5subset.xml", "current"),
        ("http://jenkins2.tei-c.org/job/TEIP5-dev/ws/P5/p5subset.xml", "current"),
        ("https://www.tei-c.org/guidelines/", None),
        ("https://tei-c.org.example/release/xml/tei/odd/p5subset.xml", None),
        ("p5subset.xml", None),
        ("../4.9.0/p5subset.xml", None),
        ("", None),
    ],
)
def test_what_an_address_asks_for(address: str, version: str | None) -> None:
    assert p5.requested_version(address) == version


@pytest.mark.parametrize("address", ["tei:4.9.0", "tei:4.9.0a", "4.9", "tei:current", "https://www.tei-c.org/Vault/P5/4.9.0/"])
def test_a_release_serves_for_its_draft_and_the_other_way_round(address: str) -> None:
    assert p5.find_release(address).version == "4.9.0a"


def test_the_very_release_is_preferred_and_current_is_the_newest() -> None:
    for version in ("4.9.0", "4.10.2", "4.10.0", "2.9.1"):
        p5.add_release(release(version))
    assert [each.version for each in p5.list_releases()] == ["4.10.2", "4.10.0", "4.9.0", "4.9.0a", "2.9.1"]
    asked = ("tei:4.9.0", "tei:4.9.0a", "tei:current", "tei:4.10", "tei:2.9.1")
    assert [p5.resolve_version(each) for each in asked] == ["4.9.0", "4.9.0a", "4.10.2", "4.10.2", "2.9.1"]


def test_an_unknown_release_says_which_are_known_and_how_to_add_it() -> None:
    with pytest.raises(SchemaError, match=r"TEI P5 4\.3\.0 is none of the releases that siglum knows: 4\.9\.0a") as caught:
        p5.find_release("tei:4.3.0")
    assert "https://www.tei-c.org/Vault/P5/4.3.0/xml/tei/odd/p5subset.xml" in caught.value.help
    assert "siglum p5 add" in caught.value.help


@pytest.mark.parametrize("address", ["tei:../../etc/passwd", "tei:latest", "letters.odd", "", "tei:" + "9" * 10_000])
def test_what_is_no_release_is_an_error(address: str) -> None:
    with pytest.raises(SchemaError):
        p5.find_release(address)


def test_a_release_is_added_read_again_and_removed(data_folder: Path) -> None:
    made = p5.add_release(release("4.3.0"))
    assert made.path == data_folder / "tei-4.3.0.p5"
    assert p5.find_release("tei:4.3.0") == release("4.3.0")
    p5.add_release(release("14.3.0"))
    assert p5.remove_release("4.3.0").path == made.path
    assert not made.path.exists()
    assert [each.version for each in p5.list_releases()] == ["14.3.0", "4.9.0a"]


@pytest.mark.parametrize("version", ["", "wibble", "4.9.0a"])
def test_what_is_not_added(version: str, data_folder: Path) -> None:
    with pytest.raises(SchemaError):
        p5.add_release(release(version))
    assert not data_folder.exists()


@pytest.mark.parametrize("version", ["4.9.0a", "4.3.0", ""])
def test_what_is_not_removed(version: str) -> None:
    with pytest.raises(SchemaError):
        p5.remove_release(version)
    assert p5.list_releases()[0].version == "4.9.0a"


def test_a_damaged_file_is_reported_and_not_trusted() -> None:
    made = p5.add_release(release("4.3.0"))
    made.path.write_bytes(made.path.read_bytes()[:-3])
    with pytest.raises(SchemaError, match="damaged") as caught:
        p5.find_release("tei:4.3.0")
    assert caught.value.where == str(made.path)


def test_a_file_under_a_wrong_name_is_reported() -> None:
    made = p5.add_release(release("4.3.0"))
    made.path.write_bytes(p5.pack(release("4.4.0")))
    with pytest.raises(SchemaError, match=r"says that it is TEI P5 4\.4\.0, not 4\.3\.0"):
        p5.find_release("tei:4.3.0")


@pytest.mark.parametrize("listed", [b"\xff\xfe\x00", b"../../x\n4.1.0\n", b""])
def test_a_damaged_list_does_no_harm(listed: bytes, data_folder: Path) -> None:
    p5.add_release(release("4.3.0"))
    (data_folder / "releases.txt").write_bytes(listed)
    assert p5.find_release("tei:current").version == "4.9.0a"
