"""What no checker sees: our own assertions on the tag tree (design, documents.md section 7)."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from core.pdf import render_document_html
from core.pdf.compose import compose, flat
from core.pdf.tables import Table
from core.text import plain
from tests.core.documents import samples
from tests.core.pdf_reading import Read, Tag

LEVEL = re.compile(r"H([1-6])")


def table_called(read: Read, title: str) -> Tag:
    return next(t for t in read.root.all("Table") if title in t.all("Caption")[0].text)


def headings_of(read: Read, cell: Tag, table: Tag) -> list[str]:
    by_id = {str(th.entry["/ID"]): th.text for th in table.all("TH") if "/ID" in th.entry}
    return [by_id[str(name)] for name in cell.attributes.get("/Headers", [])]


def test_each_cell_under_two_heading_levels_names_exactly_its_own_headings(annual: Read) -> None:
    table = table_called(annual, "Metodevurderinger etter sakstype")
    rows = table.all("TBody")[0].all("TR")
    groups = ["Fullført", "Andel innen 180 dager", "Median, dager", "Under arbeid"]
    expected_columns = [[group, year] for group in groups for year in ("2025", "2026")]

    for row in rows:
        label = row.tags[0]
        assert label.kind == "TH"
        for cell, columns in zip(row.tags[1:], expected_columns, strict=True):
            assert headings_of(annual, cell, table) == [*columns, label.text]
    assert rows[0].tags[1].text == "92"
    assert headings_of(annual, rows[0].tags[1], table) == ["Fullført", "2025", "Sykehuslegemidler"]


def test_rows_under_a_group_heading_name_the_group(annual: Read) -> None:
    table = table_called(annual, "Artskontorapportering")
    cells = {cell.text: headings_of(annual, cell, table) for cell in table.all("TD") if cell.text}

    assert cells["130 317"] == ["2026", "Driftsinntekter"]
    assert cells["325 900"] == ["2026", "Driftsutgifter"]


def test_every_heading_cell_says_what_it_heads_and_every_name_is_in_the_tree_of_names(read: Read) -> None:
    names = read.catalog["/StructTreeRoot"].get("/IDTree", {}).get("/Names", [])
    known = {str(name): target.get_object() for name, target in zip(names[::2], names[1::2], strict=True)}
    for heading in read.root.all("TH"):
        assert heading.attributes["/Scope"] in {"/Column", "/Row"}
    for tag in read.root.walk():
        if "/ID" in tag.entry:
            assert known[str(tag.entry["/ID"])] == tag.entry
        assert set(map(str, tag.attributes.get("/Headers", []))) <= set(known)
    assert list(known) == sorted(known, key=str.encode)


def test_a_table_over_several_pages_is_one_table_and_its_head_is_read_once(annual: Read) -> None:
    table = table_called(annual, "Status for oppdrag per 31. desember 2026")
    pages = table.all_pages

    assert len(pages) >= 3
    assert len(table.all("THead")) == 1
    assert len(table.all("TR")) == 61
    assert sum(cell.text == "Nummer" for cell in table.all("TH", "TD")) == 1


def test_there_is_one_table_element_for_each_table_of_the_document(read: Read, sample: str) -> None:
    blocks = flat(compose(samples()[sample]).blocks)
    tables = [block for block in blocks if isinstance(block, Table)]

    assert len(read.root.all("Table")) == len(tables)
    for tag, table in zip(read.root.all("Table"), tables, strict=True):
        head_rows = 2 if table.has_groups else 1
        assert len(tag.all("TR")) == len(table.rows) + head_rows
        assert len(tag.all("Caption")) == 1


def test_no_row_is_cut_by_a_page_except_between_rows(read: Read) -> None:
    for row in read.root.all("TR"):
        assert len(row.all_pages) <= 1


def test_every_link_has_its_annotation_its_name_and_stands_in_the_tree(read: Read) -> None:
    in_tree = [annotation for link in read.root.all("Link") for annotation in link.annotations]
    on_pages = [a.get_object() for page in read.reader.pages for a in page.get("/Annots", [])]

    assert len(in_tree) == len(on_pages)
    for link in read.root.all("Link"):
        assert link.annotations
        assert link.text
        assert all(link.text in str(annotation["/Contents"]) for annotation in link.annotations)


def test_the_contents_give_the_page_each_heading_really_stands_on(annual: Read) -> None:
    headings = {tag.text: min(tag.all_pages) for tag in annual.root.all("H1", "H2") if tag.text != "Innhold"}
    lines = annual.root.all("TOC")[0].all("TOCI")

    assert len(lines) == 31
    for line in lines:
        number = "".join(tag.text for tag in line.tags if tag.kind == "Lbl")
        title = line.all("Link")[0].text
        page = int(line.tags[-1].text)
        assert page > 0
        assert headings[number + title] == page


def test_assignment_numbers_are_found_by_plain_search(annual: Read, letter: Read) -> None:
    for number in ("TB2026-1", "TB2026-5", "TB2025-9"):
        assert number in annual.text
    for number in ("TB2026-4", "TB2026-5", "TB2026-6"):
        assert number in letter.text
    assert "15.januar 2026" in letter.text


def test_no_character_of_the_text_is_a_stand_in(read: Read) -> None:
    strange = Counter(c for tag in read.root.walk() for c in tag.text if c in "\u00a0\u2010\u2011\u00ad\u2060\ufffd")
    assert not strange


def test_words_cut_by_a_line_are_whole_in_the_tag_text(letter: Read) -> None:
    words = {word for paragraph in letter.root.all("P") for word in paragraph.text.split()}

    assert "utredningsinstruksen." in words
    assert "utrednings-instruksen." not in words


def test_foreign_passages_say_their_language(annual: Read, letter: Read) -> None:
    english = [tag for tag in annual.root.walk() if tag.entry.get("/Lang") == "en"]
    nynorsk = [tag for tag in letter.root.walk() if tag.entry.get("/Lang") == "nn"]

    assert [tag.text for tag in english] == ["The agency takes part in the European network of national authorities."]
    assert [tag.text for tag in nynorsk] == ["Fellesskap og meistring – Bu trygt heime"]


def test_each_note_stands_on_the_page_of_its_call_with_its_number(annual: Read) -> None:
    calls, notes = annual.root.all("Reference"), annual.root.all("Note")
    calls = [call for call in calls if call.parent is not None and call.parent.kind != "TOCI"]

    assert len(calls) == len(notes) == 2
    for number, (call, note) in enumerate(zip(calls, notes, strict=True), start=1):
        assert call.text == str(number)
        assert note.all_pages == call.all_pages
        assert note.tags[0].kind == "Lbl"
        assert note.tags[0].text.strip() == f"{number}."
        assert note.entry["/ID"]


def test_figures_lie_inside_their_page_and_say_what_they_show(annual: Read) -> None:
    figures = annual.root.all("Figure")
    assert len(figures) == 3
    for figure in figures:
        left, bottom, right, top = (float(value) for value in figure.attributes["/BBox"])
        page = annual.reader.pages[min(figure.all_pages) - 1]
        assert 0 <= left < right <= float(page.mediabox.width)
        assert 0 <= bottom < top <= float(page.mediabox.height)
        words = str(figure.entry["/Alt"])
        assert len(words) > 60
        assert sum(c.isalpha() for c in words) > len(words) / 2
    assert "Utenfor kravet: Sykehuslegemidler" in str(figures[0].entry["/Alt"])


def test_the_first_heading_is_the_top_one_and_no_level_is_skipped(read: Read) -> None:
    levels = [int(match.group(1)) for tag in read.root.walk() if (match := LEVEL.fullmatch(tag.kind))]

    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1


def test_bookmarks_say_number_and_title(annual: Read) -> None:
    def titles(entries: list[object]) -> list[str]:
        found: list[str] = []
        for entry in entries:
            found += titles(entry) if isinstance(entry, list) else [str(entry.title)]  # type: ignore[attr-defined]
        return found

    marks = titles(annual.reader.outline)
    assert "II Introduksjon til virksomheten og hovedtall" in marks
    assert "2.3 Presentasjon av utvalgte budsjettall" in marks
    assert not any(mark.startswith("Årsrapport") for mark in marks)


def test_running_heads_and_page_numbers_are_no_part_of_the_text(annual: Read) -> None:
    assert "Side 3 av" not in annual.root.text
    assert "Side 3 av" in annual.reader.pages[2].extract_text().replace("\u00a0", " ")


def test_lists_hold_items_with_one_label_and_one_body(read: Read) -> None:
    for item in read.root.all("LI"):
        assert [tag.kind for tag in item.tags] in (["Lbl", "LBody"], ["LBody"])
        assert item.parent is not None
        assert item.parent.kind == "L"
    for each in read.root.all("L"):
        assert {tag.kind for tag in each.tags} == {"LI"}


def test_no_element_is_empty_except_cells(read: Read) -> None:
    for tag in read.root.walk():
        assert tag.kids or tag.kind in {"TD", "TH"}


def test_the_signature_is_never_alone_on_its_page(read: Read) -> None:
    for paragraph in read.root.all("P"):
        if "lektronisk godkjen" not in paragraph.text:
            continue
        page = min(paragraph.all_pages)
        words = [tag.text for tag in read.root.all("P", "TD", "TH") if page in tag.all_pages]
        assert sum(map(len, words)) > 2 * len(paragraph.text)


@pytest.mark.parametrize("name", ["tildelingsbrev", "oppdragspass", "virksomhetsrapport"])
def test_page_and_file_say_the_same_words_in_the_same_order(name: str) -> None:
    from tests.core.conftest import _read

    screen = render_document_html(samples()[name])
    screen = re.sub(r"<title[^>]*>.*?</title>|<desc[^>]*>.*?</desc>|<text[^>]*>.*?</text>", "", screen)
    screen = re.sub(r"<[^>]+>", " ", screen).replace("&lt;", "<").replace("&amp;", "&")
    on_page = re.findall(r"\w+", plain(screen))
    in_file = re.findall(r"\w+", " ".join(_leaves(_read(name).root)))

    assert [word for word in in_file if not word.isdigit()] == [word for word in on_page if not word.isdigit()]


def _leaves(tag: Tag) -> list[str]:
    """Words element by element, those of drawings and of the labels before list items left out."""
    if tag.kind == "Figure":
        return []
    if not tag.tags:
        return [tag.text]
    return [part for kid in tag.tags for part in _leaves(kid)] + [k for k in tag.kids if isinstance(k, str)]
