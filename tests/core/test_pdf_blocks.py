"""A document that is wrong is refused before anything is set, with everything that is wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.pdf import blocks as b
from core.pdf import render_document, render_document_html
from core.pdf.stylesheet import colour_of, contrast_on_white, document_css, foot_text
from core.pdf.words import BOKMAL, NYNORSK, words_for

WHEN = datetime(2026, 1, 2, 12, tzinfo=UTC)


def meta(**changes: Any) -> b.Meta:
    """A plain meta with changes."""
    given: dict[str, Any] = {"title": "Prøve", "author": "Etat", "lang": "nb", "created": WHEN, "name": "Prøve"}
    return b.Meta(**{**given, **changes})


def document(*blocks: b.Block) -> b.Document:
    """A document of these blocks."""
    return b.Document(meta(), blocks)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        meta(created=datetime(2026, 1, 2))  # noqa: DTZ001


def test_a_document_without_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        meta(title="  ")


def test_every_row_that_does_not_fill_its_grid_is_named() -> None:
    columns = (b.Column("A", 80), b.Column("B", 86))
    rows = (b.Row(("en",)), b.Row(("en", "to")), b.Row(("en", "to", "tre")), b.Row((), "sum"))
    with pytest.raises(ValueError, match=r"row 1 fills 1 of 2.*row 3 fills 3 of 2.*row 4 fills 0 of 2"):
        b.Table(columns, rows, title="Tabell")


def test_a_table_wider_than_a_wide_page_is_refused() -> None:
    with pytest.raises(ValueError, match="wider than a wide page"):
        b.Table((b.Column("A", 254),), (), title="Tabell")


def test_a_reference_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="key 'borte'"):
        render_document_html(document(b.Paragraph(("Se ", b.Ref("borte")))))


def test_two_blocks_with_one_key_and_a_skipped_level_are_both_named() -> None:
    wrong = document(b.Part("En", key="k"), b.Section("Dypt", level=4), b.Part("To", key="k"))
    with pytest.raises(ValueError, match="two blocks have the key 'k'; heading 'Dypt' goes from level 1 to 4"):
        render_document(wrong)


@pytest.mark.parametrize("target", ["www.dmp.no", "javascript:alert(1)", ""])
def test_a_link_without_a_full_address_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="full address"):
        render_document_html(document(b.Paragraph((b.Link("her", target),))))


@pytest.mark.parametrize("colour", ["#ff0000", "blue", "#12385", "#777777", "#12385b;x"])
def test_a_colour_that_cannot_be_read_on_white_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="7:1"):
        colour_of(meta(colour=colour))


def test_the_house_colour_and_a_dark_one_are_kept() -> None:
    assert contrast_on_white("#12385b") > 12
    assert colour_of(meta()) == "#12385b"
    assert colour_of(meta(colour="#27502F")) == "#27502f"


def test_the_foot_says_document_organisation_case_version_and_classification() -> None:
    given = meta(name="Årsrapport 2026", organisation="Etat", case="27/1", version="2", classification="internt")
    assert foot_text(given, BOKMAL) == "Årsrapport 2026, Etat · sak 27/1 · versjon 2 · internt"


def test_text_from_people_cannot_leave_its_css_string() -> None:
    css = document_css(meta(name='x" } body { display: none } "\\'), BOKMAL, {}, long=False)
    assert 'content: "x\\" } body { display: none } \\"\\\\"' in css.replace("\u00a0", " ")


def test_both_written_standards_have_every_word() -> None:
    for words in (BOKMAL, NYNORSK):
        assert all(getattr(words, name) for name in words.__slots__)
    assert words_for("nn").contents == "Innhald"
    assert words_for("nb").your_reference == "Deres ref."
    assert words_for("nn").your_reference == "Dykkar ref."


def test_figures_without_a_table_of_their_own_get_one_and_numbers_run_through_the_document() -> None:
    from core.charts import Bar, BarChart

    chart = BarChart((Bar("Saker", 12, 10), Bar("Klager", 3, None)), ("2026", "2025"), "Type")
    html = render_document_html(
        document(b.Part("En", "1"), b.Figure(chart, "Saker", key="saker"), b.Paragraph((b.Ref("tabell-1"),)))
    )

    assert "Figur 1" in html
    assert "Tabell 1" in html
    assert ">tabell\u00a01</a>" in html
    assert ">12</td>" in html
    assert ">–</td>" in html
