"""docs/tutorial.md works as it stands, from an empty folder to the site.

Blocks as in the README (see test_readme.py); a block with a name (```xml tei/letter.xml) is a file that the reader writes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.test_readme import as_printed, steps

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_works(tmp_path: Path) -> None:
    files = [(PAGE.count("\n", 0, each.start()) + 1, each[1], each[2]) for each in FILE.finditer(PAGE)]
    wanted = [(each.line, each) for each in steps(PAGE)]
    assert len(files) == 3
    assert len(wanted) > 10
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
    }
    for line, step in wanted:
        for _, name, text in (each for each in files if each[0] < line):
            if not (tmp_path / name).exists():
                (tmp_path / name).parent.mkdir(exist_ok=True)
                (tmp_path / name).write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["sh", "-c", step.command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        where = f"tutorial.md:{line}: {step.command}"
        assert done.returncode == step.exits, f"{where}\nexits {done.returncode}:\n{done.stdout}"
        if step.prints is not None:
            assert as_printed(step.prints).fullmatch(done.stdout.strip()), f"{where}\nprints:\n{done.stdout}"
    assert (tmp_path / "build" / "index.html").is_file()
    assert "**Anna**" in (tmp_path / "build" / "letter.md").read_text(encoding="utf-8")
