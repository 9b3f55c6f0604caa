"""The quotation marks of each language: the delimiters of the Unicode CLDR (release 48).

A row holds the outer opening, outer closing, inner opening and inner closing mark, then the languages that use them. French
marks have no-break spaces inside, which CLDR leaves to the typesetter.
"""

from __future__ import annotations

Pair = tuple[str, str]

ROOT: tuple[Pair, Pair] = (("“", "”"), ("‘", "’"))

_ROWS = """
“ ” ‘ ’ bm-Nkoo en ff-Adlm pt uz-Arab uz-Cyrl zh
„ “ ‚ ‘ bs-Cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl
„ ” ‚ ’ agq bs ff
„ ” ’ ’ sr
„ ” « » pl ro
„ ” » « hu szl
„ “ « » ka
„ “ „ “ bg lt prg sgs
« » “ ” ast blo br bua-Latn ca cv dyo el es-ES es es-US eu ie it kab kk lij mg mua nnh pt-AO pt-PT pt-CH pt-CV pt-MZ sc zgh-Latn
« » „ “ bas be bua ky os ru sah tyv uk
« » „ ” shi zgh
« » ‘ ’ dua el-polyton ewo grc ksf nb nn no rw
« » ‹ › am az-Arab az-Cyrl de-CH fa fr-CH gsw it-CH jgo kkj mzn rm sdh wae
« » › ‹ kk-Arab ug
« » « » hy
” ” ’ ’ fi he lag rn se sg sn sv yi
” “ ’ ‘ ar lld ms-Arab syr ur
‘ ’ “ ” fur ia tn
‘ ’ ‘ ’ nl
“ ” « » eo
“ ” ’ ‘ uz
“ ” “ ” tk
「 」 『 』 ja yue zh-Hant zh-TW zh-HK
"""


def _build_table() -> dict[str, tuple[Pair, Pair]]:
    table: dict[str, tuple[Pair, Pair]] = {}
    for row in _ROWS.strip().splitlines():
        outer_open, outer_close, inner_open, inner_close, *languages = row.split(" ")
        table.update(
            dict.fromkeys((language.lower() for language in languages), ((outer_open, outer_close), (inner_open, inner_close)))
        )
    spaced = ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»")
    table.update(dict.fromkeys(("fr", "ht", "oc", "yav"), (spaced, spaced)))
    table["fr-ca"] = (spaced, ("“", "”"))
    return table


_TABLE = _build_table()


def quotation_marks_of(language: str) -> tuple[Pair, Pair]:
    """Return the outer and the inner pair for a BCP 47 tag.

    The longest known prefix of the tag decides; without one, the pairs of CLDR's root locale.
    """
    subtags = language.lower().split("-")
    for length in range(len(subtags), 0, -1):
        if pairs := _TABLE.get("-".join(subtags[:length])):
            return pairs
    return ROOT
