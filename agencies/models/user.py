"""A person or a machine that signs in. What they may do stands in their appointments."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from core.ids import new_uuid


class Density(models.TextChoices):
    """How closely the pages are set."""

    TIGHT = "sm", "Tett"
    ROOMY = "md", "Romslig"


class User(AbstractUser):
    """Someone who signs in, by e-mail. ``is_system`` marks a REST client, which never sees pages."""

    uuid = models.UUIDField("fast id", default=new_uuid, unique=True, editable=False)
    full_name = models.CharField("navn", max_length=200, blank=True)
    is_system = models.BooleanField("systemklient", default=False)
    is_demo = models.BooleanField("demobruker", default=False)
    density = models.CharField("tetthet", max_length=2, choices=Density, default=Density.TIGHT)
    keyboard_shortcuts = models.BooleanField("hurtigtaster", default=True)

    class Meta:
        verbose_name = "bruker"
        verbose_name_plural = "brukere"

    def __str__(self) -> str:
        return self.full_name or self.get_username()

    @property
    def initials(self) -> str:
        """Two letters for the round mark in the top bar."""
        words = str(self).replace("@", " ").split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()
