"""Two static files that are made, not written: the sprite of object icons and one style sheet of our many.

The icons are a curated set of Aksel icons (MIT, from npm). Third-party drawings are never committed, so the sprite
is made from the installed package by a static files finder: ``runserver``, tests and ``collectstatic`` all get
``build/icons.svg`` without a step of their own. To use one more icon, add its name to ``ICONS``. ``build/app.css`` is
the files that static/css/app.css imports, one after the other: one request instead of thirty.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SPRITE = "build/icons.svg"
STYLES = "build/app.css"

# our name -> file name in @navikt/aksel-icons/dist/svg
ICONS: dict[str, str] = {
    "archive": "Archive",
    "arrow-forward": "ArrowForward",
    "arrow-left": "ArrowLeft",
    "arrow-right": "ArrowRight",
    "arrow-undo": "ArrowUndo",
    "bell": "Bell",
    "book": "Book",
    "branching": "Branching",
    "buildings": "Buildings3",
    "bullet-list": "BulletList",
    "calendar": "Calendar",
    "chat": "Chat",
    "checkmark": "Checkmark",
    "checkmark-circle": "CheckmarkCircle",
    "chevron-down": "ChevronDown",
    "chevron-left": "ChevronLeft",
    "chevron-right": "ChevronRight",
    "chevron-up": "ChevronUp",
    "clipboard": "ClipboardCheckmark",
    "clock": "Clock",
    "cog": "Cog",
    "download": "Download",
    "envelope": "EnvelopeClosed",
    "external-link": "ExternalLink",
    "eye": "Eye",
    "eye-slash": "EyeSlash",
    "file": "File",
    "file-export": "FileExport",
    "file-import": "FileImport",
    "file-pdf": "FilePdf",
    "file-plus": "FilePlus",
    "file-text": "FileText",
    "files": "Files",
    "funnel": "Funnel",
    "globe": "Globe",
    "house": "House",
    "inbox-down": "InboxDown",
    "inbox-up": "InboxUp",
    "key": "KeyHorizontal",
    "leave": "Leave",
    "line-graph": "LineGraph",
    "link": "Link",
    "magnifying-glass": "MagnifyingGlass",
    "menu": "MenuHamburger",
    "more": "MenuElipsisHorizontal",
    "note-pencil": "NotePencil",
    "number-list": "NumberList",
    "padlock": "PadlockLocked",
    "padlock-open": "PadlockUnlocked",
    "paperclip": "Paperclip",
    "paperplane": "Paperplane",
    "pencil": "Pencil",
    "pencil-line": "PencilLine",
    "pencil-writing": "PencilWriting",
    "person": "Person",
    "person-checkmark": "PersonCheckmark",
    "person-group": "PersonGroup",
    "person-pencil": "PersonPencil",
    "person-suit": "PersonSuit",
    "plus": "Plus",
    "printer": "PrinterSmall",
    "question": "QuestionmarkCircle",
    "shield": "Shield",
    "shield-lock": "ShieldLock",
    "tasklist": "Tasklist",
    "tasklist-send": "TasklistSend",
    "trash": "Trash",
    "trend-up": "TrendUp",
    "upload": "Upload",
    "wallet": "Wallet",
    "x-mark": "XMark",
}

_IMPORT = re.compile(r'@import url\("([^"]+)"\);')
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def package_folder() -> Path:
    """Where npm put the drawings."""
    return Path(settings.BASE_DIR) / "node_modules" / "@navikt" / "aksel-icons" / "dist" / "svg"


def sprite_text(folder: Path, icons: dict[str, str] = ICONS) -> str:
    """One SVG document with a ``symbol`` per icon.

    Raises FileNotFoundError naming the file when the package lacks an icon.
    """
    parts = ['<svg xmlns="http://www.w3.org/2000/svg">']
    for name, source in sorted(icons.items()):
        found = _INNER.search((folder / f"{source}.svg").read_text(encoding="utf-8"))
        body = found.group(1).strip() if found else ""
        parts.append(f'<symbol id="{name}" viewBox="0 0 24 24" fill="none">{body}</symbol>')
    return "\n".join([*parts, "</svg>\n"])


def styles_folder() -> Path:
    """Where our own style sheets lie, one per component."""
    return Path(settings.BASE_DIR) / "static" / "css"


def style_files(folder: Path) -> list[Path]:
    """The files app.css imports, in its order."""
    return [folder / name for name in _IMPORT.findall((folder / "app.css").read_text(encoding="utf-8"))]


def styles_text(folder: Path) -> str:
    """All of them in one. Addresses in them are relative to a folder beside this one, so they stay right."""
    return "\n".join(file.read_text(encoding="utf-8") for file in style_files(folder))


class BuildFinder(BaseFinder):
    """Finds ``build/…``, making a file when it is missing or older than what it is made from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=Path(settings.BASE_DIR) / "var" / "static")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Path of the made file, or nothing for any other (or for icons when npm packages are not installed)."""
        if path not in (SPRITE, STYLES) or not self._make(path):
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Both files, for ``collectstatic``."""
        for path in (SPRITE, STYLES):
            if self._make(path):
                yield path, self.storage

    def _make(self, path: str) -> bool:
        sources: list[Path]
        text: Callable[[Path], str]
        if path == SPRITE:
            folder, sources, text = package_folder(), [Path(__file__)], sprite_text
        else:
            folder, text = styles_folder(), styles_text
            sources = [folder / "app.css", *style_files(folder)]
        if not folder.is_dir():
            return False
        target = Path(self.storage.path(path))
        newest = max(source.stat().st_mtime for source in sources)
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f"{target.name}.{os.getpid()}")
            fresh.write_text(text(folder), encoding="utf-8")
            fresh.replace(target)
        return True
