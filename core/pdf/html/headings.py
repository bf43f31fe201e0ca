"""Front page, letterhead, title, contents, parts and sections."""

from core.pdf.blocks import (
    Contents,
    Fact,
    FactList,
    FrontPage,
    Letterhead,
    Part,
    Section,
    TitleBlock,
)
from core.pdf.html.inline import plain_words, write_text
from core.pdf.html.state import Setting, safe, tag
from core.pdf.inline import words_of
from core.text import typeset


def write_facts(setting: Setting, facts: tuple[Fact, ...], *, classes: str = "facts") -> str:
    """Labels and what they say, as a plain list: one item for each pair."""
    items = "".join(
        tag(
            "li",
            tag("span", setting.label(fact.label) + " ", class_="label"),
            tag("span", write_text(setting, fact.value), class_="value"),
        )
        for fact in facts
    )
    return tag("ul", items, class_=classes) if facts else ""


def write_fact_list(setting: Setting, block: FactList) -> str:
    """Facts with or without hairlines."""
    return write_facts(setting, block.facts, classes="facts" if block.lines else "facts bare")


def write_front_page(setting: Setting, block: FrontPage) -> str:
    """The coloured field with who, what and to whom; the facts under it."""
    mark = ""
    if block.wordmark and not setting.screen:
        image = setting.composed.document.images[block.wordmark]
        mark = f'<p class="wordmark"><img src="doc:image/{block.wordmark}" alt="{safe(image.description)}"></p>'
    field = tag(
        "div",
        mark or tag("p", setting.label(block.organisation), class_="organisation"),
        setting.heading(1, write_text(setting, block.title, end=False), class_="fronttitle"),
        tag("p", setting.label(block.addressee), class_="addressee"),
        class_="field",
    )
    notice = tag("p", write_text(setting, block.notice), class_="notice") if words_of(block.notice) else ""
    return tag("div", field, write_facts(setting, block.facts), notice, class_="front")


def write_title_block(setting: Setting, block: TitleBlock) -> str:
    """Rule, who, title, facts."""
    return tag(
        "div",
        tag("p", write_text(setting, block.over), class_="over"),
        setting.heading(
            1,
            write_text(setting, block.title, end=False),
            class_="doctitle compact" if block.compact else "doctitle",
            data_head=_running(setting, ""),
            data_bookmark=plain_words(words_of(block.title)),
        ),
        write_facts(setting, block.facts),
        class_="titleblock",
    )


def write_letterhead(setting: Setting, block: Letterhead) -> str:
    """Sender, addressee beside references, title. Two cells of a layout made of inline blocks."""
    addressee = "".join(tag("p", setting.label(line)) for line in block.addressee)
    return tag(
        "div",
        tag("p", setting.label(block.sender), class_="sender"),
        tag(
            "div",
            tag("div", addressee, class_="addressee"),
            write_facts(setting, block.references, classes="references"),
            class_="address",
        ),
        setting.heading(
            1,
            write_text(setting, block.title, end=False),
            class_="doctitle letter",
            data_head=_running(setting, setting.composed.document.meta.name),
            data_bookmark=plain_words(words_of(block.title)),
        ),
        class_="letterhead",
    )


def _running(setting: Setting, otherwise: str) -> str:
    return setting.composed.document.meta.head or otherwise


def write_contents(setting: Setting, block: Contents) -> str:
    """One line for each heading: number, title as a link, page number (in the file only)."""
    lines = []
    for entry in setting.composed.entries:
        if entry.level > block.depth:
            continue
        link = tag("a", safe(typeset(plain_words(words_of(entry.title)))), href=f"#{entry.key}")
        number = tag("span", safe(entry.number) + " ", class_="nr") if entry.number else ""
        if not number and not setting.screen:
            number = '<span class="nr nonr"></span>'
        page = "" if setting.screen else tag("span", class_="page", data_to=f"#{entry.key}")
        classes = "part" if entry.level == 1 else f"level{entry.level}"
        lines.append(tag("li", number, tag("span", link, class_="entry"), page, class_=classes))
    title = setting.heading(
        1,
        setting.words.contents,
        class_="contentstitle",
        data_bookmark=setting.words.contents,
        data_head=" ",
    )
    return tag("div", title, tag("ul", *lines, class_="contents"), class_="contentspage")


def write_part(setting: Setting, block: Part) -> str:
    """Numeral left of the axis, title on it; the running head of its pages."""
    title = plain_words(words_of(block.title))
    full = f"{block.numeral} {title}".strip()
    number = tag("span", safe(block.numeral) + " ", class_="nr") if block.numeral else ""
    classes = "part own" if block.own_page else "part"
    if not number:
        classes += " nonumber" if block.on_axis else " edge"
    return setting.heading(
        1,
        number + write_text(setting, block.title, heading=True, end=False),
        id=setting.composed.keys[id(block)],
        class_=classes,
        lang=block.lang,
        data_head=setting.composed.document.meta.head or block.head or full,
        data_bookmark=full,
    )


def write_section(setting: Setting, block: Section) -> str:
    """Number left of the axis, title on it."""
    title = plain_words(words_of(block.title))
    number = tag("span", safe(block.number) + " ", class_="nr") if block.number else ""
    return setting.heading(
        block.level,
        number + write_text(setting, block.title, heading=True, end=False),
        id=setting.composed.keys[id(block)],
        class_="" if number else "nonumber",
        lang=block.lang,
        data_bookmark=f"{block.number} {title}".strip(),
    )
