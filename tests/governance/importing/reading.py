"""Helpers for tests of the importer: read a text, score a draft as the gold files are scored."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from governance.importing import DraftLetter, SourceFile, read_letter


def read_text(text: str, name: str = "brev.txt") -> DraftLetter:
    """The draft of a letter given as text."""
    return read_letter([SourceFile(name, text.encode())])


def read_path(*paths: Path) -> DraftLetter:
    """The draft of a letter given as files."""
    return read_letter([SourceFile(path.name, path.read_bytes()) for path in paths])


def scorer(shared: Path) -> ModuleType:
    """The scoring program that lies beside the gold files."""
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def letter_for(gold: Path, shared: Path) -> Path:
    """The text file that a gold file is about."""
    places = (shared / "seeds", shared / "letters", shared / "letters" / "fragments")
    return next(place / f"{gold.stem}.txt" for place in places if (place / f"{gold.stem}.txt").exists())


def overall(result: dict[str, Any]) -> float:
    value = result["overall"]["f1"]
    assert isinstance(value, float)
    return value
