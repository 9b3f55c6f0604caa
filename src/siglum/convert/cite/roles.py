"""Find the field of the record for a role, a MARC relator code or the words of a `resp`.

A role that CSL does not have stays in words, as a credit.
"""

from __future__ import annotations

import re
from functools import cache

_SYNONYMS = {
    "author": """author aut writer cre creator auteur autor autorin verfasser verfasserin autore scriptor dramatist poet
        docauthor interviewee ive artist art cartographer ctg programmer prg inventor inv commenter podcaster presenter spk
        dis dissertant lbt librettist lyr lyricist sender""",
    "editor": """editor edt edc edm ed eds éd hrsg hg herausgeber herausgeberin herausgegeben editeur éditeur éditrice curatore
        editora redaktor redakteur red redacteur scientificeditor texteditor edited editing""",
    "translator": """translator trl tr trans translated translation übersetzer übersetzerin traducteur traductrice traductor
        traduttore tradutor vertaler translatedby übersetzung traduction traduzione traducción""",
    "compiler": "compiler com comp compilateur compilator zusammensteller kompilator",
    "contributor": "contributor ctb mitarbeiter mitarbeiterin collaborator clb collaborateur collaboratore contributing",
    "composer": "composer cmp komponist komponistin compositeur compositore compositor",
    "illustrator": "illustrator ill illustratorin illustrateur illustratore ilustrador",
    "recipient": "recipient rcp addressee adressat adressatin empfänger empfängerin destinataire destinatario receiver",
    "interviewer": "interviewer ivr",
    "director": "director drt regisseur regisseurin réalisateur regista fmd",
    "producer": "producer pro produzent producteur produttore fmp",
    "executive_producer": "executiveproducer",
    "script_writer": "scriptwriter screenwriter aus scénariste sceneggiatore drehbuch",
    "performer": "performer prf act actor sng singer mus musician castmember interpret interprète voc ins cnd",
    "narrator": "narrator nrt reader erzähler sprecher",
    "host": "host hst",
    "guest": "guest",
    "organizer": "organizer orm organiser",
    "chair": "chair mod",
    "curator": "curator cur kurator kuratorin",
    "container_author": "bookauthor containerauthor",
    "collection_editor": "serieseditor collectioneditor reihenherausgeber edr",
    "editorial_director": "editorialdirector pbd",
    "series_creator": "seriescreator",
    "original_author": "originalauthor aui",
    "reviewed_author": "reviewedauthor",
}
FIELDS = tuple(_SYNONYMS)
"""The fields of a record that hold agents."""

_NARROWER = frozenset(
    """interviewee ive artist art cartographer ctg programmer prg inventor inv commenter podcaster presenter spk dissertant dis
    librettist lbt lyricist lyr castmember actor act singer sng musician mus sprecher reader""".split()
)
"""Roles that are narrower than their field: CSL has the programmer as the author."""
_FIELD = {word: field for field, words in _SYNONYMS.items() for word in words.split()}
_TRANSLATION = re.compile(r"transl|übers|traduc|tradui|traduz|vertal", re.IGNORECASE)
_PHRASES = (
    (re.compile(r"^(?:[\w ]*\b(?:illustrat\w*|illustr\.|illustriert\w*)\b)[\w .]*$", re.IGNORECASE), "illustrator"),
    (re.compile(r"^(?:[\w ]*\b(?:compiled|compiler|zusammengestellt)\b)[\w .]*$", re.IGNORECASE), "compiler"),
    (re.compile(r"^(?:music|musik|musique|composed|komponiert)(?: by| von| de)?$", re.IGNORECASE), "composer"),
    (re.compile(r"^(?:series editors?|reihenherausgeber\w*)$", re.IGNORECASE), "collection_editor"),
    (
        re.compile(
            r"^(?:[\w ]*\b(?:edited|editors?|editing|edition|hrsg|hg|herausg\w*|éditeur|édité|édition|curator|a cura|curato)\b)"
            r"[\w .]*$",
            re.IGNORECASE,
        ),
        "editor",
    ),
)  # fmt: skip
_RELATOR = re.compile(r"(?:relators?[/:#]|marcrel[:/]|^)([a-z]{3})$")


@cache
def find_field(role: str, resp: str = "", codes: tuple[str, ...] = ()) -> str:
    """Find the field for a role (an element, @role), or for the code or words of a `resp`; empty if there is none."""
    if role != "resp":
        return _field_of_word(role)
    return next(filter(None, map(_field_of_word, codes)), "") or _field_of_word(resp.rstrip(":. ")) or _field_of_phrase(resp)


def find_narrower_role(role: str, resp: str) -> str:
    """The role in words, if its field is broader: “programmer” for an author, “pianist” for a performer."""
    said = resp if role == "resp" else role
    narrower = re.sub(r"[\W_]", "", said.casefold()) in _NARROWER
    return said if narrower or (role == "resp" and resp and not find_field("resp", resp)) else ""


def _field_of_word(role: str) -> str:
    """Find the field of a word, a code, or a MARC address: http://id.loc.gov/vocabulary/relators/edt."""
    code = _RELATOR.search(role.rstrip("/"))
    word = code[1] if code else role
    return _FIELD.get(re.sub(r"[\W_]|(?:by|von|par)$", "", word.casefold()), "") or _FIELD.get(
        word.casefold().rpartition("#")[2], ""
    )


def _field_of_phrase(resp: str) -> str:
    said = resp.strip(" :,;")
    if _TRANSLATION.search(said):
        return "translator"
    return next((field for pattern, field in _PHRASES if pattern.match(said)), "")
