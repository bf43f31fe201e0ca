"""The message catalogues: every text in the code is in them, none is fuzzy, none is left over.

Bokmål is the source; a text without a translation falls back to it, so an empty translation is allowed.
`--write` extracts anew; without it the catalogues are compared with what an extraction would give.
"""

import contextlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from scripts import paths

LANGUAGES = ["en", "nn"]
LOCALE = paths.BASE_DIR / "locale"
SOURCES = ["config", "core", "agencies", "governance", "assignments", "reporting", "templates"]
IGNORED = [
    "node_modules",
    ".venv",
    "var",
    "tests",
    "scripts",
    "benchmarks",
    "staticfiles",
    "docs",
    "fixtures",
]
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
{plural}

"""
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def main() -> int:
    """Write or compare, and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    if "--write" in sys.argv[1:]:
        _extract(paths.BASE_DIR)
        return 0
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        mirror = Path(name)
        _mirror(mirror)
        _extract(mirror)
        for language in LANGUAGES:
            problems += _compare(language, _catalogue(LOCALE, language), _catalogue(mirror / "locale", language))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _mirror(folder: Path) -> None:
    """The project as links beside a copy of the catalogues: extraction writes into the nearest `locale`."""
    for name in SOURCES:
        (folder / name).symlink_to(paths.BASE_DIR / name)
    shutil.copytree(LOCALE, folder / "locale")


def _extract(folder: Path) -> None:
    from django.core.management import call_command
    from django.test.utils import override_settings

    for language in LANGUAGES:
        (folder / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(folder), override_settings(LOCALE_PATHS=[folder / "locale"]):
        call_command(
            "makemessages",
            locale=LANGUAGES,
            ignore_patterns=IGNORED,
            extensions=["html", "txt", "py"],
            symlinks=folder != paths.BASE_DIR,
            no_location=True,
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )
    for language in LANGUAGES:
        _tidy(_catalogue(folder / "locale", language), language)


def _catalogue(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def _tidy(catalogue: Path, language: str) -> None:
    """A short header without times: with them every branch collides with every other."""
    text = catalogue.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n\n")
    plural = next((line for line in first.splitlines() if line.startswith('"Plural-Forms')), "")
    catalogue.write_text(HEADER.format(language=language, plural=plural) + rest, encoding="utf-8")


def _compare(language: str, committed: Path, fresh: Path) -> list[str]:
    if not committed.exists():
        return [f"locale/{language}: no catalogue. Run: make messages"]
    ours, wanted = messages(committed), messages(fresh)
    lines = [f"locale/{language}: not extracted: {text!r}. Run: make messages" for text in wanted - ours]
    lines += [f"locale/{language}: no longer in the code: {text!r}. Run: make messages" for text in ours - wanted]
    fuzzy = committed.read_text(encoding="utf-8").count("\n#, fuzzy")
    if fuzzy:
        lines.append(f"locale/{language}: {fuzzy} fuzzy. Translate them and remove the mark.")
    return sorted(lines)


def messages(catalogue: Path) -> set[tuple[str, str, str]]:
    """Context, text and plural of each message in a catalogue; left-over ones are comments and not read."""
    found: set[tuple[str, str, str]] = set()
    entry: dict[str, str] = {}
    key = ""
    for line in [*catalogue.read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            if entry.get("msgid"):
                found.add((entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", "")))
            entry, key = {}, ""
        elif not line.startswith("#"):
            word, _, rest = line.partition(" ")
            if not line.startswith('"'):
                key = word
            else:
                rest = line
            entry[key] = entry.get(key, "") + "".join(STRING.findall(rest))
    return found


if __name__ == "__main__":
    sys.exit(main())
