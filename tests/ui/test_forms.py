"""Forms, error summary and receipts as people meet them."""

import re

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.errors import Problem
from core.receipts import read


class Example(forms.Form):
    """Every kind of field."""

    title = forms.CharField(label="Tittel", help_text="Kort")
    kind = forms.ChoiceField(label="Slag", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Kopi sendt")
    file = forms.FileField(label="Vedlegg", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def page(**context: object) -> str:
    return render_to_string("components/form.html", context, request=RequestFactory().get("/"))


def summary(**context: object) -> str:
    return render_to_string("components/error_summary.html", context, request=RequestFactory().get("/"))


def test_every_field_has_a_label_and_descriptions_that_exist() -> None:
    html = page(form=Example({"title": ""}))
    ids = set(re.findall(r'id="([^"]+)"', html))
    for target in re.findall(r'<label[^>]* for="([^"]+)"', html):
        assert target in ids
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        for target in described.split():
            assert target in ids, target
    assert 'enctype="multipart/form-data"' in html
    assert "csrfmiddlewaretoken" in html
    assert "(valgfritt)" in html


def test_all_problems_stand_in_the_summary_and_lead_to_their_field() -> None:
    form = Example({"title": ""})
    html = summary(form=form, problems=[Problem("x", "Vedlegget er tomt. Last opp på nytt", field="file")])
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_title", "id_kind", "id_agree", "id_file"]
    assert "4 ting må rettes" in html
    for target in targets:
        assert f'id="{target}"' in page(form=form)


def test_no_summary_for_a_form_nobody_has_sent() -> None:
    assert "ds-error-summary" not in summary(form=Example())


def test_a_receipt_has_sentence_details_and_link_and_plain_messages_work() -> None:
    band = read(Message(constants.SUCCESS, "Status er delt med HOD.\nVersjon 3\nVis\n/oppdrag/1/"))
    assert (band.tone, band.title, band.details, band.link, band.url) == (
        "success",
        "Status er delt med HOD.",
        "Versjon 3",
        "Vis",
        "/oppdrag/1/",
    )
    assert read(Message(constants.ERROR, "Ikke lagret")).title == "Ikke lagret"


def test_text_in_a_receipt_is_never_markup() -> None:
    request = RequestFactory().get("/")
    html = render_to_string(
        "components/receipts.html", {"messages": [Message(constants.INFO, "<b>Hei</b>")]}, request=request
    )
    assert "&lt;b&gt;Hei" in html
