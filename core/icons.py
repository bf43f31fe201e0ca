"""Object icons: a curated set of Aksel icons (MIT, from npm) put into one sprite when static files are found.

Third-party drawings are never committed, so the sprite is made from the installed package by a static files
finder: ``runserver``, tests and ``collectstatic`` all get ``build/icons.svg`` without a step of their own.
To use one more icon, add its name to ``ICONS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SPRITE = "build/icons.svg"

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


class IconSpriteFinder(BaseFinder):
    """Finds ``build/icons.svg``, making it from the npm package when it is missing or older than this
    file.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=Path(settings.BASE_DIR) / "var" / "static")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Path of the sprite, or nothing for any other file or when npm packages are not installed."""
        if path != SPRITE or not self._make():
            return []
        found = self.storage.path(SPRITE)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The sprite, for ``collectstatic``."""
        if self._make():
            yield SPRITE, self.storage

    def _make(self) -> bool:
        folder, target = package_folder(), Path(self.storage.path(SPRITE))
        if not folder.is_dir():
            return False
        if not target.exists() or target.stat().st_mtime < Path(__file__).stat().st_mtime:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".tmp")
            fresh.write_text(sprite_text(folder), encoding="utf-8")
            fresh.replace(target)
        return True
