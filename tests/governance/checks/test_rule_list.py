"""All rules on one page: severity, sentence, where it runs and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from governance.checks import REGISTRY
from governance.checks.sources import ORIGINS
from reporting.checks import CHECKS
from tests.cast import Cast

LogIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def ids(client: Client, query: str = "") -> list[str]:
    page = client.get(reverse("governance:rules") + query).content.decode()
    return re.findall(r'<tr role="row" id="([^"]+)"', page)


def test_every_rule_says_what_it_is_about_and_rests_on() -> None:
    assert set(ORIGINS) == set(REGISTRY)


def test_every_rule_of_every_app_stands_once_with_a_place_of_its_own(cast: Cast, log_in: LogIn) -> None:
    shown = ids(log_in("controller"))
    assert len(shown) == len(set(shown)) == len(REGISTRY) + len(CHECKS) + 1
    assert {"V-03", "V-22", "V-22-rapport", "V-25", "PENGER-4"} <= set(shown)


def test_the_list_is_filtered_by_severity_document_and_place(cast: Cast, log_in: LogIn) -> None:
    client = log_in("officer")
    stops = ids(client, "?severity=F")
    assert "V-12" in stops
    assert "V-03" not in stops
    assert set(ids(client, "?kind=instruction")) >= {"R-01", "V-33"}
    assert "V-24" not in ids(client, "?kind=instruction")
    assert ids(client, "?stage=given") == ["V-25"]
    assert client.get(reverse("governance:rules") + "?severity=X").status_code == 422
    page = client.get(reverse("governance:rules") + "?kind=report&severity=I").content.decode()
    assert "Ingen regler passer" in page
