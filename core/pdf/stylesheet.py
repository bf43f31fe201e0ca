"""The part of the style sheet that belongs to one document: colour, foot, head, table widths."""

import re
from collections.abc import Mapping

from core.charts.base import Palette
from core.pdf.blocks import Meta
from core.pdf.words import Words
from core.text import typeset

HOUSE_COLOUR = "#12385b"
_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")


def colour_of(meta: Meta) -> str:
    """The organisation's colour when it is dark enough to read on white (7:1), else an error."""
    if not meta.colour:
        return HOUSE_COLOUR
    if not _COLOUR.match(meta.colour) or contrast_on_white(meta.colour) < 7:
        raise ValueError(f"{meta.colour} cannot be read on white paper; it needs 7:1 or more")
    return meta.colour.lower()


def palette_of(meta: Meta) -> Palette:
    """Chart colours with the organisation's own as the main one."""
    return Palette(main=colour_of(meta))


def contrast_on_white(colour: str) -> float:
    """WCAG contrast ratio of ``#rrggbb`` against white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _quoted(text: str) -> str:
    """A CSS string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def foot_text(meta: Meta, words: Words) -> str:
    """Document, organisation, case, version, classification: what every page says at its foot."""
    name = ", ".join(part for part in (meta.name, meta.organisation) if part)
    case = f"{words.case} {meta.case}" if meta.case else ""
    version = f"{words.version} {meta.version}" if meta.version else ""
    return " · ".join(part for part in (name, case, version, meta.classification) if part)


def document_css(meta: Meta, words: Words, widths: Mapping[str, tuple[float, ...]], *, long: bool) -> str:
    """Rules for this document only. Table widths are in mm, since automatic layout is slower and
    runs over the margin."""
    head = "first-except" if long else "start"
    foot = _quoted(typeset(foot_text(meta, words)))
    page = f"{_quoted(words.page + ' ')} counter(page) {_quoted(f' {words.of} ')} counter(pages)"
    rules = [
        f":root {{ --colour: {colour_of(meta)}; }}",
        f"@page {{ @top-left {{ content: string(part, {head}); }}"
        f" @bottom-left {{ content: {foot}; }} @bottom-right {{ content: {page}; }} }}",
    ]
    for key, columns in widths.items():
        name = _identifier(key)
        rules.append(f"#{name} {{ width: {sum(columns):g}mm; }}")
        rules.extend(
            f"#{name} col:nth-child({number}) {{ width: {width:g}mm; }}"
            for number, width in enumerate(columns, start=1)
        )
    return "\n".join(rules)


def _identifier(key: str) -> str:
    """A key as a CSS identifier."""
    return re.sub(r"[^A-Za-z0-9_-]", lambda match: f"\\{ord(match.group(0)):x} ", key)
