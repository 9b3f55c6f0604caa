"""Everything that can be listed: for each kind the type of its rows, what finds them, and by what they can be grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from siglum.convert.extract.bibliography import WorkRow, works
from siglum.convert.extract.corrections import CorrectionRow, corrections
from siglum.convert.extract.dates import DateRow, dates
from siglum.convert.extract.names import NameRow, names
from siglum.convert.extract.notes import NoteRow, notes
from siglum.convert.extract.quotations import QuotationRow, quotations
from siglum.convert.extract.references import ReferenceRow, references
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.tei import Element

Row = QuotationRow | NoteRow | NameRow | DateRow | CorrectionRow | ReferenceRow | WorkRow


@frozen
class Kind:
    """A thing that can be listed. `by`: what rows can be grouped by, each a column; `shown`: the columns of a short table."""

    row: type[object]
    items: Callable[[Edition], Iterable[tuple[Element, object]]]
    by: Mapping[str, str]
    shown: tuple[str, ...]

    def find(self, edition: Edition) -> Sequence[Any]:
        """The rows of one edition."""
        return [row for _, row in self.items(edition)]


KINDS = {
    "quotations": Kind(
        QuotationRow,
        quotations,
        {
            "speaker": "speaker",
            "source": "source",
            "work": "source",
            "kind": "kind",
            "type": "type",
            "language": "language",
            "place": "place",
        },
        ("place", "kind", "speaker", "source", "text"),
    ),
    "notes": Kind(
        NoteRow,
        notes,
        {"resp": "resp", "stream": "stream", "type": "type", "position": "place"},
        ("label", "called", "resp", "text"),
    ),
    "names": Kind(
        NameRow,
        names,
        {"record": "record", "kind": "kind", "type": "type", "form": "text", "name": "normal", "key": "key", "place": "place"},
        ("place", "kind", "text", "normal", "record"),
    ),
    "dates": Kind(
        DateRow,
        dates,
        {"date": "normal", "kind": "kind", "type": "type", "place": "place"},
        ("place", "text", "normal", "kind"),
    ),
    "corrections": Kind(
        CorrectionRow,
        corrections,
        {"kind": "kind", "resp": "resp", "cert": "cert", "reason": "reason", "hand": "hand", "place": "place"},
        ("place", "kind", "found", "read", "resp", "cert"),
    ),
    "references": Kind(
        ReferenceRow, references, {"unit": "unit", "level": "level"}, ("reference", "unit", "length", "line", "begins")
    ),
    "bibliography": Kind(
        WorkRow,
        works,
        {"author": "author", "type": "type", "standing": "standing", "issued": "issued"},
        ("key", "author", "title", "issued", "standing"),
    ),
}
"""Everything that can be listed, by its name on the command line."""
