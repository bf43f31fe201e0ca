"""Editions of common directives are attached to a letter by the act that attaches them to a supplement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import RuleBroken
from governance.actions.directives import attach_directives
from governance.models import CommonDirective, DirectiveEdition
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft

LogIn = Callable[[str], Client]


def test_a_letter_gets_its_editions_by_the_same_act_and_is_told_what_it_has(cast: Cast, log_in: LogIn) -> None:
    first, second, other = (
        DirectiveEdition.objects.create(
            code=code, circular=f"D-{number}/99", year=2026, title_nb=f"{code} {number}", text_nb="Tekst",
            valid_from=date(2026, 1, number),
        )
        for number, code in enumerate(("prøve", "prøve", "annet"), start=1)
    )  # fmt: skip
    draft = make_draft(cast, title="Nytt brev", document_date=None)
    url = reverse("governance:draft_editions", args=[draft.uuid])
    officer = log_in("officer")
    page = officer.post(url, {"editions": [str(first.uuid), str(other.uuid)]}, follow=True)
    assert "2 fellesføringer er lagt til." in page.content.decode()
    page = officer.get(url).content.decode()
    assert "annet 3" not in page
    assert "prøve 2" in page
    common = {"document": draft, "actor": cast.actor("officer"), "at": REGISTERED_AT}
    with pytest.raises(RuleBroken) as refused:
        attach_directives(editions=[first, second, other], **common)
    assert [problem.message for problem in refused.value.problems] == [
        "«prøve 1» er allerede med.", "«annet 3» er allerede med.",
    ]  # fmt: skip
    with pytest.raises(RuleBroken, match="Velg minst én"):
        attach_directives(editions=[], **common)
    attach_directives(editions=[second], **common)
    held = CommonDirective.objects.filter(document=draft).select_related("edition")
    assert sorted(str(row.edition.circular) for row in held if row.edition) == ["D-2/99", "D-3/99"]
