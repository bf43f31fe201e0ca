"""The same document gives the same bytes, and what goes wrong stops the rendering."""

import inspect
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import weasyprint
import weasyprint.pdf
from django.conf import settings

from core.pdf import RenderFailed, blocks, engine, render_document
from core.pdf.fetcher import Refused, read_font, read_static, resolve
from tests.core.documents import samples
from tests.core.pdf_reading import Read

DIGESTS = """
import django
django.setup()
from core.pdf import render_document
from tests.core.documents import samples
rendered = render_document(samples()["oppdragspass"])
print(rendered.reading.sha256, rendered.archive.sha256)
"""


def digests(folder: Path, **environment: str) -> str:
    """Both digests from a process of its own, in another folder and with other surroundings."""
    env = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR), **environment}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def small(*more: blocks.Block, **meta: str) -> blocks.Document:
    """A document of one heading and one paragraph, and what the test adds."""
    about = blocks.Meta("Prøve", "Etat", "nb", datetime(2026, 1, 2, 12, tzinfo=UTC), "Prøve", **meta)
    return blocks.Document(about, (blocks.Part("Innledning", "1"), blocks.Paragraph("Tekst."), *more))


def test_two_processes_with_other_surroundings_give_the_same_bytes(tmp_path: Path) -> None:
    first = digests(tmp_path, PYTHONHASHSEED="1", TZ="Europe/Oslo", HOME=str(tmp_path), LC_ALL="C")
    second = digests(Path.cwd(), PYTHONHASHSEED="4711", TZ="Asia/Tokyo", SOURCE_DATE_EPOCH="0", LC_ALL="C.UTF-8")

    assert first == second
    here = render_document(samples()["oppdragspass"])
    assert first == f"{here.reading.sha256} {here.archive.sha256}"


def test_the_record_names_everything_that_makes_the_bytes() -> None:
    versions = render_document(small()).versions

    names = {"weasyprint", "pydyf", "fonttools", "pango", "harfbuzz", "zlib", "source-sans", "source-serif"}
    assert set(versions) == names
    assert all(value[0].isdigit() for value in versions.values())


def test_the_private_function_we_replace_is_the_one_of_the_pinned_version() -> None:
    assert weasyprint.VERSION == engine.PINNED
    parameters = list(inspect.signature(weasyprint.pdf.add_tags).parameters)
    assert parameters == ["pdf", "document", "pdf_version", "page_streams"]


def test_progress_is_counted_never_goes_back_and_ends_at_the_whole() -> None:
    told: list[tuple[int, int]] = []
    render_document(samples()["tildelingsbrev"], progress=lambda done, total: told.append((done, total)))

    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert told[-1][0] == told[-1][1]
    assert len({done for done, _ in told}) > 15


def test_a_warning_from_the_layout_engine_means_no_file() -> None:
    with pytest.raises(RenderFailed) as failure:
        render_document(small(blocks.Paragraph("Et tegn uten form: \U0001f4c5.")))

    assert failure.value.status == 500
    assert failure.value.problems
    assert str(failure.value).startswith("Dokumentet kunne ikke lages")


def test_only_fonts_static_files_and_given_images_are_served() -> None:
    image = blocks.StoredImage(b"png", "image/png", "Merke")

    assert resolve("doc:image/merke", {"merke": image}) == (b"png", "image/png")
    assert read_static("img/marks/done.svg").startswith(b"<svg")
    assert len(read_font("SourceSans3-Regular.ttf")) > 100_000
    for address in (
        "file:///etc/passwd",
        "https://example.org/x.png",
        "data:image/png;base64,AAAA",
        "doc:static/../pyproject.toml",
        "doc:static/css/pdf",
        "doc:font/../package.json",
        "doc:image/other",
    ):
        with pytest.raises(Refused):
            resolve(address, {"merke": image})


def test_an_address_outside_the_document_stops_the_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    css = "body { background: url('https://example.org/track.png') }"
    monkeypatch.setattr("core.pdf.render.document_css", lambda *_args, **_kwargs: css)

    with pytest.raises(RenderFailed) as failure:
        render_document(small())
    assert "example.org" in str(failure.value.problems[0].message)


def test_a_wordmark_given_in_memory_is_set_with_its_words() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10"/></svg>'
    front = blocks.FrontPage("Etat", "Rapport", "Til departementet", wordmark="merke")
    document = replace(
        small(),
        blocks=(front, blocks.Part("I", "I")),
        images={"merke": blocks.StoredImage(svg, "image/svg+xml", "Etat")},
    )
    figures = Read(render_document(document).reading.content).root.all("Figure")

    assert [str(figure.entry["/Alt"]) for figure in figures] == ["Etat"]


def test_a_link_out_says_its_words_and_its_address() -> None:
    link = blocks.Link("nettsidene", "https://www.regjeringen.no")
    read = Read(render_document(small(blocks.Paragraph(("Se ", link, ".")))).reading.content)

    annotation = read.root.all("Link")[0].annotations[0]
    assert annotation["/Contents"] == "nettsidene, https://www.regjeringen.no"
    assert annotation["/A"]["/URI"] == "https://www.regjeringen.no"
    assert annotation["/F"] == 4
