"""The little of CSS that renditions use: what a selector selects, what a declaration says."""

from __future__ import annotations

import time

import pytest
from lxml import etree

from siglum.text import css
from siglum.text.tei import Element, name

_TEXT = etree.fromstring(
    """<body xmlns="http://www.tei-c.org/ns/1.0"><div type="a b"><q xml:id="one" who="#x">1</q><p><q rend="x,y">2</q>
    <said aloud="false">3</said></p></div><note><q>4</q></note></body>"""
)

SELECTED = {
    "q": "124",
    "q, said": "1234",
    "*": "1234",
    "div q": "12",
    "div > q": "1",
    "div>q": "1",
    "note q": "4",
    "body note > q": "4",
    "p q, note q": "24",
    "q[who]": "1",
    "q[who='#x']": "1",
    'said[aloud="false"]': "3",
    "said[aloud=false]": "3",
    "said[aloud=true]": "",
    "div[type~=b] said": "3",
    "div[type=b] said": "",
    "q#one": "1",
    "#one": "1",
    "q[xml|id=one]": "1",
    "q::before": "124",
    "q:after": "124",
    "q[rend='x,y']": "2",
    "q:first-child": "",
    "q + q": "",
    "q..": "",
    "": "",
    "q[": "",
    "[": "",
}


def _selected(selector: str) -> str:
    quoting: list[Element] = [each for each in _TEXT.iter("*") if name(each) in {"q", "said"}]
    found = css.parse_selectors(selector)
    return "".join(each.text or "" for each in quoting if any(one.matches(each) for one in found))


@pytest.mark.parametrize(("selector", "selected"), SELECTED.items())
def test_a_selector_selects(selector: str, selected: str) -> None:
    assert _selected(selector) == selected


DECLARED = {
    "quotes: '«' '»'": {"quotes": "'«' '»'"},
    'CONTENT : "a;b" ; display:block': {"content": '"a;b"', "display": "block"},
    "content: 'a'; content: 'b'": {"content": "'b'"},
    "content: 'it\\'s'": {"content": "'it\\'s'"},
    "nonsense": {},
    "": {},
}


@pytest.mark.parametrize(("written", "declared"), DECLARED.items())
def test_declarations(written: str, declared: dict[str, str]) -> None:
    assert css.parse_declarations(written) == declared


@pytest.mark.parametrize(
    ("value", "strings"),
    [("'a' \"b\"", ["a", "b"]), ("'it\\'s'", ["it's"]), ("'\\201C x'", ["“x"]), ("'\\0'", ["�"]), ("none", []), ("''", [""])],
)
def test_strings(value: str, strings: list[str]) -> None:
    assert css.read_strings(value) == strings


@pytest.mark.parametrize("text", ["[" * 5000, "a:" * 5000, "q " * 5000, "'" * 5001, "content:" + '"\\' * 5000, "a>" * 5000])
def test_nonsense_takes_no_time(text: str) -> None:
    started = time.process_time()
    css.parse_selectors(text)
    css.parse_declarations(text)
    css.read_strings(text)
    assert time.process_time() - started < 5  # 1 ms; Python may look through all objects of the test run meanwhile
