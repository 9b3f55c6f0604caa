"""Make citation keys: surname, year, first significant word of the title (sedov1936red). Keys are ASCII and unique in a run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from siglum.convert.cite.record import Record

STOP_WORDS = frozenset(
    """a an the der die das den dem des ein eine einer le la les l un une el los las il lo gli i de du d of on in to and und et
    ad von zur zum from for""".split()
)
"""Articles and prepositions, which a key skips."""
_GOOD = re.compile(r"(?=.*[A-Za-z]{3})[A-Za-z][A-Za-z0-9_.:-]{2,47}")
_MACHINE = re.compile(
    r"^(?i:bibl|biblio|bib|ref|cit|src|source|item|entry|idm?|note|fn|work|div|ms|msdesc|biblstruct|listbibl|b|w|r|s|x|n|d)?"
    r"[-_.:]?[\de.]+$|(?:^|[-_.])(?=[A-Z]*\d)[A-Z0-9]{8}$|(?:^|[-_.])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{8}|^d\d+e\d+"
)
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "þ": "th",
        "ð": "d",
        "ŋ": "ng",
        "ı": "i",
        "й": "j",
        "ё": "e",
        "ї": "i",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
    }
)
_GREEK = "α a β b γ g δ d ε e ζ z η e θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ ph χ ch ψ ps ω o"
_CYRILLIC = (
    "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ  ы y ь  э e "
    "ю iu я ia і i є ie ґ g ў u ј j љ lj њ nj ђ dj ћ c џ dz ѣ e ѳ f"
)
_ARABIC = (
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h و w ي y "
    "ى a ة a ء  پ p چ ch ژ zh گ g ک k ی y"
)
_HEBREW = "א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף p צ ts ץ ts ק q ר r ש sh ת t"
_SCRIPTS = {
    ord(letter): latin
    for table in (_GREEK, _CYRILLIC, _ARABIC, _HEBREW)
    for letter, latin in re.findall(r"(\S) ([a-z]*)(?: |$)", table)
}
"""Romanisation letter by letter (ISO 843, ALA-LC), without diacritics."""


def make_key(record: Record) -> str:
    """Make the key of a record. Without a year it takes the numbers of the title; without anything it is “untitled”."""
    who = next(iter(record.author or record.editor or record.translator), None)
    name = _to_ascii((who.family or who.literal.split(" ")[-1]) if who is not None else "")
    called = (
        record.title,
        record.title_short,
        record.call_number,
        record.archive_place,
        record.archive,
        record.reviewed_title,
        record.note,
    )
    words = [_to_ascii(word) for word in re.split(r"[^\w]+", next(filter(None, called), ""))]
    known = [word for word in words if word]
    word = next((candidate for candidate in known if candidate not in STOP_WORDS), next(iter(known), ""))
    year = record.issued.year.removesuffix(" BCE")
    numbers = "" if year else "".join(number for number in known if number.isdigit() and number != word)
    return (name + year + word if name else (word or "untitled") + year) + numbers


def choose_key(record: Record) -> str:
    """Choose between the xml:id of a record and a generated key.

    An xml:id is kept if it has only letters, digits and - _ . :, begins with a letter, contains a word of three letters, and is
    neither a number in a series (bibl12, ref-3, d1e45) nor a machine's (zotero-382445-GIN6NANU, _5f3a9c1e).
    """
    return record.id if _GOOD.fullmatch(record.id) and not _MACHINE.search(record.id) else make_key(record)


def make_unique(records: Iterable[Record]) -> list[Record]:
    """Make the keys of the records unique: the first record keeps a key, the next ones get b, c, …"""
    given = list(records)
    wanted = distinguish(record.id or make_key(record) for record in given)
    return [record if record.id == found else replace(record, id=found) for record, found in zip(given, wanted, strict=True)]


def distinguish(wanted: Iterable[str]) -> list[str]:
    taken: set[str] = set()
    counts: dict[str, int] = {}
    result: list[str] = []
    for base in wanted:
        found = base
        while found in taken:
            counts[base] = counts.get(base, 1) + 1
            found = base + _number_to_letters(counts[base])
        taken.add(found)
        result.append(found)
    return result


def _to_ascii(word: str) -> str:
    if word.isascii():
        return re.sub(r"[^a-z0-9]", "", word.lower())
    bare = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    plain = bare.translate(_SCRIPTS)
    return re.sub(r"[^a-z0-9]", "", plain)


def _number_to_letters(count: int) -> str:
    """Convert a number to letters: 1 is a, 26 z, 27 aa."""
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
