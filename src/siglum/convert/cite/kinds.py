"""Find the CSL type that a @type means, in the terms of CSL, Zotero, BibTeX or a natural language."""

from __future__ import annotations

import re
from functools import cache

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript
    map motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty webpage""".split()
)
"""The types of CSL 1.0.2."""

_SYNONYMS = {
    "article-journal": "journalarticle article zeitschriftenartikel zeitschriftenaufsatz ja artikel",
    "article-magazine": "magazinearticle magazine",
    "article-newspaper": "newspaperarticle newspaper zeitungsartikel zeitung",
    "article": "preprint workingpaper",
    "book": "monograph monography monographie mvbook booklet m monogr buch livre libro edition",
    "collection": "mvcollection proceedings sammelband",
    "chapter": """booksection bookchapter inbook incollection suppbook suppcollection buchkapitel aufsatz sammelbandbeitrag
        booksection ms-part inreference_ beitrag da kapitel""",
    "paper-conference": "conferencepaper inproceedings conference paper konferenzbeitrag",
    "thesis": "phdthesis mastersthesis dissertation diss thèse these tesi doctoralthesis hochschulschrift habilitation",
    "report": "techreport technicalreport grayliterature",
    "webpage": "website web online webseite electronic www blog",
    "post-weblog": "blogpost weblog",
    "post": "forumpost",
    "dataset": "data corpusdata",
    "software": "computerprogram program tool",
    "personal_communication": "letter email brief lettre lettera epistle instantmessage correspondence postcard",
    "manuscript": "ms handschrift unpublished codex typescript manuscrit manoscritto",
    "review": "rezension compterendu recensione",
    "review-book": "bookreview reviewbook",
    "entry-encyclopedia": "encyclopediaarticle encyclopaedia-article inreference lexikonartikel encyclopedia",
    "entry-dictionary": "dictionaryentry",
    "motion_picture": "film movie videorecording video",
    "song": "audiorecording audio music record",
    "broadcast": "tvbroadcast radiobroadcast podcast",
    "musical_score": "score sheetmusic noten partitur",
    "graphic": "artwork image picture painting photograph",
    "map": "karte",
    "speech": "presentation talk lecture vortrag",
    "interview": "interviewrecording",
    "legal_case": "case jurisdiction",
    "legislation": "statute law gesetz",
    "periodical": "journal j zeitschrift serial series",
    "standard": "norm",
    "pamphlet": "flugschrift brochure",
    "performance": "play-performance",
}
_TYPE = {re.sub(r"[\W_]", "", word): kind for kind, words in _SYNONYMS.items() for word in words.split()}
_TYPE |= {re.sub(r"[\W_]", "", kind): kind for kind in TYPES}
JOURNAL_ARTICLES = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "review-book"})


@cache
def find_type(word: str) -> str:
    """The CSL type that a @type means; empty if it means none."""
    return word if word in TYPES else _TYPE.get(re.sub(r"[\W_]", "", word.casefold()), "")


def is_in_a_journal(kind: str) -> bool:
    """Whether a work of this type is a periodical or stands in one."""
    return kind in JOURNAL_ARTICLES or kind == "periodical"
