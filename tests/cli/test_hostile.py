"""Hostile and broken files through the real command line: one clear line each, the others still checked, never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">\n<text>{}</text>\n</TEI>\n'
_LAUGHS = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))


def _tei(content: str, before: str = "", encoding: str = "utf-8") -> bytes:
    return (before + _TEI.format(content)).encode(encoding)


FILES: dict[str, tuple[bytes, str]] = {
    "binary.xml": (bytes(range(256)) * 10, "X003"),
    "bomb.xml": (_tei("&h;", f'<!DOCTYPE TEI [<!ENTITY a "ha">{_LAUGHS}]>\n'), "X005"),
    "circle.xml": (_tei('<xi:include href="circle.xml"/>'), "X006"),
    "codec.xml": (_tei("", '<?xml version="1.0" encoding="hex"?>\n'), "X001"),
    "cut-off.xml": (_tei("<p>")[:-20], "X001"),
    "deep.xml": (_tei("<div>" * 10_000 + "</div>" * 10_000), "X005"),
    "device.xml": (_tei("", '<?xml-model href="/dev/zero" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'), "S011"),
    "empty.xml": (b"", "X003"),
    "external-dtd.xml": (_tei("&secret;", '<!DOCTYPE TEI SYSTEM "outside.dtd">\n'), "X005"),
    "external-entity.xml": (_tei("&a;", '<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'), "X005"),
    "huge.xml": (_tei(f'<p n="{"x" * 11_000_000}"/>', "<!DOCTYPE TEI>"), "X005"),
    "latin-1.xml": (_tei("café", encoding="latin-1"), "X001"),
    "network.xml": (_tei('<xi:include href="https://example.org/a.xml"/>'), "X006"),
    "nul.xml": (_tei("a\0b"), "X003"),
    "old.xml": (b"<TEI.2/>", "X004"),
    "old-mac.xml": (_tei("<p>\n<q></p>").replace(b"\n", b"\r"), "X001"),
    "outside.xml": (_tei('<xi:include href="../../../../../../etc/passwd" parse="text"/>'), "X006"),
    "parameter.xml": (_tei("", '<!DOCTYPE TEI [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>\n'), "X005"),
    "part-missing.xml": (_tei('<xi:include href="none.xml"/>'), "X006"),
    "plain.xml": (b"Ein Brief", "X003"),
    "remote-schema.xml": (_tei("", '<?xml-model href="http://example.org/tei.rng"?>\n'), "S010"),
    "terminal.xml": (_tei('<p xml:id="\u009b31m"/>'), "I002"),
    "utf-16.xml": (_tei("<q></p>", encoding="utf-16"), "X001"),
}
"""Each file with the one code that is found in it."""

SOUND: dict[str, bytes] = {
    "bom.xml": b"\xef\xbb\xbf" + _tei("é"),
    "dtd-not-needed.xml": _tei("é", '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">\n'),
    "fallback.xml": _tei('<xi:include href="none.xml"><xi:fallback><p/></xi:fallback></xi:include>'),
    "sound-16.xml": _tei("é", '<?xml version="1.0" encoding="UTF-16"?>\n', "utf-16"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All of them in one folder, and files of other kinds that they ask for."""
    (tmp_path / "siglum.toml").write_text("")
    for name, data in {**{name: data for name, (data, _) in FILES.items()}, **SOUND}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "outside.dtd").write_text('<!ENTITY secret "LEAKED">')
    (tmp_path / "nothing").mkdir()
    return tmp_path


def test_each_is_one_line_and_none_stops_the_others(siglum: CommandLine, folder: Path) -> None:
    (folder / "any.rnc").write_text("start = any\nany = element * { (attribute * { text } | any | text)* }\n")
    (folder / "siglum.toml").write_text('schemas = ["any.rnc"]\n')
    done = siglum("validate", ".", "none.xml", "nothing", cwd=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "root:" not in done.stdout
    assert "LEAKED" not in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x9b" not in done.stdout
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("  ")]
    found = [(line.split(":")[0], line.split(": ")[1].split()[0]) for line in lines]
    expected = {name: code for name, (_, code) in FILES.items() if code != "S010"}
    assert found == [*sorted(expected.items()), ("none.xml", "X002"), ("nothing", "X007")]
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["findings:", "errors"]


@pytest.mark.parametrize("name", FILES)
def test_each_alone_has_its_exit_code(siglum: CommandLine, folder: Path, name: str) -> None:
    done = siglum("validate", name, cwd=folder)
    assert "Traceback" not in done.stderr
    assert done.returncode == (0 if FILES[name][1] == "S010" else 1)


@pytest.mark.parametrize("command", ["export", "cite", "list"])
@pytest.mark.parametrize("name", ["bomb.xml", "binary.xml", "external-dtd.xml", "codec.xml", "none.xml"])
def test_other_commands_say_why_they_cannot(siglum: CommandLine, folder: Path, command: str, name: str) -> None:
    arguments = {"export": ["--to", "text"], "cite": ["--to", "text"], "list": ["--to", "json"]}[command]
    subject = ["quotations", name] if command == "list" else [name]
    done = siglum(command, *subject, *arguments, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"siglum: {name}")
    assert "Traceback" not in done.stderr


def test_a_schema_that_cannot_be_used_ends_the_run(siglum: CommandLine, folder: Path) -> None:
    (folder / "broken.rng").write_text("<grammar")
    for schema in ("none.rng", "broken.rng", "plain.xml", "binary.xml", "nothing"):
        done = siglum("validate", "bom.xml", "--schema", schema, cwd=folder)
        assert done.returncode == 2, schema
        assert done.stderr.startswith(f"siglum: {schema}"), (schema, done.stderr)
        assert "Traceback" not in done.stderr


def test_nothing_to_check_ends_the_run(siglum: CommandLine, folder: Path) -> None:
    done = siglum("validate", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("siglum: there is nothing to check\n")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are text on this system")
def test_a_file_name_that_is_no_text_breaks_nothing(siglum: CommandLine, folder: Path) -> None:
    named = os.fsencode(folder / "nothing") + b"/bad-\xff-\x1b[31m.xml"
    Path(os.fsdecode(named)).write_bytes(b"<TEI>")
    for format_ in ("text", "json"):
        done = siglum("validate", "nothing", "--format", format_, cwd=folder)
        assert done.returncode == 1
        assert "X001" in done.stdout
        assert "\x1b" not in done.stdout
