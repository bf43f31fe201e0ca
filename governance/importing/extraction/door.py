"""The one door into extraction: files in, canonical text out, or a refusal with the reason."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from core.errors import Unreadable
from core.graded import graded_marking
from governance.importing.extraction.builder import Builder
from governance.importing.extraction.markdown import looks_like_markdown, read_markdown
from governance.importing.extraction.opendocument import read_odt
from governance.importing.extraction.pdf import read_pdf
from governance.importing.extraction.plain import line_blocks, normalise
from governance.importing.extraction.refusals import ROW_LIMIT, SIZE_LIMIT, refuse
from governance.importing.extraction.scanned import read_scanned
from governance.importing.extraction.sniff import LEFT_OUT, MEDIA_TYPES, Sniffed, natural, open_package, sniff
from governance.importing.extraction.webpage import read_html
from governance.importing.extraction.word import read_docx
from governance.importing.records import Block, CanonicalText, Cell, SourceFile, SourceInfo
from governance.importing.values.text import written_norm

READER_VERSION = "1"
SCANNED = "tesseract"
"""Extractor of text that was read from pictures."""
_LIBRARIES = {"pdf": "pdfplumber", "scan": "pypdfium2", "docx": "python-docx", "odt": "odfdo"}
_REPORT_PARTS = (
    r"lede?rs?\s+beretning|leiarens\s+(?:fråsegn|utsegn|melding)",
    r"introduksjon\s+til\s+(?:virksomheten|verksemda?)",
    r"årets\s+aktiviteter\s+og\s+resultater|aktivitetar\s+og\s+resultat",
    r"styring\s+og\s+kontroll\s+i\s+(?:virksomheten|verksemda)",
    r"vurdering\s+av\s+framtids?utsikte[rn]|vurdering\s+av\s+fremtids?utsikter",
    r"(?:ledelses|leiings)kommentar\w*|oppstilling\s+av\s+bevilgningsrapportering",
)


def _unpack(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Sniffed]]:
    """The files of a letter in order, packages unpacked."""
    for file in files:
        if len(file.data) > SIZE_LIMIT:
            raise refuse("file_too_large", file.name)
        found = sniff(file.name, file.data)
        if found.format != "zip":
            yield file, found
            continue
        inner = list(_members(file))
        if not inner:
            raise refuse("package_empty", file.name)
        yield from inner


def _members(file: SourceFile) -> Iterator[tuple[SourceFile, Sniffed]]:
    with open_package(file.name, file.data) as package:
        for member in sorted(package.infolist(), key=lambda info: natural(info.filename)):
            if member.is_dir() or LEFT_OUT.search(member.filename):
                continue
            try:
                data = package.read(member)
            except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
                raise refuse("damaged_file", member.filename) from error
            found = sniff(PurePath(member.filename).name, data)
            if found.format == "zip":
                raise refuse("package_nested", member.filename)
            yield SourceFile(PurePath(member.filename).name, data), found


def _read(file: SourceFile, found: Sniffed) -> tuple[str, list[Block], str, int, bool]:
    """(text, blocks, format, pages, laid out) of one file."""
    build = Builder()
    if found.format == "text":
        text = normalise(found.text)
        if PurePath(file.name).suffix.lower() not in (".md", ".markdown") and not looks_like_markdown(text):
            return text, line_blocks(text), "text", 0, False
        read_markdown(text, build)
        return build.text, build.blocks, "markdown", 0, True
    if found.format == "pdf":
        try:
            pages = read_pdf(file.name, file.data, build)
        except Unreadable as error:
            if error.code != "scanned_pdf":
                raise
            pages = read_scanned(file.name, file.data, build)
            return build.text, build.blocks, "scan", pages, False
        return build.text, build.blocks, "pdf", pages, False
    readers = {"docx": read_docx, "odt": read_odt}
    if found.format in readers:
        readers[found.format](file.name, file.data, build)
    else:
        read_html(normalise(found.text), build)
    return build.text, build.blocks, found.format, build.page, True


def _shifted(block: Block, offset: int, pages: int, tables: int) -> Block:
    cells = tuple(
        Cell(cell.text, cell.start + offset, cell.end + offset, cell.column, cell.width) for cell in block.cells
    )
    return replace(
        block,
        start=block.start + offset,
        end=block.end + offset,
        page=block.page + pages,
        table=block.table + tables if block.table >= 0 else -1,
        cells=cells,
    )


def _extractor(kind: str) -> tuple[str, str]:
    library = _LIBRARIES.get(kind)
    if library is None:
        return f"styringsdialog-{kind}", READER_VERSION
    try:
        found = f"{version(library)}+{READER_VERSION}"
        return (SCANNED, found) if kind == "scan" else (library, found)
    except PackageNotFoundError:  # pragma: no cover - the library is a dependency
        return library, READER_VERSION


def _check(text: str, name: str) -> None:
    """Refuse what is text but no Norwegian letter."""
    if not text.strip():
        raise refuse("no_text", name)
    marking = graded_marking(text)
    if marking:
        raise refuse("graded_text", name, marking)
    if written_norm(text) == "en":
        raise refuse("not_norwegian", name)
    parts = sum(
        1 for part in _REPORT_PARTS if re.search(rf"(?im)^[ \t]{{0,20}}(?:del )?[\divx.]{{0,8}} ?(?:{part})", text)
    )
    head = text[:1_500].lower()
    named = re.search(r"(?m)^[ \t]*årsrapport[a-zæøå]*(?:\s+for)?(?:[^\n]{0,60}\s)?20\d\d", head)
    letter = re.search(r"tildelingsbrev\s+(?:til|for|20)" if named else r"tildelingsbrev|instruks", head)
    if (parts >= 4 or (named and parts >= 2)) and not letter:
        raise refuse("annual_report", name)


def extract(files: Sequence[SourceFile]) -> CanonicalText:
    """The canonical text of one letter given as one or more files.

    A zip package is unpacked; files are read in the order given, members in natural order of
    name. Raises :class:`core.errors.Unreadable` with a stable code and a sentence in bokmål.
    """
    if not files:
        raise refuse("no_files")
    parts: list[str] = []
    blocks: list[Block] = []
    sources: list[SourceInfo] = []
    offset = pages = tables = 0
    laid_out = True
    for file, found in _unpack(files):
        text, own, kind, count, structured = _read(file, found)
        if sum(1 for block in own if block.form == "row") > ROW_LIMIT:
            raise refuse("table_too_large", file.name)
        text = text if text.endswith("\n") else text + "\n"
        blocks.extend(_shifted(block, offset, pages, tables) for block in own)
        library, library_version = _extractor(kind)
        sources.append(
            SourceInfo(
                name=file.name,
                sha256=hashlib.sha256(file.data).hexdigest(),
                size=len(file.data),
                media_type=MEDIA_TYPES[kind],
                extractor=library,
                extractor_version=library_version,
                start=offset,
                end=offset + len(text),
                pages=count,
            )
        )
        parts.append(text)
        offset += len(text)
        pages = max((block.page for block in blocks), default=pages)
        tables = max((block.table + 1 for block in blocks), default=tables)
        laid_out = laid_out and structured
    canonical = "".join(parts)
    _check(canonical, files[0].name)
    return CanonicalText(canonical, tuple(blocks), tuple(sources), laid_out)
