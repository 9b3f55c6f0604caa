"""Compare what two checkouts of siglum print and write for the same documents.

    python -m tests.regression.compare_outputs OLD/src NEW/src DOC_OR_FOLDER... [--quick] [--work DIR]

The script runs each command line below under both source folders, in the same working folder, and keeps standard output,
standard error, the exit code and the files written. It then reports each difference. A run without differences exits with 0,
any other run with 1. `--quick` leaves out the slow formats and every document but each third.

`--work DIR` keeps the results; results of OLD in DIR/old are used again if they are there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

EXPORTS = ("html", "text", "markdown", "json", "standoff")
CITATIONS = ("text bibtex biblatex ris csl-json tei mods dc datacite jsonld coins highwire cff").split()
TEI_ALL = "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
LISTS = ("quotations", "notes", "names", "dates", "corrections", "references", "bibliography")


def command_lines(document: Path, *, quick: bool) -> Iterator[list[str]]:
    """The command lines for one document; `OUT` stands for a folder of the run's own."""
    doc = str(document)
    yield [
        "validate",
        doc,
        "--format",
        "json",
        "--no-cache",
        "--schema",
        "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    ]
    yield ["validate", doc, "--no-cache"]
    yield ["export", doc, "--to", ",".join(EXPORTS), "-o", "OUT"]
    for view in ("diplomatic",) if quick else ("diplomatic", "both"):
        yield ["export", doc, "--to", "html,text,markdown", "--view", view, "-o", "OUT"]
    if not quick:
        yield ["export", doc, "--to", "html,text", "--signs", "leiden", "-o", "OUT"]
        yield ["export", doc, "--to", "html", "--fragment", "-o", "-"]
        yield ["compare", doc, doc]
    for form in CITATIONS[::4] if quick else CITATIONS:
        yield ["cite", doc, "--to", form]
    for kind in LISTS:
        yield ["list", kind, doc, "--to", "json"]
    for form in ("text", "html", "tei", "markdown", "json"):
        yield ["show", doc, "--passage", "1", "--to", form]
    yield ["cite", doc, "--passage", "1"]


def run_all(source: str, documents: list[Path], out: Path, *, quick: bool) -> None:
    """Run every command line under `source` in a process of its own, forked after the imports."""
    sys.path.insert(0, source)
    for name in ("click", "lxml.etree", "siglum.cli.commands", "siglum.cli.export", "siglum.cli.validate"):
        import_module(name)
    run = import_module("siglum.cli").main
    for number, document in enumerate(documents):
        for index, line in enumerate(command_lines(document, quick=quick)):
            place = (
                out
                / f"{number:03}-{document.stem}"
                / f"{index:02}-{'-'.join(part for part in line if '/' not in part and part != 'OUT')[:60]}"
            )
            place.mkdir(parents=True, exist_ok=True)
            child = os.fork()
            if child == 0:
                os.dup2(os.open(place / "stdout", os.O_CREAT | os.O_WRONLY | os.O_TRUNC), 1)
                os.dup2(os.open(place / "stderr", os.O_CREAT | os.O_WRONLY | os.O_TRUNC), 2)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                sys.argv = ["siglum", *(str(place / "files" / "all") if part == "OUT" else part for part in line)]
                try:
                    run()
                finally:
                    os._exit(99)
            _, status = os.waitpid(child, 0)
            (place / "exit").write_text(str(os.waitstatus_to_exitcode(status)))
            for stream in ("stdout", "stderr"):
                text = (place / stream).read_bytes().replace(str(out).encode(), b"OUT")
                (place / stream).write_bytes(text)


def differences(old: Path, new: Path) -> list[str]:
    """The names of the files whose bytes differ, or that only one side has."""
    names = {path.relative_to(side).as_posix() for side in (old, new) for path in side.rglob("*") if path.is_file()}
    return sorted(name for name in names if _bytes(old / name) != _bytes(new / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def documents_below(names: list[str]) -> list[Path]:
    paths = [Path(name).resolve() for name in names]
    return [found for path in paths for found in (sorted(path.rglob("*.xml")) if path.is_dir() else [path])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("documents", nargs="+")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, default=Path("build/regression"))
    parser.add_argument("--side", help=argparse.SUPPRESS)
    options = parser.parse_args()
    documents = documents_below(options.documents)[:: 3 if options.quick else 1]
    if options.side:
        run_all(
            options.old if options.side == "old" else options.new,
            documents,
            options.work.resolve() / options.side,
            quick=options.quick,
        )
        return 0
    runs = [side for side in ("old", "new") if side == "new" or not (options.work / side).is_dir()]
    processes = [subprocess.Popen([sys.executable, __file__, *sys.argv[1:], "--side", side]) for side in runs]
    if any(process.wait() for process in processes):
        return 2
    names = differences(options.work / "old", options.work / "new")
    for name in names:
        print(name)
    print(f"{len(names)} differences in {len(documents)} documents")
    for command, count in Counter(name.split("/")[1] for name in names).most_common():
        print(f"  {count} in {command}")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
