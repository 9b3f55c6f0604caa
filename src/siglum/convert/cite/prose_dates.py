"""Parse dates as scholars write them: “c. 1620-25?”, “um 1900”, “MDCCLXXXIX”, “s. XV ex.”, “1 Jan. – 3 Feb. 1901”, “44 BCE”.

Input: words. Output: years, months and days, and whether they are certain. Unreadable words stay words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from siglum.convert.cite.record import DateParts, When

_MONTHS = (
    "january januar jänner janvier gennaio enero janeiro januari januarii ianuarii",
    "february februar feber février fevrier febbraio febrero fevereiro februari februarii",
    "march märz maerz mars marzo março maart martii",
    "april avril aprile abril aprilis",
    "may mai maggio mayo maio mei maii",
    "june juni juin giugno junio junho iunii junii",
    "july juli juillet luglio julio julho iulii julii",
    "august août aout agosto augustus augusti",
    "september septembre settembre septiembre setembro septembris",
    "october oktober octobre ottobre octubre outubro octobris",
    "november novembre noviembre novembro novembris",
    "december dezember décembre decembre dicembre diciembre dezembro decembris",
)
_SEASONS = (
    "spring frühling frühjahr printemps primavera lente",
    "summer sommer été estate verano zomer",
    "autumn fall herbst automne autunno otoño herfst",
    "winter hiver inverno invierno hiems",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_SEASON = {word: number for number, words in enumerate(_SEASONS, 1) for word in words.split()}
_SHORT = {
    **{word[:3]: number for word, number in _MONTH.items() if word[:3] not in {"jui", "mar"}},
    "mar": 3,
    "juin": 6,
    "juil": 7,
    "sept": 9,
}
_ABOUT = re.compile(
    r"\b(?:ca?|circa|zirka|about|around|approx|um|etwa|gegen|vers|env|environ|circiter|verso|hacia|omstreeks|prob\w*|perhaps|"
    r"wohl|vermutlich|ante|post|before|after|vor|nach|avant|après|early|late|mid|anfang|mitte|ende|début|fin)\b\.?|[?\[~]",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.\s?(?:chr|u\. ?z)\.?|av\.\s?j\.?-?\s?c\.?|a\.\s?c\.|a\.\s?c\.?\s?n\.?)(?!\w)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<![\d.])(\d{4})(?:\s*\[?\s*(?:[-–—/]|to|bis|–)\s*(\d{4}|\d{1,2})(?![\d./]))?(?!\d)")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra|fra|inter)\s+(\d{4})\s+(?:and|und|et|e|y|ed)\s+(\d{4})", re.IGNORECASE)
_DECADE = re.compile(r"\b(\d{3})0(?:s|er|ies)\b")
_STYLES = re.compile(r"\d{1,2}\s*(?:/\s*\d{1,2}|\(\s*\d{1,2}\s*\))\.?\s+[^\W\d]")
"""A day in the Julian and the Gregorian calendar: “11/21 February”, “10 (22) March”."""
_TIMESTAMP = re.compile(r"-?\d{4}-\d\d-\d\d(?:T[\d:.+-]*Z?)?")
_OF_OUR_ERA = re.compile(
    r"\b(?:a\.?d|ce|n\. ?chr|anno|um|c(?:a|irca)?|ap\. ?j\.?-?c)\b\.?\s*(\d{2,3})\b"
    r"|\b(\d{2,3})\s*(?:a\.?d|ce|n\. ?chr)\b",
    re.IGNORECASE,
)
_SMALL_YEARS = re.compile(r"(?<!\d)(\d{1,4})(?:\s*[-–—/]\s*(\d{1,4}))?(?!\d)")
_ROMAN = re.compile(r"^\W*(?:anno\s+)?(M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4}))\W*$", re.IGNORECASE)
_PRINTED = 1400
"""The earliest year of a Roman number alone, as printers use it: a smaller number may be a word (“mix”, “I”)."""
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ORDINAL = r"(?:\.|st|nd|rd|th|er|ème|e|o|º)?"
_OR = r"(?:[-–/]|\b(?:oder|or|ou|o|bis|to|and|und|et|e)\b)"
_HUNDRED = (
    r"(?:-?cent(?:ur(?:y|ies)|\.)|c\.(?!\w)|jahrh(?:undert)?s?\b|jh\b\.?|jhd?t?\b\.?|siècles?|s\.(?!\w)|secolo|sec\.|siglo|eeuw"
    r"|(?<=[ivx] )d\.\s?c\.)"
)
_CENTURY = re.compile(
    rf"\b(?:(?P<arabic>\d{{1,2}})\s*|(?P<roman>[ivx]+)\s*){_ORDINAL}\s*"
    rf"(?:{_OR}\s*(?:(?P<arabic2>\d{{1,2}})\s*|(?P<roman2>[ivx]+)\s*){_ORDINAL}\s*)?\s*{_HUNDRED}"
    r"|\b(?:s(?:aec|ec|äk)?\.|siglo|secolo|saeculum|saeculo|s)\s*(?P<after>[ivx]+)(?:\s*[-–/]\s*(?P<after2>[ivx]+))?(?![a-z])",
    re.IGNORECASE,
)
_FIRST, _SECOND = r"(?:1st|first|1\.|erst\w*|prem\w*|prima)", r"(?:2nd|second\w*|2\.|zweit\w*)"
_THIRD, _LAST = r"(?:3rd|third|3\.)", r"(?:4th|fourth|last|4\.)"
_HALF, _QUARTER = r"\s+(?:half|hälfte|moitié|metà)\b", r"\s+(?:quarter|viertel|quart)\b"
_PARTS_OF_A_CENTURY = tuple(
    (re.compile(pattern, re.IGNORECASE), span)
    for pattern, span in (
        (r"\b(?:ineunte|in\.|early|anfang|beginning|début|inizi\w*)", (0, 25)),
        (r"\b(?:ex|exeunte|late|end|ende|fin|fine)\b", (75, 100)),
        (r"\b(?:med|medio|middle|mid|mitte|milieu)\b", (40, 60)),
        (rf"{_FIRST}{_HALF}|\b1/2\b|¹", (0, 50)),
        (rf"{_SECOND}{_HALF}|\b2/2\b|²", (50, 100)),
        (rf"{_FIRST}{_QUARTER}|\b1/4\b", (0, 25)),
        (rf"{_SECOND}{_QUARTER}|\b2/4\b", (25, 50)),
        (rf"{_THIRD}{_QUARTER}|\b3/4\b", (50, 75)),
        (rf"{_LAST}{_QUARTER}|\b4/4\b", (75, 100)),
    )
)
"""Words for a part of a century, and its first and last year."""
_NO_DATE = re.compile(
    r"^\W*(?:n\.?\s?d|s\.?\s?[da]|o\.?\s?[jd]|undated|sine anno|sans date|ohne jahr|senza data|no date)\W*$", re.IGNORECASE
)
_TO_COME = re.compile(
    r"\b(?:forthcoming|in press|in print|im druck|im erscheinen|à paraître|in corso di stampa|in preparation)\b", re.IGNORECASE
)
_FILLING = frozenset({"st", "nd", "rd", "th", "de", "of", "er", "the"})
_WORD = re.compile(r"[^\W\d_]+|\d+")
_PLAIN = re.compile(r"[\s\d.,/–—-]*")


@lru_cache(maxsize=4096)
def parse_words(words: str) -> When:
    """Parse the words of a date. `literal` keeps them unless they are plain."""
    text = words.strip()
    if not text:
        return When()
    if len(text) == 4 and text.isdigit():
        return When((int(text),))
    circa = bool(_ABOUT.search(text))
    found = (
        None
        if _NO_DATE.match(text)
        else _parse_century(text) or _parse_days(text) or _parse_years(text) or _parse_roman_year(text)
    )
    if found is None:
        return When(literal=text)
    start, end, unsure, season = found
    if start and _BEFORE.search(text) and start[0] > 0:
        start, end = (1 - start[0], *start[1:]), (1 - end[0], *end[1:]) if end else ()
    end = end if end > start else ()
    known = When(start, end, circa or unsure, season=season)
    return known if is_plain(text) and not known.circa else When(start, end, known.circa, text, season)


def is_plain(words: str) -> bool:
    """Whether the words are only numbers and names of months and seasons, so that the numbers say as much."""
    if _TIMESTAMP.fullmatch(words):
        return True
    if _STYLES.search(words) or words[-1:] in "-–—/":
        return False
    rest = _PLAIN.sub(
        "", re.sub(r"[^\W\d_]+", lambda found: "" if _month_number(found[0]) or _season_number(found[0]) else found[0], words)
    )
    return not rest and (len(words) < 9 or _count_years(words) < 3)


def _count_years(words: str) -> int:
    """Count the years. Of more than two, no reading can keep all."""
    return len(re.findall(r"\d{4}", words))


_ParsedDate = tuple[DateParts, DateParts, bool, int]
"""Start, end, whether the date is uncertain, and the season."""


@cache
def _month_number(word: str) -> int:
    low = word.casefold()
    return _MONTH.get(low, 0) or (_SHORT.get(low, 0) if len(low) < 5 else 0)


def _season_number(word: str) -> int:
    return _SEASON.get(word.casefold(), 0)


def _parse_days(text: str) -> _ParsedDate | None:
    """Parse “1 Jan. – 3 Feb. 1901”, “January 4, 1923”, “24. Dezember 1900”, “03.02.1901”, “Spring 1999”, “11/21 Feb. 1648”."""
    numeric = re.fullmatch(r"\W*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\W*", text)
    if numeric:
        day, month, year = map(int, numeric.groups())
        return (((year, month, day) if month < 13 and day < 32 else (year,)), (), False, 0)
    iso = re.fullmatch(r"(-?\d{4,})-(\d\d)(?:-(\d\d))?(?:T[\d:.+-]*Z?)?", text)
    if iso:
        numbers = tuple(int(part) for part in iso.groups() if part)
        valid = all(1 <= part <= limit for part, limit in zip(numbers[1:], (12, 31), strict=False))
        return (numbers, (), False, 0) if valid else None
    tokens = _WORD.findall(text)
    years = [int(token) for token in tokens if len(token) == 4 and token.isdigit()]
    months = [(at, number) for at, token in enumerate(tokens) if (number := _month_number(token))]
    season = next((number for token in tokens if (number := _season_number(token))), 0)
    if len(set(years)) == 1 and not months and season:
        return (years[0],), (), False, season
    if not years or not months or len(months) > 2:
        return None
    dated = [(_find_year(tokens, at, years), number, _find_day(tokens, at)) for at, number in months]
    parts = [tuple(part for part in numbers if part) for numbers in dated]
    if len(parts) == 2:
        return parts[0], parts[1], False, 0
    days = _find_day_pair(tokens, months[0][0])
    if days is None:
        return parts[0], (), False, 0
    last = (*parts[0][:2], days[1])
    return (last, (), False, 0) if _STYLES.search(text) else (parts[0], last, False, 0)


def _find_year(tokens: list[str], at: int, years: list[int]) -> int:
    """The first year after the month, or else the last one before it."""
    after = [token for token in tokens[at:] if len(token) == 4 and token.isdigit()]
    return int(after[0]) if after else years[-1]


def _find_day(tokens: list[str], at: int) -> int:
    """The day beside a month: before it in most languages, after it in English. Of two days it is the first."""
    pair = _find_day_pair(tokens, at)
    if pair:
        return pair[0]
    before = next((token for token in reversed(tokens[:at]) if token.lower() not in _FILLING), "")
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    return next((int(token) for token in (before, after) if token.isdigit() and 1 <= int(token) <= 31), 0)


def _find_day_pair(tokens: list[str], at: int) -> tuple[int, int] | None:
    """The two days before a month: “11–21 February”."""
    two = [int(token) for token in tokens[max(0, at - 2) : at] if token.isdigit() and 1 <= int(token) <= 31]
    return (two[0], two[1]) if len(two) == 2 and two[0] < two[1] else None


def _parse_years(text: str) -> _ParsedDate | None:
    before = _BEFORE.search(text)
    if before:
        small = _SMALL_YEARS.search(text)
        if small is None:
            return None
        early, late = int(small[1]), int(small[2] or 0)
        return (1 - early,), ((1 - late,) if late else ()), False, 0
    between, decade = _BETWEEN.search(text), _DECADE.search(text)
    if between:
        return (int(between[1]),), (int(between[2]),), True, 0
    if decade:
        return (int(decade[1] + "0"),), (int(decade[1] + "9"),), True, 0
    found = _YEARS.search(text)
    if found is None:
        era = _OF_OUR_ERA.search(text)
        return ((int(era[1] or era[2]),), (), False, 0) if era else None
    first, second = found.groups()
    return (int(first),), ((int(first[: 4 - len(second)] + second),) if second else ()), False, 0


def _parse_roman_year(text: str) -> _ParsedDate | None:
    found = _ROMAN.match(text)
    number = _roman_to_int(found[1]) if found and found[1] else 0
    return ((number,), (), False, 0) if _PRINTED <= number < 2100 else None


def _roman_to_int(roman: str) -> int:
    values = [_VALUES[letter] for letter in roman.lower()]
    return sum(-value if any(value < later for later in values[at + 1 : at + 2]) else value for at, value in enumerate(values))


def _parse_century(text: str) -> _ParsedDate | None:
    """Parse “s. XV ex.” as 1475 to 1500, “13th century” as 1201 to 1300, and a range of centuries."""
    found = _CENTURY.search(text)
    if found is None or re.search(r"\d{4}", text):
        return None
    first = _parse_ordinal(found["arabic"], found["roman"], found["after"])
    last = _parse_ordinal(found["arabic2"], found["roman2"], found["after2"]) or first
    if not 1 <= first <= 21 or last > 21:
        return None
    low, high = (
        next((part for pattern, part in _PARTS_OF_A_CENTURY if pattern.search(text)), (0, 100)) if first == last else (0, 100)
    )
    if _BEFORE.search(text):
        return (1 - (first * 100 - low),), (1 - (last * 100 - high + 1),), True, 0
    return ((first - 1) * 100 + (low or 1),), ((last - 1) * 100 + high,), True, 0


def _parse_ordinal(arabic: str | None, *roman: str | None) -> int:
    return int(arabic) if arabic else next((_roman_to_int(numeral) for numeral in roman if numeral), 0)


def is_undated(words: str) -> bool:
    """Whether the words state that there is no date: “n.d.”, “s.a.”, “o. J.”, “forthcoming”."""
    return not any(map(str.isalnum, words)) or bool(_NO_DATE.match(words)) or bool(_TO_COME.search(words))
