"""The shape of the rows, for the schema."""

from __future__ import annotations

from rest_framework import serializers

from assignments.models import AssignmentStatus, DeliveryState, ProgressCode
from governance.models import ProductKind


class OrganisationSerializer(serializers.Serializer[dict[str, object]]):
    """A body, by organisation number."""

    number = serializers.CharField(allow_null=True)
    name = serializers.CharField()


class LetterSerializer(serializers.Serializer[dict[str, object]]):
    """The letter that gave the assignment."""

    id = serializers.UUIDField()
    year = serializers.IntegerField()
    date = serializers.DateField(allow_null=True)


class SharedStatusSerializer(serializers.Serializer[dict[str, object]]):
    """The newest status the agency has shared."""

    version = serializers.IntegerField()
    progress = serializers.ChoiceField(choices=ProgressCode.choices)
    text = serializers.CharField()
    expected_on = serializers.DateField(allow_null=True)
    shared_at = serializers.DateTimeField()


class DeliverySerializer(serializers.Serializer[dict[str, object]]):
    """A delivery with the letter's deadline and the current one."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    part = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(choices=ProductKind.choices)
    deadline_as_written = serializers.CharField(allow_null=True)
    deadline_in_letter = serializers.DateField(allow_null=True)
    deadline_current = serializers.DateField(allow_null=True)
    under_clarification = serializers.BooleanField()
    status = serializers.ChoiceField(choices=DeliveryState.choices)
    delivered_on = serializers.DateField(allow_null=True)


class AssignmentSerializer(serializers.Serializer[dict[str, object]]):
    """An assignment. Where ``access`` is "restricted", title, status and deliveries are not given."""

    id = serializers.UUIDField()
    access = serializers.ChoiceField(choices=["full", "restricted"])
    access_basis = serializers.CharField(allow_null=True)
    reference = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    agency = OrganisationSerializer()
    original_agency = OrganisationSerializer()
    issuer = OrganisationSerializer()
    department = serializers.CharField(allow_null=True)
    letter = LetterSerializer()
    standing = serializers.BooleanField()
    status = serializers.ChoiceField(choices=AssignmentStatus.choices, allow_null=True)
    under_clarification = serializers.BooleanField(allow_null=True)
    shared_status = SharedStatusSerializer(allow_null=True)
    deliveries = DeliverySerializer(many=True)
    given_on = serializers.DateField()
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class AssignmentPageSerializer(serializers.Serializer[dict[str, object]]):
    """One page, in the order rows changed."""

    results = AssignmentSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
