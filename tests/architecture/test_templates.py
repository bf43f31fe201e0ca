"""What a strict content policy forbids stands in no template, and no template asks the database."""

import re

import pytest

from tests.architecture.code import relative, tracked

RULES = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(ld\+)?json)[^>]*>", re.I),
    "a style sheet in the page": re.compile(r"<style\b", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
    "something from another host": re.compile(r"(src|href|srcset)=[\"'](https?:)?//(?!\{)", re.I),
    "htmx code in an attribute": re.compile(r"hx-on|hx-vals=[\"']js:|hx-headers=[\"']js:"),
    "a query": re.compile(r"\{[{%][^}]*\.(objects|all|filter|exclude|exists|order_by|get_queryset)\b"),
    "arithmetic": re.compile(r"(?<!length)\|add:-?\d|\|divisibleby:|\{% widthratio"),
}
PLACES = ("templates/*.html", "templates/**/*.html")


#: Not pages of ours: mail, documents, and files a person takes with them, which must stand on their own.
APART = {"email", "pdf", "files"}


def pages() -> list[tuple[str, str]]:
    files = {file for file in tracked(*PLACES) if not APART & set(file.parts)}
    return [(str(relative(file)), file.read_text(encoding="utf-8")) for file in sorted(files)]


@pytest.mark.parametrize("what", sorted(RULES))
def test_no_template_has(what: str) -> None:
    rule = RULES[what]
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()[:60]}"
        for name, text in pages()
        for match in rule.finditer(re.sub(r"\{#.*?#\}|\{% comment %\}[\s\S]*?\{% endcomment %\}", "", text))
    ]
    assert found == []


def test_our_scripts_neither_evaluate_text_nor_write_html_from_strings() -> None:
    rule = re.compile(r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write|\.style\.|setAttribute\(.style")
    found = [
        f"{relative(file)}:{number}"
        for file in tracked("static/*.js", "static/**/*.js")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if rule.search(line)
    ]
    assert found == []


def test_each_component_says_what_it_takes() -> None:
    silent = [
        name
        for name, text in pages()
        if name.startswith("templates/components/") and not text.lstrip().startswith(("{#", "{% comment"))
    ]
    assert silent == []
