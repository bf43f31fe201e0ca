"""Guides written from code say what the code says."""

import pytest

from scripts.guides import GUIDES, pages


@pytest.mark.parametrize("name", ["rights.md", "states.md", "checks.md"])
def test_the_guide_is_what_the_code_says(name: str) -> None:
    assert (GUIDES / name).read_text(encoding="utf-8") == pages()[name], "Run: make docs"
