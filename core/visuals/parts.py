"""The small read-only things pages are put together from.

Views and selectors fill them; components show them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.visuals.badges import Badge, Text


@dataclass(frozen=True)
class Link:
    """A link with its words. ``current`` marks the chosen tab, view or year; ``count`` follows the words."""

    label: Text
    url: str
    count: int | None = None
    current: bool = False
    icon: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Action:
    """A button that is a link, or (``post``) a form of its own. At most one ``primary`` per page.

    ``locked`` is a sentence saying why it cannot be done now; the button is then grey, reachable and
    explained.
    ``fields`` are hidden inputs of the POST form (the version of the thing, for instance).
    """

    label: Text
    url: str = ""
    icon: str = ""
    primary: bool = False
    post: bool = False
    locked: Text = ""
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""


@dataclass(frozen=True)
class PageHead:
    """Head of a page: crumbs, a line over the heading, the heading, lead, badges, view switch, actions."""

    title: Text
    lead: Text = ""
    overline: Text = ""
    crumbs: Sequence[Link] = ()
    actions: Sequence[Action] = ()
    views: Sequence[Link] = ()
    views_label: Text = ""
    lang: str = ""


@dataclass(frozen=True)
class Tally:
    """One count of the tally: an anchor to exactly the rows it counts.

    ``late`` makes it red with a triangle.
    """

    count: int
    label: Text
    url: str
    late: bool = False


@dataclass(frozen=True)
class Tag:
    """A property, never a state: "Videreført fra 2025".

    ``tone``: neutral, quiet (grey, dashed-free), changed (green).
    """

    label: Text
    icon: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Finding:
    """Severity (stop, warning, info), one sentence, where it is, the next step, and the rule it comes from."""

    severity: str
    text: Text
    where: Text = ""
    action: Action | None = None
    url: str = ""
    rule: Link | None = None


@dataclass(frozen=True)
class Locked:
    """A locked action explains itself: why, who can, and a way on."""

    title: Text
    why: Text
    who: Text = ""
    way_on: Action | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table.

    ``sort_url`` makes the head a link; ``sorted_by`` is "ascending", "descending" or empty.
    """

    label: Text
    kind: str = ""
    sort_url: str = ""
    sorted_by: str = ""
    hidden_label: bool = False


@dataclass(frozen=True)
class Event:
    """One line of the event list: day, icon, what happened, details, person and document.

    ``internal`` has a dashed box.
    """

    day: str
    icon: str
    title: Text
    details: Text = ""
    link: Link | None = None
    internal: bool = False


@dataclass(frozen=True)
class TwoDeadlines:
    """The letter's deadline beside the current one (decision A7)."""

    letter: str
    letter_note: str
    current_label: Text
    current: str
    current_note: str = ""
    current_link: Link | None = None


@dataclass(frozen=True)
class Empty:
    """What is empty, why that is good or what comes next, and one link or button."""

    title: Text
    text: Text
    link: Link | None = None
    action: Action | None = None


@dataclass(frozen=True)
class Step:
    """One step of a way through several pages. ``state``: done, current or coming."""

    number: int
    label: Text
    state: str = "coming"
    url: str = ""


@dataclass(frozen=True)
class Note:
    """A box both sides see (``shared``) or only one side sees; the head says which in words."""

    title: Text
    audience: Text
    text: str = ""
    byline: Text = ""
    shared: bool = True
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class WhoCanSee:
    """Hvem kan se dette: pairs of group and people."""

    rows: Sequence[tuple[Text, Text]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Pages:
    """Pagination: the pages around the current one, with links that keep the filter. ``None`` is a gap."""

    number: int
    count: int
    items: Sequence[Link | None] = ()
    previous: str = ""
    next: str = ""


__all__ = [
    "Action",
    "Badge",
    "Column",
    "Empty",
    "Event",
    "Finding",
    "Link",
    "Locked",
    "Note",
    "PageHead",
    "Pages",
    "Step",
    "Tag",
    "Tally",
    "Text",
    "TwoDeadlines",
    "WhoCanSee",
]
