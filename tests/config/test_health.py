"""Health and headers, as a proxy and a browser see them."""

import pytest
from django.test import Client, override_settings


def test_the_process_says_that_it_lives_without_a_database_and_without_log_in(client: Client) -> None:
    answer = client.get("/helse/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_it_is_ready_when_database_and_redis_answer(client: Client) -> None:
    answer = client.get("/helse/klar/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": True, "redis": True})


@pytest.mark.django_db
@override_settings(REDIS_URL="unix:///nowhere/redis.sock")
def test_it_is_not_ready_without_redis(client: Client) -> None:
    answer = client.get("/helse/klar/")
    assert (answer.status_code, answer.json()["redis"]) == (503, False)


def test_health_takes_no_posts(client: Client) -> None:
    assert client.post("/helse/").status_code == 405
    assert client.post("/helse/klar/").status_code == 405


@pytest.mark.django_db
def test_every_page_carries_the_policies(client: Client) -> None:
    headers = client.get("/konto/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_nobody_can_register_themselves(client: Client) -> None:
    answer = client.post(
        "/konto/signup/",
        {"email": "ny@annet.invalid", "password1": "et-langt-passord-7", "password2": "et-langt-passord-7"},
    )
    assert "sessionid" not in client.cookies
    from django.contrib.auth import get_user_model

    assert answer.status_code in {200, 302, 403, 404}
    assert not get_user_model().objects.filter(email="ny@annet.invalid").exists()


@pytest.mark.django_db
def test_pages_are_in_bokmaal_whatever_the_browser_prefers(client: Client) -> None:
    answer = client.get("/konto/login/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert answer.headers["Content-Language"] == "nb"
    assert "Logg inn" in answer.content.decode()


@pytest.mark.django_db
def test_a_chosen_language_is_kept_and_an_unknown_one_ignored(client: Client) -> None:
    client.cookies["django_language"] = "nn"
    assert client.get("/konto/login/").headers["Content-Language"] == "nn"
    client.cookies["django_language"] = "xx"
    assert client.get("/konto/login/").headers["Content-Language"] == "nb"
