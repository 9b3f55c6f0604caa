"""Every type against every value, facets and regular expressions among them: our verdicts and jing's are the same.

Where they differ on purpose, DELIBERATE says so; a difference that is gone is a fault too.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

from siglum.schema.datatypes import XSD, DatatypeError, datatype
from siglum.schema.datatypes.library import NAMES_OF
from tests.schema.datatypes.outside import Question, ask, needs_jing, refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = needs_jing

LATER = {"dateTimeStamp", "yearMonthDuration", "dayTimeDuration"}  # of XML Schema 1.1, which jing does not know
NEEDS_DTD = {"ENTITY", "ENTITIES"}  # jing knows which entities are declared
TYPES = [*(name for name in NAMES_OF[XSD] if name not in LATER | NEEDS_DTD), ":string", ":token"]

DELIBERATE = {
    ("date", "2000-01-01-14:00"): "14 hours are allowed either way (section 3.2.7.3); Java's calendar ends at -13:00",
    ("anyURI", "http://[::1 ]/"): "jing takes the escaped space for the zone of the address",
    ("string", "[a-]"): "the hyphen may stand first or last (appendix F.1); jing wants it escaped",
    ("string", "[-a]"): "the hyphen may stand first or last (appendix F.1); jing wants it escaped",
    ("date", "length"): "length is not for dates (section 4.1.5); in jing it slips in",
    ("string", "1."): '"1." is no integer',
    (r"[^\p{C}\p{Z}]+", "a\u200bc"): "jing forgets \\p{C} where two classes are taken away together",
    (r"\P{C}", "\u0378"): "jing does not count unassigned characters as \\p{C}",
}

_WORDS = """
true false 1 0 TRUE tru +1 -1 1.0 1. .5 . + - -. 01 -0 1e5 1E-5 1e e5 .e5 1.e5 INF -INF +INF inf NaN nan 1,5 1_0 0x1 ١
127 128 -128 -129 255 256 32768 -32769 65536 2147483648 -2147483649 4294967296 9223372036854775808
18446744073709551616 P P1Y PT P1DT PT1.5S PT.5S PT1.S -P1Y +P1Y P-1Y P1Y2M3DT4H5M6.7S P1M1Y P1S P1.5Y p1y P1W P1YT
PT0S 2000-01-01 2000-02-29 1900-02-29 2000-02-30 2000-13-01 2000-00-01 2000-01-00 2000-04-31 2000-1-1 20000-01-01
02000-01-01 0000-01-01 -0001-02-29 -0004-02-29 -0005-02-29 -0000-01-01 +2000-01-01 200-01-01 2000-01-01Z
2000-01-01-13:00 2000-01-01+14:00 2000-01-01+14:01 2000-01-01+01:60 2000-01-01+1:00 2000-01-01z 292278994-12-31
2147483648-01-01 1582-10-10 2000-01-01T00:00:00 2000-01-01T24:00:00 2000-01-01T23:59:60 2000-01-01T23:59:61
2000-01-01T23:60:00 2000-01-01T25:00:00 2000-01-01T00:00:00. 2000-01-01T00:00:00.123456789Z 2000-01-01T00:00
2000-01-01t00:00:00 2000-02-30T00:00:00 00:00:00 24:00:00 23:59:60 12:00 12:00:00Z 12:00:00. 12:60:00 1:00:00
12:00:00,5 12:00:00+14:01 2000-01 2000-13 2000-1 -0001-01 0000-01 2000 0000 -0001 +2000 200 20000 02000 2000Z
2000+01:00 --01-01 --02-29 --02-30 --13-01 --01 --13 --00 --1 --01-- ---01 ---31 ---32 ---00 ---1 ---01Z ---31-05:00 a
A abc 0a AF 0g 000 0000 AB== AB= AA== AAA= AAAA AAA AA== QUI= QR== ==== A=== ab+/ ab-_ a:b :a a: a::b p:a p: :p xml:a
xmlns:a q:a _a -a .a a-b a.b 1a é été ฎ ีa aี 漢字 𠀀 a𠀀 · a· aͅ ℮ Ω ª º a² ʰ ĳ ſ ー 〇 ꀀ 힣 Ⅷ ::: _ en en-US e abcdefgh
abcdefghi en-abcdefghi en_US en- 1en en-1 picture http://example.org/ http://e:80/ http://e:x/ http:// http: http:/
http:/// // /// //a //?q //#f # ## a#b#c ?a#b ?[] #[] [] a[ http://x/[] http://[::1]/ http://[::1]:80/ http://[::1]x/
http://[::1 http://[]/ http://[::]/ http://[:::]/ http://[1::2::3]/ http://[1:2:3:4:5:6:7:8]/ http://[1:2:3:4:5:6:7]/
http://[1:2:3:4:5:6:7::]/ http://[::1.2.3.4]/ http://[::1.2.3.256]/ http://[1.2.3.4]/ http://[1:2:3:4:5:6:1.2.3.4]/
http://[1:2:3:4:5:6:7:1.2.3.4]/ http://[12345::]/ http://[fe80::1%eth0]/ http://[fe80::1%]/ http://u@[::1]/
http://u%@[::1]/ http://a[b]/ http://[::ffff]:2147483648/ http://%zz/ a%20 % %2 %2G a%é #% #%g ?% é http://é.fr/ a{b}
a|b a\\b <a> "a" urn: urn:a urn:[ urn:# urn:% 1a:b a+b:c a_b:c é:b a:/ a:// a:?b a/b:c ./a:b ../.. //@ ;a
"""
VALUES = [
    *_WORDS.split(), "", " ", "\t", "\n",
    " 1 ", "1 2", "\n1\t", " true ", "tr ue", " a b ", "a\tb", "a\nb", "\u00a01", "1\u00a0",
    "AA = =", " AAAA\nAAAA ", "00 00", " p:a ", "2000-01-01 ", " en ", "http://a b/", " #a ", "a #b #c", "%2 0",
]  # fmt: skip

LIMITS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
ORDERED = {
    "decimal": "0 -0.0 1 1.5 1.50 01 -1 -1.5 10 9.99 100000000000000000000 0.001",
    "integer": "0 -0 1 -1 10 9 +100 -100",
    "double": "0 -0 1 10e-1 INF -INF NaN 1e400 1e-400 0.1 9007199254740993 9007199254740992",
    "float": "0 1 NaN INF 0.1 16777216 16777217 16777217.0000000001 1.00000005960464477539062501 3.4028236e38 0.7e-45",
    "duration": "P1Y P12M P0D -P1Y P1M P30D P31D P28D P27D P32D PT24H P1D PT0.50S PT.5S P5M P150D P153D P152D P400Y P146097D",
    "dateTime": "2000-01-01T00:00:00 2000-01-01T00:00:00Z 2000-01-01T14:00:00 2000-01-01T14:00:00.001 "
    "1999-12-31T23:59:60 1999-12-31T10:00:00 1999-12-31T09:59:59.999Z 2000-01-01T05:00:00+05:00 -0001-12-31T23:59:59Z "
    "0001-01-01T00:00:00Z",
    "date": "2000-01-01 2000-01-01Z 2000-01-01+13:00 2000-01-02 1999-12-31 2000-01-02-13:00 -0001-01-01 12000-02-29",
    "time": "00:00:00 00:00:00Z 12:00:00 13:00:00+01:00 23:30:00Z 00:30:00+01:00 12:00:00.50 14:00:01",
    "gYear": "2000 2000Z 1999 -0001",
    "gMonthDay": "--01-01 --01-01Z --02-29 --12-31",
}
ALIKE = {
    "boolean": ["true", "1", "false", "0"],
    "hexBinary": ["0a", "0A", " 0a", ""],
    "base64Binary": ["AAAA", "AA AA", "AAA=", ""],
    "anyURI": ["http://a", "HTTP://a", " http://a", "a%20b", "a b"],
    "QName": ["a", "p:a", "xml:a", " a"],
    "NMTOKENS": ["a b", "a  b", "b a"],
    "string": ["a", " a", "a\nb", "a b"],
    "normalizedString": ["a", " a", "a\nb", "a b"],
    "token": ["a", " a", "a\nb", "a  b"],
    ":token": ["a", " a", "a\nb", "a  b"],
}
LONG = {
    "string": ["", "a", "a\nb", "𠀀𠀀", " a "],
    "token": ["", " a ", "a  b"],
    "anyURI": ["", " ab ", "é"],
    "hexBinary": ["", "00", "0000"],
    "base64Binary": ["", "AA==", "AAA=", "AAAA"],
    "NMTOKENS": ["a", "abc", "a b c"],
    "NCName": ["a", "abc"],
}
PATTERNS = r"""
a|b ^a$ [a-c-[b]] [^a-c-[d]] \d \D \w \W \s \S \i \I \c \C . \\ \. \- \[ \^ [a^b] [\]] [.] [*+?(){}|] a{2,} a{0} (a|)
(a*)* () ()b [\i-[:]][\c-[:]]* \p{L} \p{Lu} \p{Lt} \p{Mn} \p{Nd} \p{Nl} \p{No} \p{P} \p{Pi} \p{Z} \p{Zs} \p{S} \p{Sc}
\p{Cc} \p{Cf} \p{Co} \P{L} [\p{L}\d] [^\p{L}] [\p{L}-[\p{Lu}]] \p{IsGreek} \P{IsBasicLatin} \p{IsPrivateUse} [𐌰-𐍊]
[^é] \d{4}-\d{2} #\S+ a** a+? [] [^] [a [b-a] [a-\d] [a-b-c] \pL \p{Foo} \p{IsFoo} \p{InGreek} \b \1 \x41 (?:a) (?i)a
(?=a) { } ] a{ a{,2} a{2,1} a{1}{2}
""".split()
TEXTS = [
    "", "a", "b", "c", "d", "aa", "aaa", "ab", "ba", "^a$", "^", "-", "]", "[", "\\", ".", "*", "(", "|", "\n", "\r",
    "\t", " ", "A", "é", "É", "5", "2000-01", "_", ":", "x:y", "\u0660", "²", "Ⅷ", "€", "+", "«", "—", "\u0300", "ʰ",
    "ǅ", "中", "가", "\u00a0", "\u2028", "\u200b", "\ue000", "\U000f0000", "\ufeff", "𐌰", "𐍊", "α", "Α", "ÿ", "\u0085",
    "#p", "\u0e35", "\U0001d7ce",
]  # fmt: skip
FACETS = (
    ("length", "1"), ("minLength", "0"), ("maxLength", "99999999999"), ("length", "-1"), ("length", "1.0"),
    ("length", " +01 "),
    ("totalDigits", "1"), ("totalDigits", "0"), ("fractionDigits", "0"), ("fractionDigits", "-1"), ("pattern", ".*"),
    ("minInclusive", "1"), ("maxExclusive", "2000-01-01"), ("enumeration", "1"), ("whiteSpace", "collapse"),
    ("foo", "1"),
)  # fmt: skip
IN_SEQUENCE = [
    ("integer", (("minInclusive", "5"), ("maxInclusive", "3"))),
    ("integer", (("minInclusive", "3"), ("maxInclusive", "5"))),
    ("integer", (("pattern", "[0-9]"), ("maxInclusive", "55"))),
    ("integer", (("maxInclusive", "55"), ("totalDigits", "1"))),
    ("decimal", (("minExclusive", "1"), ("minExclusive", "1"))),
    ("byte", (("maxInclusive", "128"),)),
    ("string", (("length", "3"), ("minLength", "5"))),
]
TEMPORAL = {"duration", "dateTime", "time", "date", "gYearMonth", "gYear", "gMonthDay", "gDay", "gMonth"}


def ours(question: Question) -> bool:
    kind = datatype("" if question.type.startswith(":") else XSD, question.type.lstrip(":"), question.params)
    if question.equal_to is None:
        return kind.check_in(question.text, {"p": "urn:p"})
    key = kind.key_in(question.text, {"p": "urn:p"})
    return key is not None and key == kind.key_in(question.equal_to, {"p": "urn:p"})


def we_refuse(name: str, params: tuple[tuple[str, str], ...]) -> bool:
    try:
        datatype("" if name.startswith(":") else XSD, name.lstrip(":"), params)
    except DatatypeError:
        return True
    return False


def compare(folder: Path, questions: Sequence[Question], *, least: int) -> None:
    """`least`: so many of them must be valid, or nothing has been compared."""
    theirs = ask(folder, questions)
    together = zip(questions, theirs, strict=True)
    assert [(question, verdict) for question, verdict in together if ours(question) != verdict] == []
    assert least < sum(theirs) < len(questions)


def test_every_type_and_every_value(tmp_path: Path) -> None:
    values = list(dict.fromkeys(VALUES))
    compare(tmp_path, [Question(name, value) for name in TYPES for value in values], least=2000)


def test_order_and_equality(tmp_path: Path) -> None:
    pairs = [(name, *pair) for name, row in ORDERED.items() for pair in itertools.product(row.split(" "), repeat=2)]
    questions = [Question(name, value, ((limit, end),)) for name, value, end in pairs for limit in LIMITS]
    questions += [Question(name, value, (), other) for name, value, other in pairs]
    alike = [(name, *pair) for name, values in ALIKE.items() for pair in itertools.product(values, repeat=2)]
    questions += [Question(name, value, (), other) for name, value, other in alike]
    compare(tmp_path, questions, least=1000)


def test_lengths_and_digits(tmp_path: Path) -> None:
    lengths = itertools.product(("length", "minLength", "maxLength"), "0123")
    questions = [Question(name, text, (facet,)) for facet in lengths for name, texts in LONG.items() for text in texts]
    numbers = "0 0.0 1.0 1.50 1.55 0.001 00123 100.00 -12.3 5. .5".split()
    digits = itertools.product(("totalDigits", "fractionDigits"), "123")
    questions += [Question("decimal", text, (facet,)) for facet in digits for text in numbers]
    compare(tmp_path, questions, least=100)


def test_patterns(tmp_path: Path) -> None:
    verdicts = refused(tmp_path, [("string", (("pattern", pattern),)) for pattern in PATTERNS])
    assert [we_refuse("string", (("pattern", pattern),)) for pattern in PATTERNS] == verdicts
    good = [pattern for pattern, bad in zip(PATTERNS, verdicts, strict=True) if not bad]
    assert 50 < len(good) < len(PATTERNS) - 20
    compare(tmp_path, [Question("string", text, (("pattern", one),)) for one in good for text in TEXTS], least=500)


def test_patterns_by_chance(tmp_path: Path) -> None:
    dice = random.Random(5)
    atoms = [*"abc.", r"\d", r"\w", "[ab]", "[^a]", "[a-c-[b]]", r"\p{L}", "(a|b)", "(ab|c)", "(a*b)", "(a|)", "()"]
    counts = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "{0}"]

    def branch() -> str:
        return "".join(dice.choice(atoms) + dice.choice(counts) for _ in range(dice.randint(1, 4)))

    patterns = ["|".join(branch() for _ in range(dice.choice([1, 1, 2, 3]))) for _ in range(150)]
    texts = ["".join(dice.choices("aabbcc1é ", k=dice.randint(0, 7))) for _ in range(40)]
    compare(tmp_path, [Question("string", text, (("pattern", one),)) for one in patterns for text in texts], least=500)


def test_which_parameters_a_type_takes(tmp_path: Path) -> None:
    asked = [(name, (facet,)) for name in TYPES for facet in FACETS] + IN_SEQUENCE
    asked = [(name, params) for name, params in asked if not (name in TEMPORAL and "ength" in params[0][0])]
    verdicts = refused(tmp_path, asked)
    assert [each for each, bad in zip(asked, verdicts, strict=True) if we_refuse(*each) != bad] == []
    assert 100 < sum(verdicts) < len(asked) - 100


def test_deliberate_differences(tmp_path: Path) -> None:
    """Those on values; a schema that jing refuses (or takes) against our judgement is asked about one by one."""
    values = [Question("date", "2000-01-01-14:00"), Question("anyURI", "http://[::1 ]/")]
    values += [Question("string", text, (("pattern", name),)) for name, text in DELIBERATE if "\\" in name]
    assert [ours(question) for question in values] == [not verdict for verdict in ask(tmp_path, values)]
    classes = [text for name, text in DELIBERATE if name == "string" and text.startswith("[")]
    schemas = [("string", (("pattern", text),)) for text in classes]
    schemas += [("date", (("length", "10"),)), ("string", (("length", "1."),))]
    assert [we_refuse(*each) for each in schemas] == [not verdict for verdict in refused(tmp_path, schemas)]
