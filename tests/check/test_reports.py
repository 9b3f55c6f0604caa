"""Each format as its consumer wants it: the same verdicts told in every way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from siglum.check.codes import CODES
from siglum.check.reports import FORMATS, Look, load_report
from siglum.check.reports.statistics import Statistics
from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Excerpt, Finding, Severity

_NASTY = 'a, b: 100 %\r\n<c> & "d" ‘é’ ]]> \x1b[31m'
_FIRST = Finding("tei/a b,c.xml", 3, 5, "S001", Severity.ERROR, "`p` is not allowed", "remove it", 3, 8)
_LONG = Finding("tei/a b,c.xml", 4, 1, "I005", Severity.WARNING, "nothing calls the note", "call it", 6, 2)
_POINT = Finding("/project/tei/é:1.xml", 1, 1, "X001", Severity.ERROR, _NASTY)
_VERDICTS = (
    Verdict("tei/a b,c.xml", (_FIRST, _LONG), {_FIRST: Excerpt("    <p>…", 4, 3)}, further=7),
    Verdict("tei/sound.xml"),
    Verdict("tei/other.xml", passed_over=True),
    Verdict("/project/tei/é:1.xml", (_POINT,)),
    Verdict("/elsewhere/a.xml", (Finding("/elsewhere/a.xml", 2, 2, "X001", Severity.ERROR, "broken"),)),
)
_HERE = Look(here="/project")


def _told(form: str, verdicts: tuple[Verdict, ...] = _VERDICTS, look: Look = _HERE) -> str:
    return "".join(load_report(form)(iter(verdicts), look))


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_comes_piece_by_piece(form: str) -> None:
    taken = 0

    def verdicts() -> Iterator[Verdict]:
        nonlocal taken
        for each in _VERDICTS * 10:
            taken += 1
            yield each

    pieces = load_report(form)(verdicts(), Look())
    for _ in range(3):
        next(pieces)
    assert taken < 20


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "junit", "jsonl", "github", "text"])
def test_nothing_found_is_said_in_the_same_form(form: str) -> None:
    said = _told(form, (Verdict("tei/sound.xml"),))
    assert "S001" not in said or form == "sarif"
    if form in {"json", "gitlab", "sarif"}:
        json.loads(said)
    elif form == "junit":
        etree.fromstring(said.encode())
    else:
        assert said == ""


def test_text_marks_what_is_meant_under_the_line() -> None:
    said = _told("text", _VERDICTS[:1], Look(excerpts=True))
    assert said.splitlines()[:4] == [
        "tei/a b,c.xml:3:5: S001 `p` is not allowed",
        "    3 |     <p>…",
        "      |     ^^^",
        "  remove it",
    ]
    assert "7 more findings" in said
    assert "\x1b" not in _told("text")


@pytest.mark.parametrize(("caret", "length"), [(0, 3), (0, 90), (30, 5), (60, 5), (60, 30), (89, 1), (90, 1)])
def test_text_keeps_the_mark_under_its_line_on_a_terminal(caret: int, length: int) -> None:
    line = "".join(chr(0x3B1 + at % 17) for at in range(90))
    verdict = Verdict("tei/a b,c.xml", (_FIRST,), {_FIRST: Excerpt(line, caret, length)})
    _, shown, marks, *_ = _told("text", (verdict,), Look(excerpts=True)).splitlines()
    assert max(len(shown), len(marks)) <= 80
    at = marks.index("^")
    assert shown[at : at + 1] in {line[caret : caret + 1], "…"}
    assert shown[8:].strip("…") in line


def test_json_and_json_lines_hold_the_same() -> None:
    whole = json.loads(_told("json"))
    assert [json.loads(line) for line in _told("jsonl").splitlines()] == whole
    assert whole[0]["end_column"] == 8
    assert "end_column" not in whole[2]


def test_github_commands_escape_what_would_end_them() -> None:
    first, long, more, point, _ = _told("github").splitlines()
    assert first == (
        "::error file=tei/a b%2Cc.xml,line=3,endLine=3,title=siglum S001,col=5,endColumn=8::`p` is not allowed%0Aremove it"
    )
    assert long.startswith("::warning file=tei/a b%2Cc.xml,line=4,endLine=6,title=siglum I005::")
    assert more == "::notice file=tei/a b%2Cc.xml::7 more findings in this file are not shown"
    assert point.startswith("::error file=tei/é%3A1.xml,line=1,")
    assert point.endswith('::a, b: 100 %25%0D%0A<c> & "d" ‘é’ ]]> \x1b[31m')


def test_gitlab_fingerprints_stay_when_lines_move_and_tell_likes_apart() -> None:
    here = Finding("a.xml", 3, 1, "I001", Severity.ERROR, 'the xml:id "a" is given twice: first to `p`, line 2')
    moved = Finding("./a.xml", 9, 1, "I001", Severity.ERROR, 'the xml:id "a" is given twice: first to `p`, line 8')
    twice = json.loads(_told("gitlab", (Verdict("a.xml", (here, here)),)))
    (alone,) = json.loads(_told("gitlab", (Verdict("./a.xml", (moved,)),)))
    assert alone["fingerprint"] == twice[0]["fingerprint"] != twice[1]["fingerprint"]
    assert alone["location"]["path"] == "a.xml"
    assert alone["location"]["lines"] == {"begin": 9, "end": 9}
    assert alone["location"]["positions"]["begin"] == {"line": 9, "column": 1}


def test_gitlab_issues_have_what_gitlab_asks_for() -> None:
    for issue in json.loads(_told("gitlab")):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith("./")


def test_junit_is_a_suite_a_file_with_its_counts() -> None:
    root = etree.fromstring(_told("junit").encode())
    suites = {str(each.get("name")): each for each in root}
    assert list(suites) == ["tei/a b,c.xml", "tei/sound.xml", "tei/é:1.xml", "/elsewhere/a.xml"]
    first = suites["tei/a b,c.xml"]
    assert (first.get("tests"), first.get("failures")) == ("2", "1")
    assert [len(case.findall("failure")) for case in first.iter("testcase")] == [1, 0]
    assert first.findtext("system-out") == "7 more findings in this file are not shown"
    (passed,) = suites["tei/sound.xml"]
    assert (passed.get("name"), len(passed)) == ("valid", 0)
    (failure,) = suites["tei/é:1.xml"].iter("failure")
    assert failure.get("message") == _NASTY.replace("\x1b", "�")
    assert sum(int(str(each.get("tests"))) for each in root) == len(root.findall(".//testcase"))


@pytest.fixture
def sarif() -> Any:
    """The log file as it was read back."""
    return json.loads(_told("sarif"))


def test_sarif_has_the_frame_that_the_standard_asks_for(sarif: Any) -> None:
    assert sarif["version"] == "2.1.0"
    assert str(sarif["$schema"]).endswith("sarif-schema-2.1.0.json")
    (run,) = sarif["runs"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_results_point_into_the_table_of_rules(sarif: Any) -> None:
    run = sarif["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == list(CODES)
    for each in rules:
        assert re.fullmatch(r"https://\S+", each["helpUri"])
        assert each["shortDescription"]["text"].endswith(".")
        assert each["fullDescription"]["text"].endswith((".", ":"))
        assert each["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert len(run["results"]) == 4
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["partialFingerprints"]["siglumFinding/v1"]) == 32


def test_sarif_places_are_regions_in_relative_escaped_addresses(sarif: Any) -> None:
    run = sarif["runs"][0]
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    region = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8, "snippet": {"text": "<p>"}}
    assert places[0] == {"artifactLocation": {"uri": "tei/a%20b%2Cc.xml", "uriBaseId": "%SRCROOT%"}, "region": region}
    assert places[1]["region"] == {"startLine": 4, "startColumn": 1, "endLine": 6, "endColumn": 2}
    assert unquote(places[2]["artifactLocation"]["uri"]) == "tei/é:1.xml"
    assert places[3]["artifactLocation"] == {"uri": "file:///elsewhere/a.xml"}
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("7 more findings")


def test_sarif_has_no_more_results_than_github_takes() -> None:
    """Those beyond are counted in the file that has them."""
    many = tuple(Finding("b.xml", line, 1, "S001", Severity.ERROR, f"`p{line}`") for line in range(1, 30_001))
    verdicts = (Verdict("a.xml", many[:10]), Verdict("b.xml", many), Verdict("c.xml", many[:3], further=4))
    (run,) = json.loads(_told("sarif", verdicts))["runs"]
    assert len(run["results"]) == 25_000
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert said == [f"{number:d} more findings in this file are not shown" for number in (5_010, 7)]


def test_an_address_never_begins_with_what_looks_like_a_scheme() -> None:
    finding = Finding("a:b.xml", 1, 1, "X001", Severity.ERROR, "broken")
    said = json.loads(_told("sarif", (Verdict("a:b.xml", (finding,)),)))
    address = said["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert ":" not in address
    assert unquote(address) == "a:b.xml"


def test_statistics_count_codes_files_and_messages() -> None:
    counts = Statistics()
    for each in (*_VERDICTS, _VERDICTS[0]):
        counts.add(each)
    assert counts.lines() == [
        "findings  files  code",
        "       2      2  I005  a note that nothing calls",
        "       2      2  S001  the schema does not allow this element here",
        "       2      2  X001  not well-formed XML",
        "      14  of schemas, which were counted and not kept",
        "",
        "most frequent:",
        "       2  I005  nothing calls the note",
        "       2  S001  `p` is not allowed",
    ]


def test_statistics_of_very_many_messages_stay_small() -> None:
    counts = Statistics()
    for number in range(30_000):
        often = Finding("a.xml", 1, 1, "X001", Severity.ERROR, "the same")
        counts.add(Verdict("a.xml", (often, Finding("a.xml", 1, 1, "X001", Severity.ERROR, f"message {number}"))))
    assert len(counts.messages) <= 10_001
    assert counts.messages["X001", "the same"] == 30_000
