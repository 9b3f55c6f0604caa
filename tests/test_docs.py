"""The pages in docs/, README.md and CONTRIBUTING.md name files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
MODULE = re.compile(r"`((?:src/siglum/|tests/)?(?:[a-z_0-9]+/)+[a-z_0-9]+\.(?:py|odd|txt))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_file_of_a_page_exists(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    linked = [page.parent / target for target in LINK.findall(text) if "://" not in target]
    named = [ROOT / (name if name.startswith(("src/", "tests/")) else f"src/siglum/{name}") for name in MODULE.findall(text)]
    assert [str(path) for path in (*linked, *named) if not path.exists()] == []


def test_pages_with_a_placeholder_explain_it() -> None:
    for page in PAGES:
        if "OWNER" in (text := page.read_text(encoding="utf-8")):
            assert text.count("replace `OWNER`") == 1, page.name
