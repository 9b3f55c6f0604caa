"""What a node is to a reader, and how it stands among its neighbours, by the TEI element that it comes from.

These are the only tables from TEI names to typography: writers ask a node for its role and its spacing.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a reader takes a node for, where that is more than the kind of the node says."""

    NONE = ""
    ABBREVIATION = "abbreviation"
    CODE = "code"
    DATE = "date"
    ENTRY = "entry"
    GAP = "gap"
    HEADING = "heading"
    ITEM = "item"
    QUOTATION = "quotation"
    SPEAKER = "speaker"
    SPEECH = "speech"
    STAGE = "stage"
    SUPPLIED = "supplied"
    TITLE_PART = "title part"
    UNCLEAR = "unclear"
    VERBATIM = "verbatim"
    WITNESSES = "witnesses"


class Spacing(StrEnum):
    """How a block is parted from its neighbours in formats that part blocks by lines.

    APART: by an empty line. TIGHT: it follows another tight block on the next line. GROUP: by an empty line, however closely
    its own lines stand. TIGHT_GROUP: a group whose parts are all tight.
    """

    APART = "apart"
    TIGHT = "tight"
    GROUP = "group"
    TIGHT_GROUP = "tight group"


ROLES = {
    "abbr": Role.ABBREVIATION,
    "app": Role.ENTRY,
    "date": Role.DATE,
    "gap": Role.GAP,
    "head": Role.HEADING,
    "item": Role.ITEM,
    "listWit": Role.WITNESSES,
    "sp": Role.SPEECH,
    "speaker": Role.SPEAKER,
    "stage": Role.STAGE,
    "supplied": Role.SUPPLIED,
    "titlePart": Role.TITLE_PART,
    "unclear": Role.UNCLEAR,
    **dict.fromkeys(("q", "quote", "said"), Role.QUOTATION),
    **dict.fromkeys(("att", "code", "gi", "tag"), Role.CODE),
    **dict.fromkeys(("eg", "egXML"), Role.VERBATIM),
}
SPACING = {
    **dict.fromkeys("addrLine byline castItem dateline docAuthor salute signed speaker stage titlePart".split(), Spacing.TIGHT),
    **dict.fromkeys("address castGroup castList lg sp titlePage".split(), Spacing.GROUP),
    **dict.fromkeys(("opener", "closer"), Spacing.TIGHT_GROUP),
}
