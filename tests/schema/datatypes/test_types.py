"""The types one by one: types.txt lists what each accepts and refuses, and what is said of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from siglum.schema.datatypes import COMPATIBILITY, XSD, Datatype, DatatypeError, datatype, nearest, why_not

PAGE = Path(__file__).with_name("types.txt")
_CASE = re.compile(r"    (yes|no) +(\".*?\"(?= |$)|.*?) *(?:\| (.*?))? *(?:-> (.*))?")


class Case(NamedTuple):
    type: str
    valid: bool
    value: str
    reason: str
    near: str


def cases() -> list[Case]:
    found, name = [], ""
    for line in PAGE.read_text(encoding="utf-8").partition("\n\n")[2].splitlines():
        if line and not line.startswith(" "):
            name = line
        elif line:
            parts = _CASE.fullmatch(line)
            assert parts, line
            verdict, value, reason, near = parts.groups("")
            text = ast.literal_eval(value) if value.startswith('"') else value
            found.append(Case(name, verdict == "yes", text, reason, near))
    assert len(found) > 100
    return found


def made(description: str) -> Datatype:
    name, *params = description.split(" ")
    return datatype(XSD, name, tuple((param.partition("=")[0], param.partition("=")[2]) for param in params))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.type}: {case.value!r}")
def test_page(case: Case) -> None:
    kind = made(case.type)
    assert kind.check(case.value) == case.valid
    if not case.valid:
        assert (why_not(kind, case.value), nearest(kind, case.value) or "") == (case.reason, case.near)
    else:
        assert (why_not(kind, case.value), nearest(kind, case.value)) == ("", None)
        assert kind.needs_context or kind.key(case.value) is not None


EQUAL = """
decimal       1.0 = 1.00 = +01 = 1. != 1.01
decimal       0 = -0.0 != .1
float         16777217 = 16777216 != 16777218
double        1e400 = INF != -INF
double        NaN = NaN != 0
boolean       true = 1 != 0
hexBinary     0aff = 0AFF != 0A
base64Binary  AAAA = AA_AA != AAAB
date          2000-01-01Z = 2000-01-01+00:00 != 2000-01-01
dateTime      2000-01-01T00:00:00Z = 1999-12-31T19:00:00-05:00 = 2000-01-01T00:00:00.0Z != 2000-01-01T00:00:00
time          12:00:00Z = 13:00:00+01:00 != 12:00:00
duration      P1Y = P1Y0M = P01Y != P12M
duration      P0D = -PT0S = PT0.0S != PT0.1S
NMTOKENS      a_b = a__b != b_a
string        a != a_
token         a = _a_ != A
anyURI        http://a/ != HTTP://a/
"""


@pytest.mark.parametrize("line", EQUAL.strip().splitlines())
def test_equal_values_have_equal_keys(line: str) -> None:
    name, _, rest = line.partition(" ")
    same, _, other = rest.strip().replace("_", " ").partition(" != ")
    key = made(name).key
    keys = {key(text) for text in same.split(" = ")} if " = " in same else {key(same)}
    assert len(keys) == 1
    assert None not in keys
    assert key(other) not in {None, *keys}


REFUSED = [
    ("nowhere", "string", (), 'there is no datatype library "nowhere" here'),
    (XSD, "strin", (), 'XML Schema\'s datatype library has no type "strin"'),
    ("", "ID", (), 'RELAX NG\'s own datatype library has no type "ID"'),
    ("", "token", (("length", "1"),), 'the type "token" of RELAX NG\'s own datatype library takes no parameters'),
    (XSD, "string", (("enumeration", "a"),), 'use a choice of "value" patterns'),
    (XSD, "string", (("whiteSpace", "collapse"),), "is not allowed in RELAX NG"),
    (XSD, "string", (("size", "1"),), 'there is no parameter "size"'),
    (XSD, "string", (("length", "-1"),), 'must be a whole number, 0 or more, not "-1"'),
    (XSD, "integer", (("length", "1"),), "it has no length"),
    (XSD, "date", (("length", "1"),), "it has no length"),
    (XSD, "string", (("minInclusive", "1"),), "its values have no order"),
    (XSD, "double", (("totalDigits", "1"),), "it is for decimal numbers"),
    (XSD, "decimal", (("totalDigits", "0"),), "must be 1 or more"),
    (XSD, "byte", (("maxInclusive", "128"),), 'is not a value of the type "byte" itself: "128"'),
    (XSD, "integer", (("minInclusive", "5"), ("maxInclusive", "3")), "is not a value of the type"),
    (XSD, "string", (("pattern", "a{2,1}"),), "the second number of a quantity must not be less than the first"),
]


@pytest.mark.parametrize(("library", "name", "params", "says"), REFUSED, ids=lambda part: str(part)[:40])
def test_what_a_schema_may_not_ask_for(library: str, name: str, params: tuple[tuple[str, str], ...], says: str) -> None:
    with pytest.raises(DatatypeError) as caught:
        datatype(library, name, params)
    assert says in str(caught.value)


WORDS = {
    "date": "a date (YYYY-MM-DD, such as 1936-08-24)",
    "date minInclusive=1900-01-01": "a date (YYYY-MM-DD, such as 1936-08-24), 1900-01-01 or later",
    "nonNegativeInteger": "a whole number, 0 or more",
    "byte minInclusive=0": "a whole number between 0 and 127",
    "decimal minInclusive=0 maxInclusive=1": "a number between 0 and 1",
    "decimal minExclusive=0": "a number, more than 0",
    "decimal fractionDigits=2": "a number with at most 2 digits after the point",
    r"token pattern=\S+": "a word without spaces",
    "token pattern=[a-z]+": 'text of the form "[a-z]+"',
    "string maxLength=1": "text of at most 1 character",
    "IDREFS maxLength=2": "identifiers of elements of this document, at most 2 identifiers",
}


@pytest.mark.parametrize("description", WORDS)
def test_words(description: str) -> None:
    assert made(description).describe == WORDS[description]


def test_a_qname_means_what_its_prefix_means() -> None:
    name = datatype(XSD, "QName")
    assert name.needs_context
    assert name.key_in(" a:x ", {"a": "urn:one"}) == name.key_in("b:x", {"b": "urn:one"}) == ("urn:one", "x")
    assert name.key_in("x", {"": "urn:one"}) == ("urn:one", "x")
    assert name.key_in("x", {}) == ("", "x")
    assert name.check_in("xml:id", {})
    assert not name.check_in("a:x", {"b": "urn:one"})


def test_kinds_of_identifiers() -> None:
    kinds = {name: datatype(XSD, name).id_kind for name in ("ID", "IDREF", "IDREFS", "NCName")}
    assert kinds == {"ID": "ID", "IDREF": "IDREF", "IDREFS": "IDREFS", "NCName": ""}
    assert datatype(COMPATIBILITY, "ID").id_kind == "ID"


def test_one_object_for_each_type() -> None:
    assert datatype(XSD, "token") is datatype(XSD, "token")
    assert datatype("", "token") is not datatype(XSD, "token")
    assert len({datatype("", "token"), datatype("", "string")}) == 2
