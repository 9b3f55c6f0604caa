"""Siglum's own models as users are shown them: an ODD that says what the table says, and renders as siglum does."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.convert.reading import Models, builder
from siglum.convert.reading.processing_model import default, shown
from siglum.convert.reading.tree import plain
from siglum.schema.odd.models import Model
from siglum.schema.odd.rendering import read_rendering
from siglum.text.document import parse
from siglum.text.edition import resolve
from siglum.text.source import Source
from tests.conftest import CommandLine

_DOCUMENT = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>
</teiHeader><text xml:lang="en"><body><p>He said <q>yes</q> to <persName ref="#x">Anna</persName> on <date>May</date>.</p>
<list><item>one</item></list></body></text></TEI>"""
_CHOSEN = ("persName", "p", "q", "list", "item", "date")


def test_some_elements_are_rendered_as_before(tmp_path: Path) -> None:
    path = tmp_path / "some.odd"
    path.write_text(shown.odd(_CHOSEN), encoding="utf-8")
    found = read_rendering(path)
    assert sorted(found.rules) == sorted(_CHOSEN)
    assert found.findings == ()
    for element, rules in found.rules.items():
        of_table = default.table().of(element)
        assert [each.behaviour for each in rules if isinstance(each, Model)] == [each.behaviour for each in of_table]
    edition = resolve(parse(Source("d.xml", _DOCUMENT)))
    usual, modelled = (builder(edition, models=each).tree() for each in (None, Models(found, ("web",))))
    assert plain(modelled.content) == plain(usual.content)


def test_all_of_them_are_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "all.odd"
    path.write_text(shown.odd(), encoding="utf-8")
    assert set(read_rendering(path).rules) == default.table().elements()


def test_every_element_can_be_asked_for() -> None:
    everything = sorted(default.table().elements())
    assert all(f'<elementSpec ident="{each}"' in shown.odd([each]) for each in everything)


def test_what_has_rules_of_its_own_says_so() -> None:
    assert "Of choice this is not all" in shown.odd(["choice", "p"])
    assert "not all" not in shown.odd(["p"])


def test_the_command(siglum: CommandLine, tmp_path: Path) -> None:
    done = siglum("odd", "models", "persName", "-o", "names.odd", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'ident="persName"' in (tmp_path / "names.odd").read_text(encoding="utf-8")
    wrong = siglum("odd", "models", "persname")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "TEI has no element “persname”: did you mean persName?" in wrong.stderr


@pytest.mark.parametrize("name", ["compile", "by-example", "diff", "models"])
def test_the_help_of_the_group_is_whole(siglum: CommandLine, name: str) -> None:
    line = next(each for each in siglum("odd", "--help").stdout.splitlines() if each.strip().startswith(f"{name} "))
    assert line.endswith(".")
    assert not line.endswith("...")
