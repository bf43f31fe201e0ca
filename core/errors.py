"""The few errors a person can meet, mapped once to pages and once to problem+json.

Every error carries a stable ``code`` (for machines) and a sentence in bokmål (for people) that says
what is wrong, where, and what to do next. Several problems travel together in ``problems``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``field`` names the form or JSON field, ``pointer`` a row or passage."""

    code: str
    message: Text
    field: str = ""
    pointer: str = ""


class DomainError(Exception):
    """Base of all errors with a sentence for a person. ``status`` is the HTTP status it becomes."""

    status = 400
    code = "domain_error"
    title: Text = _("Dette gikk ikke")

    def __init__(self, message: Text = "", *, code: str = "", problems: Sequence[Problem] = ()) -> None:
        self.code = code or self.code
        self.problems = list(problems)
        self.message: Text = message or (self.problems[0].message if self.problems else self.title)
        super().__init__(str(self.code))

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The person sees the thing but may not do this to it. The sentence says who can."""

    status = 403
    code = "not_allowed"
    title = _("Du kan ikke gjøre dette")


class NotFound(DomainError):
    """The thing does not exist for this person (unseen is 404, never 403)."""

    status = 404
    code = "not_found"
    title = _("Fant ikke det du leter etter")


class NotInThisState(DomainError):
    """The step is not possible from the status the thing has now."""

    status = 409
    code = "not_in_this_state"
    title = _("Dette kan ikke gjøres nå")


class ContentRemoved(DomainError):
    """The content was here and has been taken out by two persons; the sentence says when and on what basis (A16)."""

    status = 410
    code = "content_removed"
    title = _("Innholdet er fjernet")


class StaleVersion(DomainError):
    """Somebody saved in between; nothing typed is lost."""

    status = 412
    code = "stale_version"
    title = _("Noen andre lagret mens du skrev")


class VersionRequired(DomainError):
    """A change over the API without ``If-Match``."""

    status = 428
    code = "version_required"
    title = _("Si hvilken versjon du endrer")


class RuleBroken(DomainError):
    """One or more rules say no. All of them are listed in ``problems``."""

    status = 422
    code = "rule_broken"
    title = _("Noe må rettes først")


class Unreadable(RuleBroken):
    """A file that cannot be read, with the reason (I-01 to I-19, bad input of the importer)."""

    code = "unreadable_file"
    title = _("Filen kan ikke leses")


class TooLarge(Unreadable):
    """A file over the size limit."""

    status = 413
    code = "file_too_large"
    title = _("Filen er for stor")
