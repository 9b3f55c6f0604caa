"""TEI documents made at random for property tests: the commonest elements, nested in every way that comes along."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

UNSHRUNK = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=True,
)
"""To make a document that fails smaller takes minutes, in which every one that is tried is written in every format."""

_WORDS = st.sampled_from(
    ["Lenin", "said", "Ärger", "1917", "the", "x<y", "a&b", "œuvre", "Страна", "co-op", "end.", "it's", "(so)"]
)
_SPACE = st.sampled_from([" ", " ", "\n   "])
_INLINE = (
    "hi|emph|foreign xml:lang='fr'|persName ref='#ID'|seg xml:id='NEW'|q|quote|said who='#ID'|soCalled|mentioned|"
    "q rend='block'|note|note place='margin'|"
    "note type='editorial'|note n='*'|note xml:id='NEW' n='a b'|note target='#ID'|del|add|supplied|"
    "ref target='#ID'|ref target='http://x.org/?a=1&amp;b'|title level='m'|title level='a'|bibl|hi rend='sup'|q xml:lang='de'|"
    "restore|surplus|unclear reason='faded'|fw|stage|abbr|orig|seg rend='indent(2)'|strange"
).split("|")
_POINTS = (
    "<lb/>|<lb break='no'/>|<pb n='3'/>|<pb n='4' break='no'/>|<cb/>|<gap reason='lost'/>|<ptr target='#ID'/>|"
    "<anchor xml:id='NEW'/>|<!-- lost? no -->|<?pi lost?>|<milestone unit='x'/>|<graphic url='a.png'/>|<space/>|"
    "<milestone unit='section' rend='stars'/>|<restore><del>kept</del></restore>|<gap><desc>a leaf</desc></gap>|"
    "<delSpan spanTo='#ID'/>|<addSpan spanTo='#ID'/>|<handShift/>|<index><term>entry</term></index>|"
    "<persName><forename>Ada</forename><surname>King</surname></persName>|<ex>us</ex>|<am>~</am>"
).split("|")
_PLAIN_INLINE = (
    "hi|emph|seg xml:id='NEW'|q|quote|said|soCalled|q rend='block'|note|note n='7'|del|add|supplied|title level='m'|bibl".split(
        "|"
    )
)
_PLAIN_POINTS = "<lb/>|co<lb break='no'/>op|<pb n='3'/>|<anchor xml:id='NEW'/>|<!-- no -->|<milestone unit='x'/>".split("|")


_RECORDS = (
    "<listPerson><person xml:id='NEW'><persName><forename>{0}</forename><surname>{0}</surname></persName><birth>{1}</birth>"
    "<note>{1}</note></person></listPerson>",
    "<listBibl><biblStruct><monogr><author>{0}</author><title>{0}</title><imprint><date>{1}</date></imprint></monogr>"
    "</biblStruct><bibl>{1}</bibl></listBibl>",
    "<listPlace><place><placeName>{0}</placeName><desc>{1}</desc></place></listPlace>",
)
_SPANNING = (
    "<table rend='x'><row><cell rows='2'>{0}</cell><cell cols='3' rows='2'>{1}</cell></row><row><cell/><cell>{0}</cell></row>"
    "<row role='label'><cell rows='99'>{1}</cell></row></table>"
)
_TABLE = "<table><head>{}</head><row role='label'><cell cols='2'>{}</cell></row><row><cell>{}</cell></row></table>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _wrapped(kind: str, content: str) -> str:
    return f"<{kind}>{content}</{kind.split(maxsplit=1)[0]}>"


def _runs(parts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=most).map("".join)


def _phrases(kinds: list[str], points: list[str]) -> st.SearchStrategy[str]:
    words = st.lists(st.one_of(_WORDS.map(_escaped), _SPACE), min_size=1, max_size=5).map("".join)
    leaf = st.one_of(words, words, st.sampled_from(points))

    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        run = _runs(inner, 3)
        return st.one_of(
            st.builds(_wrapped, st.sampled_from(kinds), run),
            st.builds("<choice><sic>{}</sic><corr resp='#ID'>{}</corr></choice>".format, run, run),
            st.builds("<choice><abbr>{}</abbr><expan>{}</expan></choice>".format, run, run),
            st.builds("<app><lem>{}</lem><rdg>{}</rdg></app>".format, run, run),
            st.builds("<app><lem wit='#ID'>{}</lem><rdg>{}</rdg><note>{}</note></app>".format, run, run, run),
            st.builds("<app><rdgGrp><rdg>{}</rdg></rdgGrp><rdg/><witDetail>{}</witDetail></app>".format, run, run),
            st.builds("<note>{}<choice><orig>{}</orig><reg>{}<note>n</note></reg></choice></note>".format, run, run, run),
            st.builds("<app><rdgGrp><rdg wit='#ID'>{}</rdg><rdg/></rdgGrp><note>{}</note></app>".format, run, run),
            st.builds("<cit><quote>{}</quote> <bibl>{}</bibl></cit>".format, run, run),
            st.builds("<subst><del>{}</del><add>{}</add></subst>".format, run, run),
        )

    return _runs(st.recursive(leaf, wider, max_leaves=6), 2)


def _blocks(phrases: st.SearchStrategy[str], *, laid_out: bool) -> st.SearchStrategy[str]:
    paragraph = st.builds("<p>{}</p>".format, phrases)
    numbered = st.builds("<p xml:id='NEW'>{}</p>".format, phrases)
    verse = st.lists(phrases, min_size=1, max_size=3).map(lambda lines: _wrapped("lg", "".join(f"<l>{x}</l>" for x in lines)))
    stanza = st.builds(
        "<lg><head>{}</head><l part='I'>{}</l><l part='F' rend='indent'>{}</l><lg><l n='5'>{}</l></lg></lg>".format,
        *(phrases,) * 4,
    )
    simple = st.one_of(paragraph, numbered, verse, *((stanza, _inscriptions(phrases), _records(phrases)) if laid_out else ()))

    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        run = _runs(inner, 3)
        plain = [
            st.builds(
                _wrapped, st.sampled_from(["quote", "q", "div", "div xml:id='NEW'", "sp", "epigraph", "div type='notes'"]), run
            ),
            st.builds("<p>{}<quote>{}</quote>{}</p>".format, phrases, run, phrases),
            st.builds("<p>{}<note>{}</note>{}</p>".format, phrases, run, phrases),
            st.builds("<cit><quote>{}</quote><bibl>{}</bibl></cit>".format, run, phrases),
            st.builds("<div><head>{}</head>{}</div>".format, phrases, run),
            st.builds("<sp><speaker>{}</speaker><stage>{}</stage>{}</sp>".format, phrases, phrases, run),
        ]
        set_out = [
            st.builds("<list><head>{}</head><item>{}</item><item n='2'>{}</item></list>".format, phrases, phrases, run),
            st.builds("<p>{}<list><label>{}</label><item>{}</item></list>{}</p>".format, phrases, phrases, phrases, phrases),
            st.builds(
                _TABLE.format,
                phrases,
                phrases,
                run,
            ),
            st.builds(_SPANNING.format, phrases, run),
            st.builds("<ab>{}<l>{}</l>{}</ab>".format, phrases, phrases, phrases),
            st.builds("<list>{}<item>{}</item>tail</list>".format, st.just("<pb n='1'/>"), run),
            st.builds("<milestone unit='x' rend='stars'/>{}<trailer>{}</trailer>".format, run, phrases),
            st.builds("<figure><graphic url='b.png'/><head>{}</head><figDesc>{}</figDesc></figure>".format, phrases, phrases),
        ]
        return st.one_of(*plain, *(set_out if laid_out else []))

    return _runs(st.recursive(simple, wider, max_leaves=4), 3)


def _inscriptions(phrases: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("<div type='edition'><ab><lb n='1'/>{}<lb n='2' break='no'/>{}<cb/></ab></div>".format, phrases, phrases)


def _records(phrases: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda form, name, told: form.format(name, told), st.sampled_from(_RECORDS), phrases, phrases)


def _whole(body: str) -> str:
    made = count(1)
    ids = body.count("NEW")
    while "NEW" in body:
        body = body.replace("NEW", f"i{next(made)}", 1)
    aimed = count(1)
    while "#ID" in body:
        body = body.replace("#ID", f"#i{next(aimed) * 7 % (ids + 2)}", 1)
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text><body>{body}</body></text></TEI>'


def documents() -> st.SearchStrategy[str]:
    """Any mixture."""
    return _blocks(_phrases(_INLINE, _POINTS), laid_out=True).map(_whole)


def running_documents() -> st.SearchStrategy[str]:
    """Mixtures that plain text prints as words alone: no lists, tables, pictures; numbered notes of the author."""
    return _blocks(_phrases(_PLAIN_INLINE, _PLAIN_POINTS), laid_out=False).map(_whole)
