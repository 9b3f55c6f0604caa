"""Sets of characters (XML Schema Part 2, appendix F.1). Membership is tested per character, so no table is built."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never
from unicodedata import category

from siglum.schema.datatypes.names import is_nmtoken, starts_name
from siglum.text.frozen import frozen

CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)


@frozen
class Ranges:
    """Code points, as the first and last of each range."""

    ranges: tuple[tuple[int, int], ...]


@frozen
class Category:
    """A general category of Unicode, or its first letter."""

    name: str


@frozen
class NameStart:
    pass


@frozen
class NameChar:
    pass


@frozen
class Union:
    sets: tuple[CharSet, ...]


@frozen
class Complement:
    of: CharSet


@frozen
class Difference:
    of: CharSet
    without: CharSet


CharSet = Ranges | Category | NameStart | NameChar | Union | Complement | Difference


def of_char(char: str) -> Ranges:
    return Ranges(((ord(char), ord(char)),))


SPACES = Ranges(((0x9, 0xA), (0xD, 0xD), (0x20, 0x20)))
ANY = Complement(Ranges(((0xA, 0xA), (0xD, 0xD))))
_WORD = Complement(Union((Category("P"), Category("Z"), Category("C"))))
CLASSES: dict[str, CharSet] = {
    "s": SPACES, "i": NameStart(), "c": NameChar(), "d": Category("Nd"), "w": _WORD,
    "S": Complement(SPACES), "I": Complement(NameStart()), "C": Complement(NameChar()),
    "D": Complement(Category("Nd")), "W": Complement(_WORD),
}  # fmt: skip
"""The classes written as a backslash and one letter."""

_category = lru_cache(4096)(category)


def contains(chars: CharSet, char: str) -> bool:
    match chars:
        case Ranges(ranges):
            return any(first <= ord(char) <= last for first, last in ranges)
        case Category(name):
            return _category(char).startswith(name)
        case NameStart():
            return starts_name(char)
        case NameChar():
            return is_nmtoken(char)
        case Union(sets):
            return any(contains(one, char) for one in sets)
        case Complement(of):
            return not contains(of, char)
        case Difference(of, without):
            return contains(of, char) and not contains(without, char)
        case _:
            assert_never(chars)
