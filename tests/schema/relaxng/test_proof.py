"""The quick proof never proves too much: what it proves valid, the driver finds no fault in; and it proves most of what is."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time
from xml.parsers import expat

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from siglum.schema import relaxng
from siglum.schema.relaxng import expat_driver, proof
from siglum.schema.relaxng.proof import Prover
from tests.schema.relaxng.clark import Pattern, Tree
from tests.schema.relaxng.schemas import schema
from tests.schema.relaxng.test_properties import documents, load, merged, schemas

GRAMMAR = """
<grammar ns="urn:t"><start><ref name="div"/></start>
<define name="div"><element name="div">
<optional><attribute name="xml:id"><data type="ID"/></attribute></optional>
<optional><attribute name="ref"><data type="IDREF"/></attribute></optional>
<optional><attribute name="n"><data type="int"/></attribute></optional>
<optional><attribute name="to"><data type="anyURI"/></attribute></optional>
<zeroOrMore><choice><ref name="div"/><element name="p"><mixed><zeroOrMore><element name="lb"><empty/></element></zeroOrMore>
</mixed></element><element name="year"><data type="gYear"/></element></choice></zeroOrMore></element></define></grammar>
""".strip()

PROVED = """
<div xmlns="urn:t"/>
<div xmlns="urn:t"></div>
<t:div xmlns:t="urn:t"><t:p>a<t:lb/>b</t:p></t:div>
<?xml version="1.0" encoding="utf-8"?><!-- <q> --><?pi > ?><div xmlns="urn:t"> </div><!-- after --><?pi?>
<div xmlns="urn:t"><!-- a comment --><p>with <!-- <b>another</b> --> in it</p><?and an="instruction"?></div>
<div xmlns="urn:t" n=" 12 " to="a?b&amp;c"><p >1 &lt; 2 &#8212; 3</p ></div>
<div xmlns="urn:t" xml:id="a"><div ref="a"/><div ref="b"/><div xml:id="b"/></div>
<t:div xmlns:t="urn:t"><p xmlns="urn:t">a<lb/></p><t:p>b<t:lb/></t:p></t:div>
<div xmlns="urn:t"><u:p xmlns:u="urn:t">a<u:lb/></u:p><p>b<lb/></p><u:p xmlns:u="urn:t"><u:lb/></u:p></div>
<div xmlns="urn:t"><year>1936</year><year> 1937 </year><year>1936</year></div>
<div xmlns="urn:t"><!----><p>a<!-- - ?><? <!- --><lb/></p><?p?><?p ??><?p <!-- <? - ?><year>19<!-- 18 -->36</year></div>
\ufeff<?xml version="1.0"?><!-- a mark before it --><div xmlns="urn:t"/>
""".strip().splitlines()

NOT_PROVED = """
<div xmlns="urn:t"><p>1 > 2</p></div>
<div xmlns='urn:t'/>
<div xmlns="urn:t"><p><![CDATA[1 < 2]]></p></div>
<!DOCTYPE div><div xmlns="urn:t"/>
<div xmlns="urn:t"><p xmlns=""/></div>
<div xmlns="urn:t"><p xmlns=""/><p/></div>
<t:div xmlns:t="urn:t"><t:p xmlns:t="urn:u"/></t:div>
<t:div xmlns:t="urn:t"><t:p>a<t:lb xmlns:t="urn:u"/></t:p></t:div>
<div xmlns="urn:t"><q/></div>
<div xmlns="urn:t">text</div>
<div xmlns="urn:t" n="x"/>
<div xmlns="urn:t" a=" xmlns=" b="urn:t"/>
<div xmlns="urn:t" xml:id="a"><div xml:id="a"/></div>
<div xmlns="urn:t" ref="a"/>
<div xmlns="urn:t"><year>now</year></div>
<div xmlns="urn:t"><year/></div>
<div xmlns="urn:t"><p></div>
<div xmlns="urn:t"/><div xmlns="urn:t"/>
<div xmlns="urn:t" n="1" n="1"/>
<div xmlns="urn:t">&nbsp;</div>
<div xmlns="urn:t"><p>a>lb/>b</p></div>
<div xmlns="urn:t"/>\ufeff
<div/>
text
<?xml version="1.0" encoding="unicode"?><div xmlns="urn:t"/>
""".strip().splitlines()


@pytest.fixture(scope="module")
def prover(tmp_path_factory: pytest.TempPathFactory) -> Prover:
    return Prover(schema(tmp_path_factory.mktemp("schema"), GRAMMAR).automaton)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize(("document", "proved"), [*((each, True) for each in PROVED), *((each, False) for each in NOT_PROVED)])
def test_it_proves_what_is_plainly_valid(prover: Prover, document: str, proved: bool, size: int) -> None:
    prover.forget()
    assert prover.proves(cut(document.encode(), size)) is proved


def test_it_gives_up_where_it_has_no_success(prover: Prover) -> None:
    """Documents it can say nothing about are read twice; where all are like that, it does not try any more."""
    prover.forget()
    bad, good = [b'<div xmlns="urn:t"><q/></div>'], [b'<div xmlns="urn:t"/>']
    assert [prover.proves(bad) for _ in range(30)] == [False] * 30
    assert prover.proves(good) is False
    prover.forget()
    assert all(prover.proves(good) and not prover.proves(bad) for _ in range(30))


@pytest.mark.parametrize("document", [*NOT_PROVED, '<div xmlns="urn:t"><></div>', "<div></div></div>", "<div n=></>", '<d"/>'])
def test_what_is_no_tag_is_no_proof_where_the_parser_is_late(
    prover: Prover, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 2.6 on expat waits for more of a tag that is not whole, and says later what is wrong with those after it."""

    def late(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> Iterator[bytes]:
        whole = b"".join(pieces)
        yield whole
        parser.Parse(whole, True)

    prover.forget()
    monkeypatch.setattr(proof, "_parsed", late)
    assert prover.proves([document.encode()]) is False


@pytest.mark.parametrize("comment", [b"<!-- %s-->" % (b"<? " * 100_000), b"<?p %s?>" % (b"<!-- " * 60_000)])
def test_a_comment_full_of_beginnings_takes_no_time(prover: Prover, comment: bytes) -> None:
    """To look from each of them for an end took two minutes."""
    prover.forget()
    begun = process_time()
    assert prover.proves(cut(b'<div xmlns="urn:t">' + comment + b"</div>", 1 << 18))
    assert process_time() - begun < 5


def test_what_comes_only_once_is_not_remembered(prover: Prover) -> None:
    """Pictures within addresses: the memory would grow with the number of files."""
    prover.forget()
    tracemalloc.start()
    try:
        for number in range(100):
            address = f"data:image/png;base64,{number}{'A' * 100_000}"
            assert prover.proves([f'<div xmlns="urn:t"><div to="{address}"/></div>'.encode()])
        assert tracemalloc.get_traced_memory()[0] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_text_without_end_is_left_to_the_driver(prover: Prover, monkeypatch: pytest.MonkeyPatch) -> None:
    document = b'<div xmlns="urn:t"><p>' + b"text " * 1_000 + b"</p></div>"
    prover.forget()
    assert prover.proves(cut(document, 100))
    monkeypatch.setattr(proof, "_AT_ONCE", 4_000)
    assert not prover.proves(cut(document, 100))
    assert prover.proves(cut(document.replace(b"<p>", b"<!--").replace(b"</p>", b"-->"), 100))


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def faults(one: relaxng.Schema, data: bytes) -> int:
    """How many faults the driver finds, which knows nothing of proofs; -1 for what is not well-formed."""
    try:
        return expat_driver.validate(one.automaton, [data]).total
    except expat.ExpatError:
        return -1


TEXTS = ["u", " ", "w", "&lt;", ">", "<!-- c -->", "<!-- <b> -->", "<?p i?>", "<![CDATA[u]]>", "&#117;", "\n", "&u;"]
QUOTES = st.sampled_from(['"', '"', '"', "'"])


@st.composite
def written(draw: st.DrawFn, node: Tree) -> str:
    """A tree as somebody might write it: not always well."""
    if isinstance(node, str):
        return draw(st.sampled_from([node.replace("<", "&lt;"), *TEXTS]))
    name, attributes, children = node
    quote = draw(QUOTES)
    inside = "".join(f" {key}={quote}{value}{quote}" for key, value in attributes)
    content = "".join(draw(written(child)) for child in children)
    if not content and draw(st.booleans()):
        return f"<{name}{inside}/>"
    space = draw(st.sampled_from(["", "", " ", "\n"]))
    return f"<{name}{inside}{space}>{content}</{name}{space}>"


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas, st.lists(documents, min_size=1, max_size=5), st.data())
def test_what_is_proved_is_valid(pattern: Pattern, trees: list[Tree], data: st.DataObject) -> None:
    one = load(pattern)
    assume(one is not None)
    assert one is not None
    for tree in map(merged, trees):
        text = data.draw(written(tree)).encode()
        proved = one.prover.proves(cut(text, data.draw(st.integers(1, 60))))
        assert not proved or faults(one, text) == 0, text


def test_on_real_documents(shared: Path, tmp_path: Path) -> None:
    """Nearly all valid documents are proved, and none that has a fault."""
    path = tmp_path / "tei_all.rng"
    path.write_bytes(gzip.decompress((shared / "oracles/schemas/tei_all.rng.gz").read_bytes()))
    one = relaxng.load(path, cache=False)
    proved = valid = 0
    for file in sorted((shared / "corpora").rglob("*.xml")):
        data = file.read_bytes()
        one.prover.forget()
        found, sound = one.prover.proves(cut(data, 1 << 16)), faults(one, data) == 0
        assert not (found and not sound), file
        valid += sound
        proved += found
    assert valid > 15
    assert proved / valid > 0.9, (proved, valid)
