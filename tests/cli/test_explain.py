"""`siglum explain`: the page of a code, and what is said where there is none."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from siglum.check import pages
from siglum.cli.explain import command
from siglum.text.diagnostic import CODES


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    result = _run(code.lower())
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{code} {pages.page(code).name}")
    assert pages.page(code).text in result.stdout


def test_several_codes_are_explained_one_after_the_other() -> None:
    said = _run("X001", "S010").stdout
    assert "X001 malformed-xml\n\nThe file is" in said
    assert "\n\nS010 unknown-schema (warning)\n\n" in said


@pytest.mark.parametrize(("topic", "meant"), [("S01", "S01"), ("I03", "I003"), ("X0001", "X001"), ("wibble", "lists what")])
def test_what_is_not_known_names_the_nearest(topic: str, meant: str) -> None:
    result = _run(topic)
    assert result.exit_code == 2
    assert f"nothing is known about “{topic}”" in result.stderr
    assert meant in result.stderr


def test_alone_it_lists_all_codes() -> None:
    lines = _run().stdout.splitlines()
    assert [line[:4] for line in lines] == list(CODES)


def test_the_book_is_all_of_it() -> None:
    assert _run("--all").stdout == pages.book()
