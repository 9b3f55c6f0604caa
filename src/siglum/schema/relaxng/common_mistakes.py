"""Names that encoders often use by mistake, from HTML or TEI P4, and the elements that they use most.

These tables never decide whether a document is valid. They only choose what a message suggests.
"""

from __future__ import annotations

from collections.abc import Iterable

from siglum.schema.relaxng.nameclass import split_name

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


def sort_by_use(names: Iterable[str], *, in_text: bool = False) -> list[str]:
    """Sort element names: the most common ones first, then the rest alphabetically."""
    everyday = _IN_TEXT if in_text else _IN_STRUCTURE
    rank = {name: number for number, name in enumerate(everyday)}
    return sorted(names, key=lambda name: (rank.get(split_name(name)[1], len(rank)), split_name(name)[1], name))


def find_by_mistake(local: str, names: Iterable[str], mistakes: dict[str, str]) -> list[str]:
    """Return the names that a mistaken name stands for."""
    wanted = mistakes.get(local, "")
    bare = wanted.removeprefix("xml:")
    return [name for name in names if wanted and split_name(name)[1] == bare and is_xml(name) == (bare != wanted)]


def is_xml(name: str) -> bool:
    return split_name(name)[0] == "http://www.w3.org/XML/1998/namespace"
