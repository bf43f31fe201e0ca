"""The document as a page: same words, nothing that a strict security policy refuses."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from core.pdf import blocks as b
from core.pdf import render_document_html
from tests.core.documents import samples


def page(*blocks: b.Block, level: int = 1) -> str:
    meta = b.Meta("Prøve", "Etat", "nb", datetime(2026, 1, 2, 12, tzinfo=UTC), "Prøve")
    return render_document_html(b.Document(meta, blocks), heading_level=level)


class Balance(HTMLParser):
    """Fails on an element that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "col"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class Seen(HTMLParser):
    """Which elements and attributes a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("name", list(samples()))
def test_no_page_needs_inline_styles_or_scripts_and_every_element_is_closed(name: str) -> None:
    html = render_document_html(samples()[name])

    assert "style=" not in html
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)
    balance = Balance()
    balance.feed(html)
    assert balance.open == []


def test_ids_are_unique_on_a_page_and_every_link_inside_it_leads_somewhere() -> None:
    html = render_document_html(samples()["arsrapport"])
    ids = re.findall(r' id="([^"]+)"', html)
    targets = re.findall(r'href="#([^"]+)"', html)

    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_headings_move_down_under_the_heading_of_the_page() -> None:
    html = page(b.Part("Del", "1"), b.Section("Punkt", "1.1"), level=2)

    assert "<h2" in html
    assert "<h3" in html
    assert "<h1" not in html


def test_what_people_write_is_escaped_everywhere() -> None:
    evil = '<img src=x onerror="alert(1)">&'
    html = page(
        b.TitleBlock(evil, evil, (b.Fact(evil, evil),)),
        b.Part(evil, evil),
        b.Paragraph((evil, b.Span(evil, lang="nn"), b.Note(evil))),
        b.Table((b.Column(evil, 80), b.Column(evil, 86, "code")), (b.Row((evil, evil)),), title=evil, unit=evil),
        b.AssignmentBlock(evil, evil, evil, evil, (evil,)),
        b.Signature((b.Signer(evil, evil),), evil, evil),
    )

    assert "<img" not in html
    seen = Seen()
    seen.feed(html)
    assert "img" not in seen.tags
    assert "onerror" not in seen.attributes


def test_rich_text_keeps_its_small_set_and_loses_everything_else() -> None:
    html = page(
        b.Part("Del"),
        b.RichText(
            '<h2 onclick="x()">Over</h2><p style="color:red">En <strong>viktig</strong> <em>sak</em><br>ny linje</p>'
            "<script>alert(1)</script><ul><li><p>ett</p></li><li>to<ul><li>to a</li></ul></li></ul>"
            '<p>Se <a href="https://dmp.no"><strong>her</strong></a> og <a href="javascript:x()">der</a></p>'
            "<table><tr><td>celle</td></tr></table><p></p><unknown>ord</unknown>",
        ),
    )

    assert '<h2 class="rich">Over</h2>' in html
    assert "En <strong>viktig </strong><em>sak </em><br>ny linje" in html
    assert '<a href="https://dmp.no">her</a>' in html
    assert "alert" not in html
    assert "javascript" not in html
    assert "style=" not in html
    assert "<li>ett</li>" in html
    for kept in ("to a", "der", "celle", "ord"):
        assert kept in html
    assert "<table" not in html


def test_unclosed_rich_text_cannot_break_out_of_its_place() -> None:
    html = page(b.Part("Del"), b.RichText("<p>åpen <strong>uten slutt</div></article>"), b.Paragraph("etter"))

    assert html.index("uten slutt</strong></p>") < html.index("etter")
    assert html.count("</article>") == 1


def test_notes_stand_at_the_end_of_the_page_with_a_way_back() -> None:
    html = page(b.Paragraph(("Tekst.", b.Note("Forklaring."))))

    assert 'id="note-call-1"' in html
    assert re.search(r'<li id="note-1">Forklaring\.\s*<a href="#note-call-1">', html)


def test_a_quotation_keeps_its_characters_and_gets_only_marks_without_width() -> None:
    words = "Frist 15.januar 2026 - kap. 746 post 01, 1 000 kroner og rapporteringskalenderen"
    html = page(b.Quote((words,), source="Brevet"))

    quoted = re.search(r"<blockquote[^>]*><p>(.*?)</p>", html)
    assert quoted is not None
    assert quoted.group(1).replace("\u00ad", "").replace("\u2060", "") == words


def test_an_identifier_is_never_changed() -> None:
    html = page(b.Paragraph(("Oppdrag ", b.Span("TB2026-5", code=True), " og 2024-2026")))
    assert '<span class="code">TB2026-5</span>' in html
