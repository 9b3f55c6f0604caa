"""The elements of TEI P5 and their properties, in one table. A test compares it with the classes of P5.

A set of names stands elsewhere only where it means something else than a property here: the elements that one rule of one
output treats alike, names in an order of preference, or names with the words that readers see for them.
"""

from __future__ import annotations

_TABLE = """
block: addrLine address byline castItem dateline docAuthor docDate docEdition docImprint docTitle eLeaf eTree eg egXML figure
block: forest graph headItem headLabel imprimatur listApp listRelation listWit schemaSpec titlePart trailer tree view witDetail
block structure: argument castGroup castList cit closer epigraph epilogue lg list opener performance postscript prologue row
block structure: set sp spGrp table titlePage
block structure division: div div0 div1 div2 div3 div4 div5 div6 div7
block structure section: back body floatingText front group text
block structure entry-list record: listBibl
block entry record: biblStruct
block entry-list record: listEvent listOrg listPerson listPlace
block lexical: entry
block record: biblFull
block holder: ab cell head item l p salute signed speaker
structure: TEI
point: anchor gap milestone note ptr space
point break: cb gb lb pb
quotation: mentioned q quote said soCalled
name: eventName geogName name objectName orgName persName placeName
place-part: bloc country district geogFeat region settlement
entry record: event nym object org person personGrp place
entry-list: listNym listObject
lexical: form gramGrp hom re sense superEntry xr
record: category handNote msDesc relation taxonomy teiHeader
"""
PROPERTIES = {
    "block": "stands on lines of its own wherever it is",
    "break": "begins a line, column, page or gathering",
    "division": "is a numbered or unnumbered division",
    "entry": "is a record where it stands in a list of entries",
    "entry-list": "holds entries",
    "holder": "is a block that holds running text",
    "lexical": "is a part of a dictionary that may consist of parts",
    "name": "names a person, place, organization, event or object",
    "place-part": "names a part of a place",
    "point": "stands anywhere and breaks nothing by itself",
    "quotation": "sets words apart as somebody else's, or as words",
    "record": "holds data: a note in it is about the record",
    "section": "is a text or one of its largest parts",
    "structure": "holds blocks and no running text: what stands directly in it stands on a line of its own",
}


def with_property(key: str) -> frozenset[str]:
    """The names of the elements that have a property. Raises KeyError for a property that `PROPERTIES` does not have."""
    return _BY_PROPERTY[key]


def _read_table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {key: set() for key in PROPERTIES}
    for line in _TABLE.strip().splitlines():
        keys, _, names = line.partition(": ")
        for key in keys.split():
            found[key].update(names.split())
    return {key: frozenset(names) for key, names in found.items()}


_BY_PROPERTY = _read_table()
