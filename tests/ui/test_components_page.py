"""The components page and the frame around every page."""

import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from core.icons import ICONS, package_folder, sprite_text, style_files, styles_folder, styles_text

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def test_the_components_page_shows_every_state(log_in: Callable[[str], Client]) -> None:
    page = log_in("officer").get("/komponenter/").content.decode()
    for words in (
        "I arbeid",
        "Under avklaring",
        "om 78 virkedager",
        "Hvem kan se dette?",
        "Hopp til innholdet",
        "Marte Lindqvist",
    ):
        assert words in page


def test_the_components_page_asks_for_log_in(client: Client, db: None) -> None:
    assert client.get("/komponenter/").status_code == 302


def test_no_template_has_inline_style_or_script() -> None:
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        if "pdf" in template.parts or "email" in template.parts:
            continue
        assert not re.search(r"\sstyle\s*=", text), template
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), template
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in tag, template


def test_every_icon_and_glyph_a_template_names_exists() -> None:
    glyphs = set(re.findall(r'id="([a-z-]+)"', Path(finders.find("img/glyphs.svg")).read_text(encoding="utf-8")))
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        for name in re.findall(r'{% icon "([^"]+)"', text):
            assert name in ICONS, (template, name)
        for name in re.findall(r'{% glyph "([^"]+)"', text):
            assert name in glyphs, (template, name)


def test_the_icon_sprite_is_made_from_the_package() -> None:
    text = sprite_text(package_folder())
    assert text.count("<symbol") == len(ICONS)
    assert finders.find("build/icons.svg")


def test_third_party_files_of_the_frame_are_found() -> None:
    for path in (
        "vendor/designsystemet-css/theme/designsystemet.css",
        "vendor/designsystemet-css/src/index.css",
        "vendor/designsystemet-web/index.js",
        "vendor/inter/files/inter-latin-500-normal.woff2",
    ):
        assert finders.find(path), path


def test_one_style_sheet_is_made_of_all_component_files() -> None:
    folder = styles_folder()
    made = Path(finders.find("build/app.css")).read_text(encoding="utf-8")
    assert made == styles_text(folder)
    assert {file.name for file in folder.glob("*.css")} == {file.name for file in style_files(folder)} | {
        "app.css",
        "print.css",
    }
    assert "@import" not in made
