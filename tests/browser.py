"""A real Chromium against the running site: signed-in pages, what the browser complained about, axe.

Pages made through `Site` fail the test at its end when the console shows an error or the content policy stopped
something, so that every journey is also a test of the policy.
"""

import os
import shutil
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.cast import Cast

PHONE = {"width": 375, "height": 812}
WIDE = {"width": 1440, "height": 900}
SERIOUS = {"serious", "critical"}
BACKEND = "django.contrib.auth.backends.ModelBackend"
#: Said about an answer that the test asked for on purpose (403, 404, 409, 422).
EXPECTED_REFUSAL = "Failed to load resource: the server responded with a status of 4"


def chromium() -> str:
    """The installed Chromium; `CHROMIUM` names another."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise AssertionError("Chromium was not found. Run scripts/setup, or name it: CHROMIUM=/path/to/chromium")
    return found


@dataclass
class Site:
    """The site as people meet it."""

    address: str
    browser: Browser
    cast: Cast
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(
        self, part: str | None = None, *, phone: bool = False, scripts: bool = True, size: dict[str, int] | None = None
    ) -> Page:
        """A new window; signed in as one of the cast when ``part`` is given."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=size or (PHONE if phone else WIDE),  # type: ignore[arg-type]
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        if part is not None:
            context.add_cookies([self._session(part)])  # type: ignore[list-item]
        page = context.new_page()
        page.on("console", lambda message: self._listen(part, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{part}: {error}"))
        return page

    def close(self) -> None:
        """Close all windows and fail if the browser complained in any."""
        for context in self.contexts:
            context.close()
        assert self.complaints == [], self.complaints

    def _session(self, part: str) -> dict[str, Any]:
        user = self.cast.user(part)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.address}

    def _listen(self, part: str | None, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_REFUSAL):
            self.complaints.append(f"{part}: {message.text} ({message.location.get('url', '')})")


def axe_findings(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands, in short lines."""
    page.evaluate((settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    report = page.evaluate("() => axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{page.url}: {found['id']} {found['impact']}: {node['target']} {node['html'][:120]}"
        for found in report["violations"]
        if found["impact"] in SERIOUS
        for node in found["nodes"]
    ]


def sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than its window; 0 when it fits."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
