"""The sidebar, as a registry the apps fill in their ``apps.py``.

``register("Oppdrag", "assignments:list", "tasklist", STEER, order=30)`` puts one line in the
menu. ``right`` is a function of the request that says whether the person sees the line; ``count`` one that
gives
the pill beside it. Both are asked once per page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Right = Callable[[HttpRequest], bool]
Count = Callable[[HttpRequest], int]

HOME, STEER, FOLLOW_UP, ADMINISTER = "", "steer", "follow-up", "administer"
GROUPS: tuple[tuple[str, Text], ...] = (
    (HOME, ""),
    (STEER, _("Styre")),
    (FOLLOW_UP, _("Følge opp")),
    (ADMINISTER, _("Forvalte")),
)


@dataclass(frozen=True)
class Entry:
    """One line of the sidebar.

    ``under`` lists further address prefixes on which the line is marked as current.
    """

    label: Text
    url_name: str
    icon: str
    group: str = HOME
    order: int = 100
    right: Right | None = None
    count: Count | None = None
    under: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Line:
    """An entry as this person sees it on this page."""

    label: Text
    url: str
    icon: str
    count: int | None
    current: bool
    key: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under a heading (the first group has none)."""

    label: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Person:
    """Who is signed in, for the user menu."""

    name: str
    initials: str
    role: Text = ""
    several_roles: bool = False


@dataclass(frozen=True)
class Shell:
    """What the frame of the page needs."""

    groups: tuple[Group, ...] = ()
    person: Person | None = None
    search_url: str = ""
    help_url: str = ""
    role_url: str = ""
    profile_url: str = ""
    logout_url: str = ""
    home_url: str = "/"
    size: str = "sm"
    keys: bool = True


EMPTY_SHELL = Shell()
_ENTRIES: dict[str, Entry] = {}


@dataclass
class _Sources:
    """Where the frame gets what core cannot know; set by ``agencies`` when it starts."""

    person: Callable[[HttpRequest], Person | None] | None = None
    size: Callable[[HttpRequest], str] | None = None
    keys: Callable[[HttpRequest], bool] | None = None
    addresses: dict[str, str] = field(
        default_factory=lambda: {
            "search_url": "search",
            "help_url": "help",
            "role_url": "choose_role",
            "profile_url": "profile",
            "logout_url": "account_logout",
            "home_url": "home",
        }
    )


SOURCES = _Sources()


def register(  # one line of the menu has this many parts
    label: Text,
    url_name: str,
    icon: str,
    group: str = HOME,
    *,
    order: int = 100,
    right: Right | None = None,
    count: Count | None = None,
    under: tuple[str, ...] = (),
    key: str = "",
) -> None:
    """Add a line to the sidebar; registering the same address again replaces it.

    ``key``: letter after ``g``.
    """
    _ENTRIES[url_name] = Entry(label, url_name, icon, group, order, right, count, under, key)


def use_person(source: Callable[[HttpRequest], Person | None]) -> None:
    """Tell the frame how to name the person and the role acted under."""
    SOURCES.person = source


def use_preferences(*, size: Callable[[HttpRequest], str], keys: Callable[[HttpRequest], bool]) -> None:
    """Tell the frame the person's text size ("sm" or "md") and whether single-letter keys are on."""
    SOURCES.size, SOURCES.keys = size, keys


def use_addresses(**names: str) -> None:
    """Change the url names of search, help, role switch, profile, log-out or home (argument names as in
    Shell).
    """
    SOURCES.addresses.update(names)


def shell_of(request: HttpRequest) -> Shell:
    """The frame for this request, worked out once."""
    known: Shell | None = getattr(request, "_shell", None)
    if known is None:
        known = _build(request)
        request._shell = known  # type: ignore[attr-defined]
    return known


def _build(request: HttpRequest) -> Shell:
    addresses = {name: _reverse(url_name) for name, url_name in SOURCES.addresses.items()}
    addresses["home_url"] = addresses["home_url"] or "/"
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return replace(EMPTY_SHELL, **addresses)  # type: ignore[arg-type]
    signed_in = Shell(
        groups=_groups(request),
        person=_person(request),
        size=SOURCES.size(request) if SOURCES.size else "sm",
        keys=SOURCES.keys(request) if SOURCES.keys else True,
    )
    return replace(signed_in, **addresses)  # type: ignore[arg-type]


def _person(request: HttpRequest) -> Person:
    found = SOURCES.person(request) if SOURCES.person else None
    if found:
        return found
    name = request.user.get_full_name() if hasattr(request.user, "get_full_name") else ""
    name = name or request.user.get_username()
    return Person(name=name, initials=initials_of(name))


def initials_of(name: str) -> str:
    """First and last name's first letters, "ML"."""
    words = name.replace("@", " ").split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()


def _groups(request: HttpRequest) -> tuple[Group, ...]:
    entries = sorted(_ENTRIES.values(), key=lambda entry: entry.order)
    seen = [
        (entry, url)
        for entry in entries
        if (url := _reverse(entry.url_name)) and (entry.right is None or entry.right(request))
    ]
    current = _current(request.path, seen)
    groups = []
    for name, label in GROUPS:
        lines = tuple(
            Line(
                label=entry.label,
                url=url,
                icon=entry.icon,
                count=entry.count(request) or None if entry.count else None,
                current=entry.url_name == current,
                key=entry.key,
            )
            for entry, url in seen
            if entry.group == name
        )
        if lines:
            groups.append(Group(label, lines))
    return tuple(groups)


def _current(path: str, seen: list[tuple[Entry, str]]) -> str:
    """The entry whose address is the longest prefix of this page's path; "/" only matches itself."""
    best, length = "", 0
    for entry, url in seen:
        for prefix in (url, *entry.under):
            fits = path == prefix or (prefix != "/" and path.startswith(prefix))
            if fits and len(prefix) > length:
                best, length = entry.url_name, len(prefix)
    return best


def _reverse(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
