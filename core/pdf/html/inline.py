"""Text with its spans, links, references, notes and breaks."""

import re
from collections.abc import Callable

from core.pdf.html.state import Setting, safe, tag
from core.pdf.inline import Break, Inline, Link, Note, Ref, Span, Text
from core.text import plain, squeeze, typeset, typeset_quote

_EDGE = re.compile(r"\s+")
_LONE_SPACE = re.compile(r"((?:</(?:strong|em|span|a|sub|sup)>)+) (?=<)")
Filter = Callable[[str], str]


def write_text(setting: Setting, text: Text, *, heading: bool = False, verbatim: bool = False, end: bool = True) -> str:
    """A paragraph's, heading's or cell's content as HTML. ``verbatim`` adds only marks without
    width; ``end`` ties a single short last word to the one before it."""
    items: tuple[Inline, ...] = (text,) if isinstance(text, str) else text
    written = []
    for index, item in enumerate(items):
        last = end and index == len(items) - 1
        written.append(_write(setting, item, first=index == 0, last=last, heading=heading, verbatim=verbatim))
    return keep_spaces("".join(written).replace("  ", " "))


def keep_spaces(html: str) -> str:
    """A space that stands alone between two elements, or before a line break, is not painted, and
    the words beside it run together when they are read aloud: it goes inside the element before."""
    return _LONE_SPACE.sub(r" \1", html)


def _words(text: str, *, first: bool, last: bool) -> str:
    """White space as single spaces; the outer ones only where a neighbour needs them."""
    text = _EDGE.sub(" ", text.replace("\u00a0", "\u00a0"))
    if first:
        text = text.lstrip(" ")
    return text.rstrip(" ") if last else text


def _write(setting: Setting, item: Inline, *, first: bool, last: bool, heading: bool, verbatim: bool) -> str:
    if isinstance(item, str):
        text = _words(item, first=first, last=last)
        return safe(typeset_quote(text) if verbatim else typeset(text, heading=heading, end=last))
    if isinstance(item, Span):
        return write_span(item, heading=heading, verbatim=verbatim)
    if isinstance(item, Break):
        return " <br>"
    if isinstance(item, Link):
        return write_link(item.text, item.target)
    if isinstance(item, Ref):
        return _reference(setting, item)
    return _note(setting, item)


def write_span(span: Span, *, heading: bool = False, verbatim: bool = False) -> str:
    """Words that are strong, in another language, quoted, or an identifier."""
    text = _EDGE.sub(" ", span.text)
    if span.code:
        text = text.replace(" ", "\u00a0")
    elif span.verbatim or verbatim:
        text = typeset_quote(text)
    else:
        text = typeset(text, heading=heading)
    html = safe(text)
    classes = " ".join(name for name, on in (("code", span.code), ("muted", span.muted)) if on)
    if span.strong:
        html = tag("strong", html)
    if span.emphasis:
        html = tag("em", html)
    if span.lang or classes:
        html = tag("span", html, class_=classes, lang=span.lang)
    return html


def write_link(text: str, target: str) -> str:
    """A link holds plain words only: a child would become an annotation of its own."""
    if not target.startswith(("#", "https://", "http://", "mailto:", "tel:", "/")):
        raise ValueError(f"A link must go to a block or a full address, not {target!r}")
    return tag("a", safe(squeeze(text)), href=target)


def _reference(setting: Setting, ref: Ref) -> str:
    label = setting.composed.labels.get(ref.key)
    if label is None:
        raise ValueError(f"Nothing in the document has the key {ref.key!r}")
    text = label[:1].upper() + label[1:] if ref.capital else label
    return tag("a", safe(typeset(text)), href=f"#{ref.key}", class_="ref")


def _note(setting: Setting, note: Note) -> str:
    content = write_text(setting, note.text)
    if not setting.screen:
        return tag("span", content, class_="note")
    setting.notes.append(content)
    number = len(setting.notes)
    return tag(
        "sup",
        tag("a", str(number), href=f"#note-{number}", aria_label=f"{setting.words.footnote} {number}"),
        id=f"note-call-{number}",
    )


def plain_words(html_free_text: str) -> str:
    """Words for attributes and names: one line, without marks that have no width."""
    return squeeze(plain(html_free_text))
