"""Language tags (BCP 47, RFC 5646) for browsers and screen readers, normalised from the values that encoders write.

TEI asks for the shortest ISO 639 code (TEI P5, vi.1). Many documents have three letters (`lat`, `ger`), a name (`english`), an
underscore or a withdrawn code. siglum repairs these; any other invalid value gives no tag.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from siglum.text.tei import Element, attribute, child, elements

Direction = Literal["ltr", "rtl"]

_TAG = re.compile(
    r"""[a-z]{2,3}(-[a-z]{3}){0,3}             # language, and extended language
        (-[a-z]{4})?                           # script
        (-([a-z]{2}|[0-9]{3}))?                # region
        (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*   # variants
        (-[0-9a-wy-z](-[a-z0-9]{2,8})+)*       # extensions
        (-x(-[a-z0-9]{1,8})+)?                 # private use
        |x(-[a-z0-9]{1,8})+""",
    re.VERBOSE | re.IGNORECASE,
)
"""RFC 5646, section 2.1, without grandfathered tags."""

_TWO_LETTERS = """
aar aa, abk ab, afr af, aka ak, alb sqi sq, amh am, ara ar, arg an, arm hye hy, asm as, ava av, ave ae, aym ay, aze az, bak ba,
bam bm, baq eus eu, bel be, ben bn, bis bi, bos bs, bre br, bul bg, bur mya my, cat ca, cha ch, che ce, chi zho zh, chu cu,
chv cv, cor kw, cos co, cre cr, cze ces cs, dan da, div dv, dut nld nl, dzo dz, eng en, epo eo, est et, ewe ee, fao fo, fij fj,
fin fi, fre fra fr, fry fy, ful ff, geo kat ka, ger deu de, gla gd, gle ga, glg gl, glv gv, gre ell el, grn gn, guj gu, hat ht,
hau ha, heb he, her hz, hin hi, hmo ho, hrv hr, hun hu, ibo ig, ice isl is, ido io, iii ii, iku iu, ile ie, ina ia, ind id,
ipk ik, ita it, jav jv, jpn ja, kal kl, kan kn, kas ks, kau kr, kaz kk, khm km, kik ki, kin rw, kir ky, kom kv, kon kg, kor ko,
kua kj, kur ku, lao lo, lat la, lav lv, lim li, lin ln, lit lt, ltz lb, lub lu, lug lg, mac mkd mk, mah mh, mal ml, mao mri mi,
mar mr, may msa ms, mlg mg, mlt mt, mon mn, nau na, nav nv, nbl nr, nde nd, ndo ng, nep ne, nno nn, nob nb, nor no, nya ny,
oci oc, oji oj, ori or, orm om, oss os, pan pa, per fas fa, pli pi, pol pl, por pt, pus ps, que qu, roh rm, rum ron ro, run rn,
rus ru, sag sg, san sa, sin si, slo slk sk, slv sl, sme se, smo sm, sna sn, snd sd, som so, sot st, spa es, srd sc, srp sr,
ssw ss, sun su, swa sw, swe sv, tah ty, tam ta, tat tt, tel te, tgk tg, tgl tl, tha th, tib bod bo, tir ti, ton to, tsn tn,
tso ts, tuk tk, tur tr, twi tw, uig ug, ukr uk, urd ur, uzb uz, ven ve, vie vi, vol vo, wel cym cy, wln wa, wol wo, xho xh,
yid yi, yor yo, zha za, zul zu, scc sr, scr hr, mol ro, iw he, in id, ji yi, jw jv, mo ro, sh sr
"""
"""ISO 639-2 codes (bibliographic and terminological) and withdrawn codes; each row ends with the ISO 639-1 code."""

_NAMES = """
english en, german de, deutsch de, french fr, français fr, francais fr, italian it, italiano it, spanish es, español es,
latin la, greek grc, ancient-greek grc, hebrew he, arabic ar, dutch nl, russian ru, portuguese pt, syriac syr, coptic cop,
sanskrit sa, persian fa
"""
"""Languages written as names; “greek” means ancient Greek, as in editions of old texts."""

_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    """adlm arab aran armi avst chrs cprt elym hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo orkh ougr palm
    phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa yezi""".split()
)
_RIGHT_TO_LEFT_LANGUAGES = frozenset(
    """ar arc arz apc ary acm ajp bal bcc bgn bqi ckb dv fa glk he hbo jpr jrb khw lki lrc luz mid mnd mzn nqo oar ota ps pbt
    prs rhg sam sd sdh skr syc syr syn tmr ug ur yi yhd ydd""".split()
)
"""Languages usually written from right to left; a script in the tag has precedence."""

DIRECTIONS: dict[bool, Direction] = {False: "ltr", True: "rtl"}


def _parse_rows(table: str) -> dict[str, str]:
    rows = (row.split() for row in table.split(","))
    return {code: codes[-1] for codes in rows for code in codes}


_SHORT = _parse_rows(_TWO_LETTERS)
_NAMED = _parse_rows(_NAMES)
_KNOWN = frozenset(_SHORT.values())


@lru_cache(maxsize=1024)
def normalize_tag(written: str) -> str:
    """Return the tag for a value of `@xml:lang`, with the shortest codes (RFC 5646); empty if the value is not a language."""
    value = written.strip().replace("_", "-")
    value = _NAMED.get(value.lower(), value)
    if not _TAG.fullmatch(value):
        return ""
    first, *others = value.split("-")
    first = _SHORT.get(first.lower(), first.lower())
    if len(first) == 2 and first not in _KNOWN:
        return ""
    return "-".join([first, *others])


def only_language(root: Element) -> str:
    """Return the `@ident` in the header's `langUsage` if there is exactly one, as written."""
    usage = child(root, "teiHeader", "profileDesc", "langUsage")
    idents = {attribute(language, "ident") for language in elements(usage, "language")} if usage is not None else set()
    return idents.pop() if len(idents) == 1 else ""


def primary_language(language: str) -> str:
    """Return the primary language subtag: `de` for `de-AT`."""
    return language.partition("-")[0].lower()


def text_direction(language: str) -> Direction:
    """Return the writing direction of a normalised tag, from its script if it has one, else from its language."""
    # A single letter or digit begins an extension or the private use part.
    first, *others = re.split("-(?=[a-z0-9]-)", language.lower())[0].split("-")
    script = next((subtag for subtag in others if len(subtag) == 4 and subtag.isalpha()), "")
    return DIRECTIONS[script in _RIGHT_TO_LEFT_SCRIPTS if script else first in _RIGHT_TO_LEFT_LANGUAGES]
