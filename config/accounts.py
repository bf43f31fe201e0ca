"""Who gets in: people an administrator has registered, and nobody else."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Log-in with e-mail and password. There is no sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers themselves: a user follows from an appointment."""
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: object) -> HttpResponse | None:
        """Refuse the people of the demonstration wherever demonstration is not switched on."""
        if not settings.DEMO_LOGINS and is_demo_user(user):
            raise PermissionDenied(_("Demobrukere kan ikke logge inn her."))
        return super().pre_login(request, user, **kwargs)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in through the organisation's own service, only for accounts tied to a registered person."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """An unknown person from a known organisation is still unknown."""
        return False


def is_demo_user(user: AbstractBaseUser) -> bool:
    """Whether the account belongs to the demonstration data."""
    return bool(getattr(user, "is_demo", False))


class Backend(AuthenticationBackend):
    """Log-in by e-mail. A demo user neither logs in nor stays logged in where demonstration is off."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """Asked at log-in and for every request of a session."""
        return bool(super().user_can_authenticate(user)) and (settings.DEMO_LOGINS or not is_demo_user(user))
