"""Real editions: what is found in them has been looked at, one by one; nothing else may be found, and nothing may fail."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from siglum.check.codes import CODES
from siglum.check.document import check_paths
from siglum.check.verdict import Verdict

_RULES = frozenset(code for code in CODES if code[0] in "XI")


@pytest.fixture(scope="module")
def verdicts(shared: Path) -> list[Verdict]:
    return list(check_paths([shared / "corpora"], select=_RULES))


def test_what_the_rules_find_in_them_is_real(verdicts: list[Verdict]) -> None:
    """No false alarm is among these.

    The diary points into an authority file that it does not have; the inscriptions to categories that their taxonomy
    renamed; two of the Latin files are TEI P4, and three declare references to units that they do not have.
    """
    found = Counter((Path(each.path).parent.name, each.code) for verdict in verdicts for each in verdict.findings)
    assert found == {
        ("isicily", "I003"): 9,
        ("latin", "I027"): 3,
        ("latin", "X004"): 2,
        ("schnitzler", "I003"): 106,
        ("schnitzler", "I004"): 9,
    }


def test_only_the_parts_that_are_included_are_passed_over(verdicts: list[Verdict]) -> None:
    assert sorted(Path(each.name).name for each in verdicts if each.passed_over) == ["ISicily-taxonomies.xml", "charDecl.xml"]


def test_every_finding_is_where_it_says(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        for finding, shown in verdict.excerpts.items():
            start = shown.text[shown.caret :]
            if finding.code == "X004":
                assert start.startswith("<TEI.2")
            elif finding.code == "I027":
                assert start.startswith(("<state", "<refState"))
            else:
                assert start.startswith(finding.message.split()[0].strip("`@")), (finding, start)
