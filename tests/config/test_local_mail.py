"""The page with local mail shows what was received, and exists only where DEBUG is on."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client, RequestFactory, override_settings

from config import local_mail

MAIL = (
    "X-RcptTo: eier@dmp.invalid\r\nFrom: styringsdialog@localhost\r\nTo: eier@dmp.invalid\r\n"
    "Subject: =?utf-8?q?P=C3=A5minnelse_om_frist?=\r\nDate: Thu, 05 Mar 2026 07:00:00 +0100\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nFristen er 20. mars.\r\n<script>alert(1)</script>\r\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "00000000000000000001-00001.eml").write_bytes(MAIL.encode())
    (tmp_path / ".00000000000000000002-00002.part").write_bytes(b"half")
    return tmp_path


def show(view: str, folder: Path, *arguments: str) -> str:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/lokal-post/")
    request.user = AnonymousUser()
    with override_settings(MAIL_SINK_ROOT=folder, ROOT_URLCONF="tests.config.debug_urls"):
        return getattr(local_mail, view)(request, *arguments).content.decode()


@pytest.mark.django_db
def test_received_messages_are_listed_and_shown_as_text(folder: Path) -> None:
    assert "Påminnelse om frist" in show("inbox", folder)
    page = show("message", folder, "00000000000000000001-00001")
    assert "Fristen er 20. mars." in page
    assert "eier@dmp.invalid" in page
    assert "<script>alert" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["00000000000000000009-00001", "..", "x"])
def test_a_message_that_is_not_there_is_not_found(name: str, folder: Path) -> None:
    with pytest.raises(Http404):
        show("message", folder, name)


def test_there_is_no_such_page_without_debug(client: Client) -> None:
    assert not settings.DEBUG
    assert client.get("/lokal-post/").status_code in {302, 404}
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("local_mail")
