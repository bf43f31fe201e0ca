"""The sidebar's registry and the frame."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory

from core import navigation as nav
from tests.cast import Cast


@pytest.fixture
def registry() -> Iterator[dict[str, Any]]:
    """The registry, restored afterwards."""
    kept = dict(nav._ENTRIES)
    nav._ENTRIES.clear()
    yield nav._ENTRIES
    nav._ENTRIES.clear()
    nav._ENTRIES.update(kept)


def request_of(cast: Cast, path: str = "/komponenter/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = cast.user("officer")
    return request


def test_lines_stand_in_order_under_their_group_and_the_page_is_marked(cast: Cast, registry: dict[str, Any]) -> None:
    nav.register("Komponenter", "components", "house", nav.STEER, order=20, count=lambda _request: 3)
    nav.register("Profil", "profile", "cog", nav.STEER, order=10)
    (group,) = nav.shell_of(request_of(cast)).groups
    assert [str(line.label) for line in group.lines] == ["Profil", "Komponenter"]
    assert [line.current for line in group.lines] == [False, True]
    assert group.lines[1].count == 3


def test_a_line_without_the_right_or_without_an_address_is_left_out(cast: Cast, registry: dict[str, Any]) -> None:
    nav.register("Komponenter", "components", "house", right=lambda _request: False)
    nav.register("Finnes ikke", "no_such_address", "house")
    assert nav.shell_of(request_of(cast)).groups == ()


def test_nobody_signed_in_has_no_menu() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    shell = nav.shell_of(request)
    assert shell.groups == ()
    assert shell.person is None


def test_the_frame_names_the_person_and_the_role(log_in: Callable[[str], Client]) -> None:
    page = log_in("officer").get("/komponenter/").content.decode()
    assert "Marte Lindqvist" in page
    assert "Etatsstyrer, HOD" in page


@pytest.mark.parametrize(("name", "letters"), [("Marte Lindqvist", "ML"), ("Ola", "O"), ("a.b@c.no", "AC"), ("", "")])
def test_initials(name: str, letters: str) -> None:
    assert nav.initials_of(name) == letters
