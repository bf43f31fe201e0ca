"""Which writer writes which block, and the writers that are a few lines long."""

from collections.abc import Callable
from typing import Any

from core.charts.base import svg
from core.pdf import blocks as b
from core.pdf.html.headings import (
    write_contents,
    write_fact_list,
    write_front_page,
    write_letterhead,
    write_part,
    write_section,
    write_title_block,
)
from core.pdf.html.inline import write_link, write_text
from core.pdf.html.richtext import write_rich_text
from core.pdf.html.state import Setting, safe, tag
from core.pdf.html.tables import write_status, write_table
from core.pdf.inline import Text, words_of
from core.text import typeset

Done = Callable[[int], None]


def write_blocks(setting: Setting, blocks: tuple[b.Block, ...], *, done: Done | None = None) -> str:
    """All blocks in order. ``done`` hears how many top-level blocks have been written."""
    written = []
    for number, block in enumerate(blocks, start=1):
        written.append(_WRITERS[type(block)](setting, block))
        if done is not None:
            done(number)
    return "".join(written)


def _paragraph(setting: Setting, block: b.Paragraph) -> str:
    classes = f"{block.style} next" if block.keep_with_next else block.style
    return tag("p", write_text(setting, block.text), class_=classes, lang=block.lang)


def _rich(setting: Setting, block: b.RichText) -> str:
    return write_rich_text(setting, block.html, shift=block.shift, lang=block.lang)


def _item(setting: Setting, item: Text | b.ListItem, name: str) -> str:
    if isinstance(item, b.ListItem):
        inner = tag(name, *(tag("li", write_text(setting, each)) for each in item.items), class_="list")
        return tag("li", write_text(setting, item.text), inner if item.items else "")
    return tag("li", write_text(setting, item))


def _list(setting: Setting, block: b.ListBlock) -> str:
    name = "ol" if block.ordered else "ul"
    items = "".join(_item(setting, item, name) for item in block.items)
    return tag(name, items, class_="list small" if block.small else "list") if items else ""


def _quote(setting: Setting, block: b.Quote) -> str:
    body = "".join(tag("p", write_text(setting, text, verbatim=True, end=False)) for text in block.paragraphs)
    source = tag("p", write_text(setting, block.source), class_="source") if words_of(block.source) else ""
    classes = "quote" if block.on_axis else "quote edge"
    return tag("blockquote", body, class_=classes, lang=block.lang) + source


def _chips(setting: Setting, block: b.Chips) -> str:
    items = "".join(
        tag("li", setting.label(item) if isinstance(item, str) else write_status(item), class_="chip")
        for item in block.items
    )
    return tag("ul", items, class_="chips")


def _boxed_facts(setting: Setting, block: b.BoxedFacts) -> str:
    items = "".join(
        tag(
            "li",
            tag("p", setting.label(label), class_="label"),
            tag("p", write_text(setting, value, end=False), class_="value"),
            tag("p", write_text(setting, about, end=False), class_="about") if words_of(about) else "",
        )
        for label, value, about in block.facts
    )
    return tag("ul", items, class_=f"boxed n{len(block.facts)}", aria_label=block.title if setting.screen else None)


def _figure(setting: Setting, block: b.Figure) -> str:
    key = setting.composed.keys[id(block)]
    unit = tag("span", safe(typeset(f"({block.unit})")), class_="unit") if block.unit else ""
    number = setting.composed.numbers[id(block)]
    caption = tag(
        "p",
        tag("span", f"{setting.words.figure} {number} ", class_="label"),
        tag("span", setting.label(block.title, heading=True) + (" " if unit else ""), class_="title"),
        unit,
        class_="figurecaption",
    )
    drawing = svg(
        block.chart,
        title=block.title,
        description=block.description,
        key=key,
        palette=setting.palette,
    )
    note = tag("p", write_text(setting, block.note), class_="figurenote") if words_of(block.note) else ""
    return tag("div", caption, tag("div", drawing, class_="drawing"), note, class_="figure", id=key)


def _summary(setting: Setting, block: b.Summary) -> str:
    items = "".join(tag("li", write_text(setting, item)) for item in block.items)
    heading = setting.heading(block.level, setting.label(block.title, heading=True), class_="nonumber")
    return tag("div", heading, tag("ul", items, class_="list"), class_="summary")


def _notice(setting: Setting, block: b.Notice) -> str:
    parts = [
        setting.heading(block.level, setting.label(block.title, heading=True), class_="nonumber"),
        tag("p", write_text(setting, block.byline), class_="byline"),
        *(tag("p", write_text(setting, text), class_="words") for text in block.paragraphs),
    ]
    if words_of(block.foot):
        parts.append(tag("p", write_text(setting, block.foot), class_="byline"))
    return tag("div", *parts, class_="noticebox")


def _assignment(setting: Setting, block: b.AssignmentBlock) -> str:
    words = setting.words
    department = ""
    if block.department:
        label = block.department_label or words.department
        department = safe(typeset(f"{label} {block.department} · "))
    meta = department + tag("strong", safe(f"{words.deadline}: {block.deadline}"))
    return tag(
        "div",
        setting.heading(
            block.level,
            tag("span", safe(block.number) + " ", class_="nr code")
            + write_text(setting, block.title, heading=True, end=False),
            data_bookmark=f"{block.number} {block.title}",
        ),
        tag("p", meta, class_="byline"),
        *(tag("p", write_text(setting, text), class_="body") for text in block.body),
        class_="assignment",
        id=setting.composed.keys.get(id(block)),
        lang=block.lang,
    )


def _events(setting: Setting, block: b.EventList) -> str:
    items = "".join(
        tag(
            "li",
            tag("span", setting.label(event.day) + " ", class_="label"),
            tag(
                "span",
                tag("strong", write_text(setting, event.title, end=False) + " "),
                "<br>" + tag("span", write_text(setting, event.detail, end=False), class_="muted")
                if words_of(event.detail)
                else "",
                class_="value",
            ),
        )
        for event in block.events
    )
    return tag("ol", items, class_="events")


def _signature(setting: Setting, block: b.Signature) -> str:
    signers = "".join(
        tag(
            "li",
            tag(
                "strong",
                safe(f"{signer.name} {setting.words.on_behalf} " if signer.on_behalf else f"{signer.name} "),
            ),
            "<br>",
            setting.label(signer.title),
        )
        for signer in block.signers
    )
    return tag(
        "div",
        tag("p", write_text(setting, block.opening), class_="body"),
        tag("ul", signers, class_="signers"),
        tag("p", write_text(setting, block.approval), class_="approval"),
        class_="signature",
    )


def _annexes(setting: Setting, block: b.AnnexList) -> str:
    items = "".join(tag("li", write_text(setting, item)) for item in block.items)
    return tag("ol", items, class_="list annexes")


def _named_list(setting: Setting, block: b.NamedList) -> str:
    items = "".join(tag("li", write_text(setting, item)) for item in block.items)
    heading = setting.heading(block.level, setting.label(block.title), class_="small nonumber")
    return tag("div", heading, tag("ul", items, class_="list small"), class_="namedlist")


def _links(setting: Setting, block: b.LinkList) -> str:
    items = "".join(tag("li", write_link(link.text, link.target)) for link in block.links)
    return tag("ul", items, class_="list")


def _wide(setting: Setting, block: b.Wide) -> str:
    return tag("div", write_blocks(setting, block.blocks), class_="wide")


_WRITERS: dict[type, Callable[[Setting, Any], str]] = {
    b.AnnexList: _annexes,
    b.AssignmentBlock: _assignment,
    b.BoxedFacts: _boxed_facts,
    b.Chips: _chips,
    b.Contents: write_contents,
    b.EventList: _events,
    b.FactList: write_fact_list,
    b.Figure: _figure,
    b.FrontPage: write_front_page,
    b.Letterhead: write_letterhead,
    b.LinkList: _links,
    b.ListBlock: _list,
    b.NamedList: _named_list,
    b.Notice: _notice,
    b.Paragraph: _paragraph,
    b.Part: write_part,
    b.Quote: _quote,
    b.RichText: _rich,
    b.Section: write_section,
    b.Signature: _signature,
    b.Summary: _summary,
    b.Table: write_table,
    b.TitleBlock: write_title_block,
    b.Wide: _wide,
}
