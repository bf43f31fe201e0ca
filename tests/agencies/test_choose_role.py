"""As whom do I act?"""

from collections.abc import Callable
from datetime import date

from django.test import Client

from agencies.models import Appointment, StandIn
from tests.cast import Cast


def test_a_person_chooses_among_own_roles_and_those_they_stand_in_for(
    log_in: Callable[[str], Client], cast: Cast
) -> None:
    signer = Appointment.objects.get(user=cast.user("signer"))
    StandIn.objects.create(
        represented=signer,
        user=cast.user("officer"),
        valid_from=date(2020, 1, 1),
        valid_to=date(2099, 1, 1),
        basis="Ferie",
    )
    browser = log_in("officer")
    page = browser.get("/velg-rolle/").content.decode()
    assert "Stedfortreder for Ragnhild Moen" in page
    assert page.count('type="radio"') == 2
    answer = browser.post("/velg-rolle/", {"rolle": str(signer.uuid), "neste": "/komponenter/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/komponenter/"


def test_an_ended_role_says_so_and_cannot_be_chosen(log_in: Callable[[str], Client], cast: Cast) -> None:
    own = Appointment.objects.for_choice().get(user=cast.user("officer"))
    ended = Appointment.objects.create(
        user=own.user,
        role=own.role,
        organisation=own.organisation,
        group=own.group,
        valid_from=date(2019, 1, 1),
        valid_to=date(2019, 12, 31),
    )
    browser = log_in("officer")
    page = browser.get("/velg-rolle/").content.decode()
    assert "Rollen gjaldt til 31. desember 2019." in page
    assert str(ended.uuid) not in page
    assert browser.post("/velg-rolle/", {"rolle": str(ended.uuid)}).status_code == 404


def test_another_persons_role_cannot_be_chosen(log_in: Callable[[str], Client], cast: Cast) -> None:
    foreign = Appointment.objects.get(user=cast.user("controller"))
    assert log_in("officer").post("/velg-rolle/", {"rolle": str(foreign.uuid)}).status_code == 404
