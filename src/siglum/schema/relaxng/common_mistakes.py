"""What encoders write out of habit, from HTML or the fourth edition of the Guidelines, and what they reach for most.

Nothing here decides whether a document is valid. A habit counts only where the schema knows what it would be in P5.
"""

from __future__ import annotations

from collections.abc import Iterable

from siglum.schema.relaxng.nameclass import split

ELEMENTS = {
    "TEI.2": "TEI",
    "teiCorpus.2": "teiCorpus",
    "witList": "listWit",
    "dateRange": "date",
    "dateStruct": "date",
    "timeRange": "time",
    "timeStruct": "time",
    "handList": "handNotes",
    "hand": "handNote",
    "xref": "ref",
    "xptr": "ptr",
    "div0": "div1",
    **dict.fromkeys(("b", "i", "u", "strong", "sup", "sub"), "hi"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "head"),
    **dict.fromkeys(("ul", "ol", "dl"), "list"),
    **dict.fromkeys(("td", "th"), "cell"),
    "em": "emph",
    "span": "seg",
    "a": "ref",
    "img": "graphic",
    "li": "item",
    "br": "lb",
    "tr": "row",
    "blockquote": "quote",
    "section": "div",
    "para": "p",
    "footnote": "note",
}
ATTRIBUTES = {
    "id": "xml:id",
    "lang": "xml:lang",
    "date": "when",
    "href": "target",
    "url": "target",
    "src": "url",
    **dict.fromkeys(("no", "nr", "num", "number"), "n"),
    "class": "rend",
}
_IN_STRUCTURE = """
    p l lg item cell row change title head div list sp ab body stage resp lem rdg persName placeName orgName name author
    publisher date bibl note quote speaker table figure graphic surface hi ref front back text teiHeader person
    sic orig abbr corr reg expan seg add del desc idno
""".split()
_IN_TEXT = "hi persName placeName date title ref note quote name add del choice seg bibl list lb pb".split()


def common_first(names: Iterable[str], *, in_text: bool = False) -> list[str]:
    """Names of elements as an encoder would think of them: the everyday ones, then the rest by the alphabet."""
    everyday = _IN_TEXT if in_text else _IN_STRUCTURE
    rank = {name: number for number, name in enumerate(everyday)}
    return sorted(names, key=lambda name: (rank.get(split(name)[1], len(rank)), split(name)[1], name))


def by_habit(local: str, names: Iterable[str], habits: dict[str, str]) -> list[str]:
    """The one of these names that somebody means by a name of old."""
    wanted = habits.get(local, "")
    bare = wanted.removeprefix("xml:")
    return [each for each in names if wanted and split(each)[1] == bare and is_xml(each) == (bare != wanted)]


def is_xml(name: str) -> bool:
    return split(name)[0] == "http://www.w3.org/XML/1998/namespace"
