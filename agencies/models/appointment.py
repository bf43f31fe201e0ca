"""Dated appointments: the truth about who may what (decision B1)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q

from agencies.models.organisation import DatedModel, Department, Organisation, valid_dates
from agencies.querysets import AppointmentQuerySet
from core.models import BaseModel
from core.permissions import GroupObjectPermissionBase, UserObjectPermissionBase


class Role(BaseModel):
    """The words for a role of the rights table, as data."""

    code = models.SlugField("kode", unique=True)
    name_nb = models.CharField("bokmål", max_length=100)
    name_nn = models.CharField("nynorsk", max_length=100)
    description = models.TextField("hva rollen gjør", blank=True)
    ordinal = models.PositiveSmallIntegerField("rekkefølge", default=0)

    class Meta:
        verbose_name = "rolle"
        verbose_name_plural = "roller"
        ordering = ("ordinal",)

    def __str__(self) -> str:
        return self.name_nb


class Appointment(DatedModel):
    """A person has a role in an organisation for a time.

    ``organisation`` is where the person sits, ``department`` the part of it, ``target`` the steered agency
    the role is about (empty = all it steers). ``group`` carries guardian's rows for exactly this scope.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    target = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments_about"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="appointments")
    title = models.CharField("tittel", max_length=100, blank=True)
    basis = models.TextField("grunnlag", blank=True)
    created_at = models.DateTimeField("registrert", auto_now_add=True)
    ended_reason = models.TextField("hvorfor avsluttet", blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "rolletildeling"
        verbose_name_plural = "rolletildelinger"
        ordering = ("id",)
        constraints = [valid_dates()]
        indexes = [models.Index(fields=("user", "valid_from", "valid_to"), name="appointment_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role_id} {self.organisation_id}"


class StandIn(DatedModel):
    """A person acts for another for a time; both count as one person in the two-person rule."""

    represented = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="stand_ins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in_for")
    scope = models.TextField("gjelder", blank=True)
    basis = models.TextField("grunnlag")

    class Meta:
        verbose_name = "stedfortreder"
        verbose_name_plural = "stedfortredere"
        constraints = [valid_dates()]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.represented_id}"


class OrganisationGroupPermission(GroupObjectPermissionBase):
    """Guardian's row: a role group has a right on an organisation."""

    content_object = models.ForeignKey(Organisation, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "rettighet på organisasjon"
        verbose_name_plural = "rettigheter på organisasjoner"


class OrganisationUserPermission(UserObjectPermissionBase):
    """Guardian needs the pair; rights are only ever given through appointments."""

    content_object = models.ForeignKey(Organisation, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "personlig rettighet på organisasjon"
        verbose_name_plural = "personlige rettigheter på organisasjoner"
        constraints = [models.CheckConstraint(condition=Q(pk__lt=0), name="no_personal_organisation_right")]


class DepartmentGroupPermission(GroupObjectPermissionBase):
    """Guardian's row: a role group has a right on a department."""

    content_object = models.ForeignKey(Department, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "rettighet på avdeling"
        verbose_name_plural = "rettigheter på avdelinger"


class DepartmentUserPermission(UserObjectPermissionBase):
    """Guardian needs the pair; rights are only ever given through appointments."""

    content_object = models.ForeignKey(Department, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "personlig rettighet på avdeling"
        verbose_name_plural = "personlige rettigheter på avdelinger"
        constraints = [models.CheckConstraint(condition=Q(pk__lt=0), name="no_personal_department_right")]


class ApiToken(BaseModel):
    """A REST client's own token, scoped to its appointments. Only the hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField("navn", max_length=100)
    digest = models.CharField("kontrollsum", max_length=64, unique=True)
    prefix = models.CharField("begynner med", max_length=12)
    scopes = models.JSONField("omfang", default=list)
    expires_at = models.DateTimeField("utløper")
    revoked_at = models.DateTimeField("trukket tilbake", null=True, blank=True)
    last_used_on = models.DateField("sist brukt", null=True, blank=True)
    created_at = models.DateTimeField("laget", auto_now_add=True)

    class Meta:
        verbose_name = "tilgangsnøkkel"
        verbose_name_plural = "tilgangsnøkler"

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
