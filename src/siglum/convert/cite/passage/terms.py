# ruff: noqa: E501 - the table has a row a term
"""The terms for parts of texts in citations: CSL's label, and the words for one and for several in five languages.

The words come from the CSL locales, shortened; where CSL has no term they are those of editors. In the table “_” is a space inside a term.
"""

from __future__ import annotations

from siglum.text.frozen import frozen

LANGUAGES = ("en", "de", "fr", "it", "es")

_TABLE = """
act             | act           | act acts          | Akt Akte         | acte actes          | atto atti          | acto actos
apparatus       | section       | apparatus apparatus | Apparat Apparate | apparat apparats  | apparato apparati  | aparato aparatos
appendix        | appendix      | app. apps.        | Anh. Anh.        | app. app.           | app. app.          | ap. aps.
back            | section       | back_matter back_matter | Anhang Anhang | annexes annexes    | appendici appendici | apéndices apéndices
bibliography    | section       | bibliography bibliographies | Bibliographie Bibliographien | bibliographie bibliographies | bibliografia bibliografie | bibliografía bibliografías
block           | section       | block blocks      | Block Blöcke     | bloc blocs          | blocco blocchi     | bloque bloques
book            | book          | bk. bks.          | Buch Bücher      | liv. liv.           | lib. libb.         | lib. libs.
canto           | part          | canto cantos      | Gesang Gesänge   | chant chants        | canto canti        | canto cantos
chapter         | chapter       | ch. chs.          | Kap. Kap.        | chap. chap.         | cap. capp.         | cap. caps.
column          | column        | col. cols.        | Sp. Sp.          | col. col.           | col. coll.         | col. cols.
commentary      | section       | commentary commentaries | Kommentar Kommentare | commentaire commentaires | commento commenti | comentario comentarios
diary entry     | section       | entry entries     | Eintrag Einträge | entrée entrées      | annotazione annotazioni | entrada entradas
edition         | section       | edition editions  | Edition Editionen | édition éditions   | edizione edizioni  | edición ediciones
entry           | sub-verbo     | s.v. s.vv.        | s.v. s.vv.       | s.v. s.vv.          | s.v. s.vv.         | s.v. s.vv.
folio           | folio         | fol. fols.        | fol. fol.        | fol. fol.           | f. ff.             | f. ff.
fragment        | part          | frag. frags.      | Frg. Frg.        | frag. frag.         | fr. frr.           | frag. frags.
front           | section       | front_matter front_matter | Vorspann Vorspann | liminaires liminaires | preliminari preliminari | preliminares preliminares
gathering       | part          | gath. gaths.      | Lage Lagen       | cahier cahiers      | fasc. fascc.       | cuad. cuads.
heading         | section       | heading headings  | Überschrift Überschriften | titre titres | titolo titoli    | título títulos
letter          | section       | letter letters    | Brief Briefe     | lettre lettres      | lettera lettere    | carta cartas
line            | line          | l. ll.            | Z. Z.            | l. l.               | r. rr.             | lín. líns.
note            | note          | n. nn.            | Anm. Anm.        | n. n.               | n. nn.             | n. nn.
page            | page          | p. pp.            | S. S.            | p. p.               | p. pp.             | p. pp.
paragraph       | paragraph     | para. paras.      | Abs. Abs.        | par. par.           | par. parr.         | párr. párrs.
part            | part          | pt. pts.          | Teil Teile       | partie parties      | parte parti        | parte partes
passage         | section       | passage passages  | Stelle Stellen   | passage passages    | passo passi        | pasaje pasajes
poem            | section       | poem poems        | Gedicht Gedichte | poème poèmes        | poesia poesie      | poema poemas
quotation       | section       | quotation quotations | Zitat Zitate  | citation citations  | citazione citazioni | cita citas
scene           | scene         | sc. sc.           | Szene Szenen     | scène scènes        | scena scene        | escena escenas
section         | section       | sec. secs.        | Abschn. Abschn.  | sect. sect.         | sez. sezz.         | sec. secs.
sense           | section       | sense senses      | Bed. Bed.        | sens sens           | acc. acc.          | acep. aceps.
speech          | section       | speech speeches   | Rede Reden       | réplique répliques  | battuta battute    | parlamento parlamentos
stanza          | verse         | st. sts.          | Str. Str.        | str. str.           | str. strr.         | estr. estrs.
stage direction | section       | st.dir. st.dirs.  | Anw. Anw.        | did. did.           | did. didd.         | acot. acots.
text            | section       | text texts        | Text Texte       | texte textes        | testo testi        | texto textos
title page      | section       | title_page title_pages | Titelblatt Titelblätter | page_de_titre pages_de_titre | frontespizio frontespizi | portada portadas
translation     | section       | translation translations | Übersetzung Übersetzungen | traduction traductions | traduzione traduzioni | traducción traducciones
verse           | line          | l. ll.            | V. V.            | v. v.               | v. vv.             | v. vv.
volume          | volume        | vol. vols.        | Bd. Bde.         | vol. vol.           | vol. voll.         | vol. vols.
"""

_ALIASES = {
    alias: unit
    for unit, aliases in {
        "act": "aufzug",
        "chapter": "kapitel chapitre capitolo capítulo capitulum",
        "column": "spalte colonne colonna columna",
        "folio": "leaf blatt foglio",
        "letter": "epistula epistola",
        "line": "l ll row zeile ligne riga línea",
        "note": "fn footnote anmerkung nota fußnote",
        "page": "pg seite pagina página",
        "paragraph": "ab absatz ¶ paragraphe paragrafo párrafo",
        "poem": "psalm sonnet song carmen",
        "scene": "auftritt",
        "section": "clause div textpart § §§ abschnitt sezione sección",
        "stanza": "strophe strofa estrofa",
        "verse": "vers verso versus",
    }.items()
    for alias in aliases.split()
}
"""Synonyms of these parts: element names, older print, full forms."""


@frozen
class Term:
    """CSL's label, and by language the words for one and for several."""

    label: str
    words: dict[str, tuple[str, str]]


def _read_table() -> dict[str, Term]:
    terms = {}
    for row in _TABLE.strip().splitlines():
        unit, label, *words = (cell.strip() for cell in row.split("|"))
        pairs = ([word.replace("_", " ") for word in cell.split(" ")] for cell in words)
        terms[unit] = Term(label, {key: (one, several) for key, (one, several) in zip(LANGUAGES, pairs, strict=True)})
    return terms


TERMS = _read_table()


def _build_meanings() -> dict[str, str]:
    """Map each word without its stop to its unit: “abs” is a paragraph, “S” a page."""
    found: dict[str, str] = {}
    for unit, term in TERMS.items():
        for pair in term.words.values():
            for word in pair:
                found.setdefault(word.rstrip(".").casefold(), unit)
    plural = {f"{unit}s": unit for unit in TERMS}
    return {**found, **_ALIASES, **plural, **{unit: unit for unit in TERMS}}


MEANINGS = _build_meanings()


def find_unit(unit: str) -> str:
    """The unit that a word means; the word itself if it is unknown."""
    return MEANINGS.get(unit.casefold().rstrip("."), unit)
