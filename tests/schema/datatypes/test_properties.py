"""What holds for every type and any text, and agreement with Python where Python knows the same thing."""

from __future__ import annotations

import datetime
import decimal
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.schema.datatypes import XSD, datatype, nearest, why_not
from siglum.schema.datatypes.library import NAMES_OF
from siglum.schema.datatypes.names import is_name, is_ncname, is_nmtoken

NAMES = [name for name in NAMES_OF[XSD] if name not in {"QName", "NOTATION"}]
_lookalikes = st.text("0123456789-+:.TZPYMDHSeEINFa# %[]/\n", max_size=25)
_numerals = st.from_regex(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})", fullmatch=True).filter(str.isascii)


@given(st.sampled_from(NAMES), st.text(max_size=20) | _lookalikes)
def test_a_value_has_a_key_exactly_if_it_is_valid(name: str, text: str) -> None:
    kind = datatype(XSD, name)
    key = kind.key(text)
    assert kind.check(text) == (key is not None)
    assert hash(key) == hash(kind.key(text))


@given(st.sampled_from(NAMES), st.text(max_size=20) | _lookalikes)
def test_a_proposal_is_valid_and_a_valid_value_needs_none(name: str, text: str) -> None:
    kind = datatype(XSD, name)
    proposal, reason = nearest(kind, text), why_not(kind, text)
    if kind.check(text):
        assert (proposal, reason) == (None, "")
    else:
        assert proposal is None or kind.check(proposal)


@given(_numerals, _numerals)
def test_decimals_compare_as_they_do_in_python(one: str, other: str) -> None:
    kind = datatype(XSD, "decimal")
    assert (kind.key(one) == kind.key(other)) == (decimal.Decimal(one) == decimal.Decimal(other))
    at_least = datatype(XSD, "decimal", (("minInclusive", other),))
    assert at_least.check(one) == (decimal.Decimal(one) >= decimal.Decimal(other))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_float_is_itself(number: float) -> None:
    assert datatype(XSD, "float").key(repr(number)) == number
    assert datatype(XSD, "double").key(repr(number)) == number


@given(st.floats(min_value=1, max_value=2.0**99, width=32), st.integers(0, 2))
def test_a_float_is_rounded_once(number: float, side: int) -> None:
    """Just above or below the middle between two floats, which a 64-bit float cannot tell from the middle."""
    mantissa, exponent = math.frexp(number)
    above = math.ldexp(mantissa + 2.0**-24, exponent)
    with decimal.localcontext(decimal.Context(prec=200)):
        middle = (decimal.Decimal(number) + decimal.Decimal(above)) / 2
        text = format(middle + (side - 1) * decimal.Decimal("1e-60") * middle, "f")
    even = number if (int(mantissa * 2**24) % 2 == 0) else above
    assert datatype(XSD, "float").key(text) == (number, even, above)[side]


@given(st.integers(-200, 20_000), st.integers(0, 13), st.integers(0, 32))
def test_dates_exist_as_they_do_in_python(year: int, month: int, day: int) -> None:
    text = f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"
    like = (year + (year < 0)) % 400 + 2000
    try:
        datetime.date(like, month, day)
    except ValueError:
        exists = False
    else:
        exists = year != 0
    assert datatype(XSD, "date").check(text) == exists


@given(st.datetimes(), st.integers(-840, 840))
def test_a_moment_is_the_same_in_every_time_zone(moment: datetime.datetime, minutes: int) -> None:
    kind, zone = datatype(XSD, "dateTime"), datetime.timezone(datetime.timedelta(minutes=minutes))
    try:
        there = moment.replace(tzinfo=datetime.UTC).astimezone(zone)
    except OverflowError:
        return
    assert kind.key(there.isoformat()) == kind.key(moment.isoformat() + "Z") is not None


@given(st.text(max_size=8))
def test_names_nest(text: str) -> None:
    assert not is_ncname(text) or (is_name(text) and ":" not in text)
    assert not is_name(text) or is_nmtoken(text)


VERY_LONG = {
    "decimal": ["9" * 10**6, "0" * 10**6 + "x", "1." + "0" * 10**6, "." + "9" * 10**6],
    "integer": ["-" + "9" * 10**6, "0" * 10**6, "9" * 10**6 + "."],
    "unsignedByte": ["0" * 10**6 + "255", "9" * 10**6],
    "double": ["9" * 10**6, "1e" + "9" * 10**6, "9" * 10**6 + "e"],
    "float": ["1" + "0" * 10**6, "1." + "0" * 10**6 + "1e5"],
    "duration": ["P" + "9" * 10**6 + "Y", "PT0." + "9" * 10**6 + "S", "P" + "9" * 10**6],
    "date": ["9" * 10**6 + "-01-01", "9" * 10**6],
    "dateTime": ["2000-01-01T00:00:00." + "9" * 10**6],
    "anyURI": ["a" * 10**6, "%20" * 10**6, "//[" + ":" * 10**6 + "]", "a:" * 10**6],
    "language": ["a-" * 10**6],
    "base64Binary": ["A" * 10**6 + "!", " A" * 10**6],
    "NMTOKENS": ["a " * 10**6],
    "NCName": ["a" * 10**6 + "!", "é" * 10**6],
}


@pytest.mark.parametrize("name", VERY_LONG)
def test_a_million_characters_are_read_at_once(name: str) -> None:
    kind = datatype(XSD, name)
    for text in VERY_LONG[name]:
        start = time.monotonic()
        assert kind.check(text) == (kind.key(text) is not None)
        nearest(kind, text)
        why_not(kind, text)
        assert time.monotonic() - start < 5


def test_limits_on_very_long_durations() -> None:
    limited = datatype(XSD, "duration", (("minExclusive", "P1Y"),))
    assert limited.check("P" + "9" * 10**5 + "M")
    assert not limited.check("-P" + "9" * 10**5 + "M")
