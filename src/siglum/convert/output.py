"""What an export returns: named files, what they leave out of the document, and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from siglum.convert.reading.tree import Omission
from siglum.text.diagnostic import Finding
from siglum.text.frozen import frozen


@frozen
class Output:
    """The files of one document in one format.

    A file name that begins with "." is a suffix of the document's name; any other name stands as it is. The first file is
    the one to open. `stream` contains all files as one, for formats that can be written to standard output although they
    have several files.
    """

    files: Mapping[str, str | bytes]
    omissions: tuple[Omission, ...] = ()
    findings: tuple[Finding, ...] = ()
    stream: str = ""

    @property
    def content(self) -> str:
        """The stream, or the first file. Raises TypeError if that file is binary."""
        content = self.stream or next(iter(self.files.values()))
        if isinstance(content, bytes):
            raise TypeError("this output is binary: read its bytes from `files`")
        return content

    @property
    def data(self) -> bytes:
        """The stream, or the first file, in UTF-8."""
        return encode(self.stream or next(iter(self.files.values())))

    def named(self, stem: str) -> dict[str, bytes]:
        """Every file by its full name, for a document called `stem`."""
        return {(stem + name if name.startswith(".") else name): encode(content) for name, content in self.files.items()}

    def counts(self) -> dict[str, tuple[int, int]]:
        """The number of places and characters left out, by reason."""
        places = Counter(omission.reason for omission in self.omissions)
        letters: Counter[str] = Counter()
        for omission in self.omissions:
            letters[omission.reason] += len(omission.text)
        return {reason: (count, letters[reason]) for reason, count in sorted(places.items())}

    def omission_lines(self) -> list[str]:
        """One line for each reason, such as “page furniture: 1 place, 26 characters”."""
        return [
            f"{reason}: {count} place{'' if count == 1 else 's'}, {letters} characters"
            for reason, (count, letters) in self.counts().items()
        ]


def encode(content: str | bytes) -> bytes:
    """Text as UTF-8; bytes unchanged."""
    return content.encode() if isinstance(content, str) else content
