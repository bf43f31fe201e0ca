"""A letter read from plain text has hard line breaks; beside an answer it reads as paragraphs, stored as it stands."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assignments.models import Assignment
from governance.models import Passage
from governance.paragraphs import flowing
from tests.cast import Cast
from tests.factories.imports import fill_in, fresh, make_import, register, settle

Browser = Callable[[str], Client]
LETTER = """\
1. Innledning

Dette brevet gir rammene for Direktoratet for medisinske produkter for 2026.

3. Oppdrag

TB2026-1 Bedre veiledning

Direktoratet skal lage en plan for veiledning av søkere, og skal samar-
beide med andre etater om planen. Arbeidet skal omfatte helse-
og omsorgstjenesten.

Frist: 31. desember 2026
"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("en plan som skal\nlegges fram", "en plan som skal legges fram"),
        ("skal samar-\nbeide", "skal samarbeide"),
        ("helse-\nog omsorgstjenesten", "helse- og omsorgstjenesten"),
        ("første\n\nandre\nledd", "første\n\nandre ledd"),
    ],
)
def test_hard_breaks_go_and_paragraphs_stay(text: str, read: str) -> None:
    assert flowing(text) == read
    assert flowing(text, read_in=False) == text


def test_the_letter_reads_as_a_paragraph_beside_the_answer_and_is_stored_as_it_stands(
    cast: Cast, log_in: Browser
) -> None:
    found = make_import(cast, data=LETTER.encode())
    settle(cast, found)
    fill_in(cast, found)
    document = register(cast, fresh(found))
    stored = Passage.objects.get(document=document, text__contains="samar-")
    assert "samar-\nbeide" in stored.text
    assert document.canonical_text[stored.start : stored.end] == stored.text
    assignment = Assignment.objects.get(document=document)
    for by, address in (
        ("controller", reverse("assignments:passport", args=[assignment.uuid])),
        ("officer", reverse("governance:document_text", args=[document.uuid])),
    ):
        page = log_in(by).get(address).content.decode()
        assert "skal samarbeide med andre etater om planen. Arbeidet skal omfatte helse- og omsorgstjenesten." in page
