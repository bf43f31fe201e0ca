"""What every answer carries: its language, and a header that Django does not set by itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
POLICY = ", ".join(f"{feature}=()" for feature in UNUSED)


class PermissionsPolicyMiddleware:
    """Tell the browser that no page of ours uses camera, microphone, position and the like."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to every answer."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response


class PrivatePagesMiddleware:
    """Nothing that was shown to a signed-in person stays in a browser or a proxy, unless the view says otherwise.

    The API may keep what it then asks about again (its strong ETags).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the view has set none."""
        response = self.get_response(request)
        keep = "private, no-cache" if request.path.startswith("/api/") else "private, no-store"
        response.headers.setdefault("Cache-Control", keep)
        return response


class ChosenLanguageMiddleware:
    """Bokmål, unless the person has chosen another language.

    The browser's own list is not asked: in a Norwegian agency an English browser says nothing about its user, and a
    page half in each language is worse than either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Use the language of the cookie if it is one of ours."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
