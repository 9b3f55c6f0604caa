"""The page of every TEI document below some folders, so that outside checkers may judge them.

    python tests/conformance/pages.py ../shared/corpora tests/conformance/texts build/pages
    python tests/conformance/run.py build/pages nu axe

`texts/` has made-up ones: from right to left, both ways, Chinese, tables, verse, and one that is up to no good.
What is no TEI P5 is named and passed over; exit 1 if there was no document. Links and ids are looked at on the way.
pytest does not collect this file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from siglum.convert import export
from siglum.errors import DocumentError
from siglum.text.document import open_document

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.convert.reading.outline import outline


def main(arguments: Sequence[str]) -> int:
    """Write the pages into the last folder; 1 if one of them is not sound in itself, or there is none."""
    *folders, into = map(Path, arguments)
    into.mkdir(parents=True, exist_ok=True)
    made, unsound = 0, 0
    for document in sorted(each for folder in folders for each in folder.rglob("*.xml")):
        try:
            page = export.to_html(open_document(document)).content
        except DocumentError as error:
            print(f"passed over: {error}")
            continue
        wrong = outline(page).wrong
        made, unsound = made + 1, unsound + bool(wrong)
        print(*(f"{document}: {fault}" for fault in wrong), sep="\n", end="\n" if wrong else "")
        (into / f"{document.parent.name}-{document.stem}.html").write_text(page, encoding="utf-8")
    print(f"{made} pages, {unsound} with a doubled id, a dead link or a tag where none may stand")
    return 1 if unsound or not made else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
