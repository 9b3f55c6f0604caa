"""Markdown: `pages.md` says what is written of each kind of text; an independent parser reads the same words out of it."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from siglum.convert import export
from siglum.convert.reading import builder
from siglum.convert.reading.tree import plain
from siglum.convert.writers import markdown
from siglum.text.edition import resolve
from tests.convert.reading.generated import documents
from tests.convert.writers.markdown.parsed import kinds, words
from tests.text.pages.reader import Case, cases, document

PAGE = Path(__file__).with_name("pages.md")
MANY = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
SIGNS = st.text(st.sampled_from("*_[]()#+-.!<>|\\`~&=:;'\"{}$^@%?/1 29ab\u00a0\u2003é“”€😀\t\n\u2028\u0085"), max_size=24)
LINE_STARTS = st.sampled_from(
    r"""1._ 1)_ 12345678._ #_ ##_ >_ -_ +_ *_ --- === *** ``` ~~~ ____ [a]:_b [^1]:_c [^1] ![ <b> </div> <!-- &amp; &#42; \
    http://a.b ::: :_ [x]_ $$ |a|b| |_---_|""".replace("_", "\u00a0").split(" ")
).map(lambda start: start.replace("\u00a0", " ").replace("\n    ", ""))
TEXTS = st.tuples(st.one_of(st.just(""), LINE_STARTS), SIGNS, st.one_of(st.just(""), LINE_STARTS), SIGNS).map("".join)
PLACES = (
    "<p>{0}</p><p>{1}</p>",
    "<p>{0}<lb/>{1}</p><lg><l>{0}</l><l>{1}</l></lg>",
    "<div><head>{0}<lb/>{1}</head><p>{1}</p></div>",
    "<list><item>{0}</item><item n='{1}'>{1}</item></list><list><label>{0}</label><item>{1}</item></list>",
    "<table><head>{0}</head><row><cell>{0}</cell><cell>{1}</cell></row><row><cell>{1}</cell></row></table>",
    "<table><row><cell cols='2'>{0}</cell></row><row><cell>{1}<p>{0}</p></cell></row></table>",
    "<p>{0}<emph>{1}</emph>{0}<hi rend='bold'>{1}<emph>{0}</emph></hi>{1}<hi rend='sup'>{0}</hi></p>",
    "<p>{0}<note>{1}</note>{0}<note><quote><p>{0}</p></quote></note>{1}</p>",
    "<p>{0}<ref target='http://x.org/{1}'>{1}</ref>{0}<ref target='#a'>{1}</ref></p><p xml:id='a'>{0}</p>",
    "<cit><quote><p>{0}</p><p>{1}</p></quote><bibl>{0}</bibl></cit><sp><speaker>{1}</speaker><l>{0}</l></sp>",
    "<figure><graphic url='{1}.png'/><figDesc>{0}</figDesc></figure><p><stage>{1}</stage>{0}</p>",
    "<p>{0}<quote><list><item>{1}<quote><p>{0}</p></quote></item></list></quote>{1}</p>",
)


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace())


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in cases(PAGE)])
def test_it_is_written_as_the_page_says(case: Case) -> None:
    tree = builder(resolve(case.document)).tree()
    assert markdown.write(tree) == case.expected["markdown"]
    assert _letters(words(markdown.write(tree))) == _expected(case.expected["markdown"], _standoff(case.document))


def _standoff(document: object) -> str:
    made = export.to_standoff(document)  # type: ignore[arg-type]
    return str(made.files[".txt"])


def _expected(written: str, text: str) -> Counter[str]:
    """The words of the tree; what Markdown adds to them is the dash before the reference of a quotation."""
    added = sum(line.lstrip("> ").startswith("— ") for line in written.splitlines())
    return _letters(text) + Counter({"—": added} if added else {}) + _letters("".join(_uncalled(written)))


def _uncalled(written: str) -> list[str]:
    """The label of a note that nothing calls stands as text."""
    return [line[1:3] + line[4] for line in written.splitlines() if line.startswith(r"\[7\]")]


@pytest.mark.parametrize("place", PLACES)
@given(first=TEXTS, second=TEXTS)
@example(first="!", second="(")
@example(first="a\\", second="|")
@settings(MANY, max_examples=40)
def test_no_character_of_a_text_is_taken_for_markup(place: str, first: str, second: str) -> None:
    body = place.format(*(escape(each).replace("\u0085", "&#x85;") for each in (first, second)))
    case = document(body)
    written = markdown.write(builder(resolve(case)).tree())
    added = Counter({"—": 1}) if "<bibl>" in place and _letters(first) else Counter[str]()
    assert _letters(words(written)) == _letters(_standoff(case)) + added, written


@given(TEXTS)
@MANY
def test_a_paragraph_reads_as_it_stands(text: str) -> None:
    """Also the order of the characters, and that there is one paragraph and nothing else."""
    tree = builder(resolve(document(f"<p>{escape(text)}</p>"))).tree()
    written = markdown.write(tree)
    assert "".join(words(written).split()) == "".join(plain(tree.content).split())
    assert set(kinds(written)) <= {"p", "inline", "text_special"}, written


@given(documents())
@settings(MANY, max_examples=20)
def test_a_made_document_reads_as_its_tree_says(text: str) -> None:
    case = document(text[text.index("<body>") + 6 : text.index("</body>")])
    read = _letters(words(export.to_markdown(case).content))
    missing = _letters(_standoff(case)) - read
    added = read - _letters(_standoff(case))
    assert missing == Counter()
    assert set(added) <= set("—[]*0123456789ab°"), added


def test_title_and_authors_at_the_top_are_yaml() -> None:
    front = markdown.FrontMatter('The "Red\\ Book\u2028', ("Sedov, Leon: a", "#b"), "en")
    tree = builder(resolve(document("<p>a</p>"))).tree()
    assert markdown.write(tree, front) == (
        '---\ntitle: "The \\"Red\\\\ Book\\u2028"\nauthor:\n  - "Sedov, Leon: a"\n  - "#b"\nlang: "en"\n---\n\na\n'
    )


def test_what_is_nested_deeper_than_parsers_go_is_still_there() -> None:
    deep = "<quote><p>a</p>" * 60 + "<list><item>b</item></list>" + "</quote>" * 60
    made = export.to_markdown(document(deep)).content
    assert Counter(words(made))["a"] == 60
    assert kinds(made)["blockquote"] < 10


def test_headings_quotations_and_notes_are_what_they_are() -> None:
    made = export.to_markdown(
        document(
            "<div><head>a</head><quote><p>b</p></quote><p>c<note>d</note> <emph>e</emph></p><lg><l>f</l><l>g</l></lg></div>"
        )
    ).content
    found = kinds(made)
    assert [found[each] for each in ("h1", "blockquote", "footnote", "em", "br")] == [1, 1, 1, 1, 1]
