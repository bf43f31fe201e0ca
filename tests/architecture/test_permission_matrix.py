"""The matrix is complete and true: every address × everyone, status and markers (decision B4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import MARKER_AGENCY, MARKER_EXEMPT, MARKER_MINISTRY, PEOPLE, Cast
from tests.permission_matrix import EXEMPT, EXEMPT_PREFIXES, READERS, ROWS, Row
from tests.world import World, build_world

MINISTRY_SIDE = {part for part, person in PEOPLE.items() if person[2] == "HOD"}
AGENCY_SIDE = {part for part, person in PEOPLE.items() if person[2] == "DMP"}


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every named address, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, space)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}"


def exempt(name: str) -> bool:
    return name in EXEMPT or any(name.startswith(prefix) for prefix in EXEMPT_PREFIXES)


def test_every_address_has_a_row_or_a_reason() -> None:
    rows = {row.name for row in ROWS}
    missing = sorted({name for name in names() if name not in rows and not exempt(name)})
    assert not missing, f"addresses without a row in tests/permission_matrix.py: {missing}"


def test_every_row_and_every_exemption_has_an_address() -> None:
    known = set(names())
    assert not sorted({row.name for row in ROWS} - known)
    assert not sorted(set(EXEMPT) - known)
    assert all(reason for reason in [*EXEMPT.values(), *EXEMPT_PREFIXES.values()])


def test_every_page_of_ours_declares_its_permission() -> None:
    def walk(resolver: URLResolver) -> Iterator[URLPattern]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry)
            else:
                yield entry

    ours = ("core", "agencies", "governance", "assignments", "reporting")
    bare = []
    for pattern in walk(get_resolver()):
        view = pattern.callback
        module = getattr(view, "__module__", "")
        declared = hasattr(view, "declared_permission") or hasattr(view, "cls") or hasattr(view, "view_class")
        if module.split(".")[0] in ours and not declared and not exempt(pattern.name or ""):
            bare.append(f"{module}.{getattr(view, '__name__', view)}")
    assert not bare, f"views without @page: {bare}"


def address(row: Row, world: World) -> str:
    args: list[object] = [row.word] if row.word else []
    args += [world.uuid(name) for name in (row.thing, row.second) if name]
    args += [row.number] if row.number is not None else []
    return reverse(row.name, args=args)


def expected(row: Row, part: str) -> tuple[int, ...]:
    if part in row.ok:
        return row.let_in
    return (404,) if part in row.unseen else (row.others,)


@pytest.mark.parametrize("part", sorted(set(PEOPLE) - {"system_client"}))
def test_everyone_gets_what_the_matrix_says_and_no_marker_crosses_the_line(cast: Cast, part: str) -> None:
    world = build_world(cast)
    client = Client()
    client.force_login(cast.user(part), backend="django.contrib.auth.backends.ModelBackend")
    wrong = []
    for row in ROWS:
        answer = getattr(client, row.method)(address(row, world))
        if answer.status_code not in expected(row, part):
            wrong.append(f"{row.name}: {answer.status_code}, expected {expected(row, part)}")
        body = answer.content.decode(errors="ignore") if not answer.streaming else ""
        text = body + str(dict(answer.headers))
        if part not in MINISTRY_SIDE and MARKER_MINISTRY in text:
            wrong.append(f"{row.name}: the ministry's text is shown")
        if part not in AGENCY_SIDE and MARKER_AGENCY in text:
            wrong.append(f"{row.name}: the agency's text is shown")
        if MARKER_EXEMPT in text and part not in READERS:
            wrong.append(f"{row.name}: exempt text is shown to one who is no named reader")
    assert not wrong, "\n".join(wrong)


def test_anonymous_is_sent_to_log_in_everywhere(cast: Cast) -> None:
    world = build_world(cast)
    for row in ROWS:
        answer = getattr(Client(), row.method)(address(row, world))
        assert answer.status_code == 302, row.name
        assert answer["Location"].startswith("/konto/"), row.name


def test_a_system_client_cannot_use_pages(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.user("system_client"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("governance:journal")).status_code == 403
