"""The one door into extraction: files in, canonical text out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from governance.importing.extraction.builder import Builder
from governance.importing.extraction.markdown import looks_like_markdown, read_markdown
from governance.importing.extraction.plain import decode, line_blocks, normalise
from governance.importing.records import CanonicalText, SourceFile, SourceInfo


def extract(files: Sequence[SourceFile]) -> CanonicalText:
    file = files[0]
    decoded = decode(file.data)
    assert decoded
    text = normalise(decoded[0])
    info = SourceInfo(
        file.name, hashlib.sha256(file.data).hexdigest(), len(file.data), "text/plain", "plain", "1", 0, len(text)
    )
    if PurePath(file.name).suffix == ".md" or looks_like_markdown(text):
        build = Builder()
        read_markdown(text, build)
        return CanonicalText(build.text, tuple(build.blocks), (info,), True)
    return CanonicalText(text, tuple(line_blocks(text)), (info,))
