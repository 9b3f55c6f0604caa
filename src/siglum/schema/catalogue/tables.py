"""TEI's customisations as tables of names: what each takes from a release, and what it deletes.

The facts are those of TEI's exemplars, © TEI Consortium, under CC BY 3.0 or BSD-2-Clause (see NOTICE in `schema/p5`), and are
valid for one release. tei_all needs no table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from siglum.text.frozen import frozen

RELEASE = "4.9.0a"
"""The release of the tables."""


@frozen
class Table:
    """Names are separated by spaces.

    `modules`: the elements to include, None for all; `taken`: classes of modules that are not included; `deleted`: classes.
    For classes and elements: `without` lists attributes to delete, `members` the remaining memberships of a class, `content`
    the class whose members (one or more) are the content of an element.
    """

    modules: Mapping[str, str | None]
    start: tuple[str, ...] | None = None
    taken: str = ""
    deleted: str = ""
    without: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, str] = field(default_factory=dict)


_DATED = "author change creation editor funder idno licence name principal resp sponsor title"
"""Elements with a `@calendar` of their own."""

TABLES = {
    "tei_bare": Table(
        modules={
            "core": "p list item label head author title",
            "tei": None,
            "header": "teiHeader fileDesc titleStmt publicationStmt sourceDesc",
            "textstructure": "TEI text body div front back",
        },
        deleted="att.fragmentable att.divLike att.declaring att.written att.global.source att.global.responsibility",
        without={
            "att.global": "xml:space xml:base",
            "att.global.rendition": "rend style",
            "title": "level",
            "TEI": "version",
            "sourceDesc": "default",
        },
    ),
    "tei_drama": Table(
        modules=dict.fromkeys(("header", "core", "tei", "textstructure", "linking", "drama")),
        start=("TEI", "teiCorpus"),
        without={
            "att.global.linking": "corresp synch sameAs copyOf exclude select",
            "att.global": "xml:space xml:base",
        },
        members={"att.global": "att.global.linking att.global.analytic"},
    ),
    "tei_lite": Table(
        modules={
            "tei": None,
            "core": (
                "abbr add addrLine address author bibl biblScope choice cit corr date del desc divGen editor emph expan "
                "foreign gap gloss graphic head hi index item l label lb lg list listBibl mentioned milestone name note "
                "num orig p pb ptr pubPlace publisher q ref reg relatedItem resp respStmt rs sic soCalled sp speaker "
                "stage teiCorpus term time title unclear"
            ),
            "header": (
                "authority availability catDesc catRef category change classCode classDecl creation distributor edition "
                "editionStmt editorialDecl encodingDesc extent fileDesc funder idno keywords langUsage language licence "
                "notesStmt principal profileDesc projectDesc publicationStmt refsDecl revisionDesc samplingDecl "
                "seriesStmt sourceDesc sponsor taxonomy teiHeader textClass titleStmt"
            ),
            "textstructure": (
                "TEI argument back body byline closer dateline div docAuthor docDate docEdition docImprint docTitle "
                "epigraph front group imprimatur opener postscript salute signed text titlePage titlePart trailer"
            ),
            "figures": "cell figure figDesc formula row table",
            "linking": "anchor seg",
            "analysis": "interp interpGrp pc s w",
            "tagdocs": "att code eg gi ident val",
        },
        start=("TEI", "teiCorpus"),
        taken="att.global.facs",
        deleted="att.calendarSystem att.internetMedia model.msItemPart model.msQuoteLike model.personPart",
        without={
            "TEI": "version",
            "att.global": "xml:base",
            "att.global.rendition": "style rendition",
            "att.global.linking": "synch sameAs copyOf exclude select",
            "att.datable.w3c": "notBefore notAfter from to",
            **dict.fromkeys(_DATED.split(), "calendar"),
        },
        content={"editorialDecl": "model.pLike"},
    ),
    "tei_minimal": Table(
        modules={
            "header": "teiHeader fileDesc titleStmt publicationStmt sourceDesc",
            "core": "p title",
            "textstructure": "TEI text body",
            "tei": None,
        },
        start=("TEI",),
    ),
}
