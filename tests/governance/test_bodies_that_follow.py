"""The text in force of a body that followed another, or ended, leads to the other's text (A11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from agencies.models import Succession
from tests.cast import Cast
from tests.factories.documents import make_registered_letter

LogIn = Callable[[str], Client]


def test_the_text_in_force_leads_to_the_body_before_and_after(cast: Cast, log_in: LogIn) -> None:
    make_registered_letter(cast)
    make_registered_letter(cast, recipient=cast.org("Hdir"), title="Tildelingsbrev til den andre")
    Succession.objects.create(
        predecessor=cast.org("DMP"), successor=cast.org("Hdir"), date=date(2026, 6, 1), kind="merged"
    )

    def page(part: str, body: str, day: str) -> str:
        url = reverse("governance:in_force", args=[cast.org(body).uuid])
        return log_in(part).get(url, {"dato": day}).content.decode()

    before = f"{reverse('governance:in_force', args=[cast.org('DMP').uuid])}?dato=2026-05-31"
    after = f"{reverse('governance:in_force', args=[cast.org('Hdir').uuid])}?dato=2026-06-01"
    assert before in page("officer", "Hdir", "2026-06-01")
    assert before not in page("officer", "Hdir", "2026-05-31"), "not yet"
    assert after in page("officer", "DMP", "2026-07-01")
    own = page("controller", "DMP", "2026-07-01")
    assert "følger fra 1. juni 2026" in own
    assert after not in own, "the agency does not read the other's letters"
