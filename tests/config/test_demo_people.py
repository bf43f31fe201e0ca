"""The people of the demonstration get in where demonstration is on, and nowhere else."""

import pytest
from django.test import Client, override_settings

from agencies.models import User
from tests.cast import Cast

PASSWORD = "et-langt-passord-for-prøven"


@pytest.fixture
def demo_user(cast: Cast) -> User:
    user = cast.user("officer")
    user.is_demo = True
    user.set_password(PASSWORD)
    user.save()
    return user


def logged_in(client: Client, user: User) -> bool:
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    return "_auth_user_id" in client.session


def test_a_demo_person_logs_in_where_demonstration_is_on(client: Client, demo_user: User) -> None:
    with override_settings(DEMO_LOGINS=True):
        assert logged_in(client, demo_user)


def test_a_demo_person_does_not_log_in_elsewhere(client: Client, demo_user: User) -> None:
    with override_settings(DEMO_LOGINS=False):
        assert not logged_in(client, demo_user)


def test_a_session_from_the_demonstration_ends_when_it_is_switched_off(client: Client, demo_user: User) -> None:
    client.force_login(demo_user, backend="config.accounts.Backend")
    with override_settings(DEMO_LOGINS=False):
        assert client.get("/konto/email/").status_code == 302
