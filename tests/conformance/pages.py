"""The page of every TEI document below some folders, so that outside checkers may judge them.

    python tests/conformance/pages.py ../shared/corpora tests/conformance/texts build/pages
    python tests/conformance/run.py build/pages nu axe

`texts/` has made-up ones: from right to left, both ways, Chinese, tables, verse, an apparatus, an inscription, a letter with
deletions, notes of several streams, the looks of a print, and one that is up to no good. Of each there is a diplomatic page
too, and the text as a fragment below another one in a page of somebody else's. What is no TEI P5 is named and passed over;
exit 1 if there was no document. Links and ids are looked at on the way. pytest does not collect this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from siglum.convert import export
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers.fragment import PARTS, Shape
from siglum.convert.writers.html.export import style_sheet
from siglum.errors import DocumentError
from siglum.project import config
from siglum.text.document import Document, open_document

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.convert.reading.outline import outline

MADE_UP = Path(__file__).with_name("texts")
HOST = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page of somebody else’s</title>
<style>
html {{ background: Canvas; color: CanvasText; }}
:root {{ color-scheme: light dark; --look: .5; --look-ground: .9; }}
@media (prefers-color-scheme: dark) {{ :root {{ --look: .8; --look-ground: .3; }} }}
{style}</style>
</head>
<body>
<main>
<h1>A page of somebody else’s</h1>
{fragments}
</main>
</body>
</html>
"""


def main(arguments: Sequence[str]) -> int:
    """Write the pages into the last folder; 1 if one of them is not sound in itself, or there is none."""
    *folders, into = map(Path, arguments)
    into.mkdir(parents=True, exist_ok=True)
    made, unsound = 0, 0
    for path in sorted(each for folder in folders for each in folder.rglob("*.xml")):
        try:
            pages = list(of(path, is_made_up=path.resolve().is_relative_to(MADE_UP)))
        except DocumentError as error:
            print(f"passed over: {error}")
            continue
        for variant, page in pages:
            wrong = outline(page, styled=variant == "-hosted").wrong
            made, unsound = made + 1, unsound + bool(wrong)
            print(*(f"{path}{variant}: {fault}" for fault in wrong), sep="\n", end="\n" if wrong else "")
            (into / f"{path.parent.name}-{path.stem}{variant}.html").write_text(page, encoding="utf-8")
    print(f"{made} pages, {unsound} with a doubled id, a dead link or a tag where none may stand")
    return 1 if unsound or not made else 0


def of(path: Path, *, is_made_up: bool) -> Iterator[tuple[str, str]]:
    """The page under the policy of its folder; of a made-up text the others too, each with what its file is called besides."""
    document, options = open_document(path), export.Options(policy=config.load(path.parent).policy)
    yield "", export.to_html(document, options).content
    if is_made_up:
        yield "-diplomatic", export.to_html(document, replace(options, sides=Sides.DIPLOMATIC)).content
        yield "-hosted", hosted(document, options)


def hosted(document: Document, options: export.Options) -> str:
    """The text as a fragment with everything that it may have, below another one that is bare."""
    another = open_document(MADE_UP / "verse.xml")
    bare = export.to_html(another, replace(options, shape=Shape(True, (), "a-", 2))).content
    whole = export.to_html(document, replace(options, shape=Shape(True, PARTS, "b-", 3))).content
    return HOST.format(style=style_sheet(options), fragments=f"{bare}<h2>Another</h2>\n{whole}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
