"""Members and the newest invitation of everybody else, as one list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Coalesce, NullIf

from accounts.models import BusinessCenter, Invitation, Membership

from .wire import extended_role

_COLUMNS = ("rank", "shown", "address", "person", "held", "finance", "relation")


def member_rows(
    business_center: BusinessCenter, wanted: Mapping[str, Any], at: datetime
) -> QuerySet[Any, dict[str, Any]]:
    """Members by name, then the invited ones; filtered as the wire's `filtering` says."""
    found = [_members(business_center), _invited(business_center, at)]
    if status := wanted.get("relation_status"):
        found = [rows.filter(relation=status) for rows in found]
    if role := wanted.get("user_role"):
        found = [rows.filter(held=role.lower()) for rows in found]
    if keyword := wanted.get("keyword"):
        said = Q(shown__icontains=keyword) | Q(address__icontains=keyword)
        found = [rows.filter(said) for rows in found]
    members, invited = (rows.values(*_COLUMNS) for rows in found)
    return members.union(invited, all=True).order_by("rank", "shown", "address")


def people_named(business_center: BusinessCenter, keyword: str) -> QuerySet[Any]:
    """The members whose name or address contains the keyword, by name."""
    rows: QuerySet[Any] = _members(business_center).select_related("user")
    if keyword:
        rows = rows.filter(Q(shown__icontains=keyword) | Q(address__icontains=keyword))
    return rows.order_by("shown", "address")


def member_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "user_id": None if row["person"] is None else str(row["person"]),
        "user_name": row["shown"],
        "user_email": row["address"],
        "user_role": row["held"].upper(),
        "ext_user_role": extended_role(row["finance"]),
        "relation_status": row["relation"],
    }


def _members(business_center: BusinessCenter) -> QuerySet[Membership]:
    none = Value("")
    named = (NullIf(F("alias"), none), NullIf(F("user__name"), none), F("user__email"))
    return Membership.objects.filter(business_center=business_center).annotate(
        rank=Value(0),
        shown=Coalesce(*named, output_field=CharField()),
        address=F("user__email"),
        person=F("user_id"),
        held=F("role"),
        finance=F("finance_role"),
        relation=Value("BOUND", CharField()),
    )


def _invited(business_center: BusinessCenter, at: datetime) -> QuerySet[Invitation]:
    """Whether an invited person has signed up already is not told: they have no user_id."""
    rows = Invitation.objects.filter(business_center=business_center)
    later = rows.filter(email__iexact=OuterRef("email"), pk__gt=OuterRef("pk"))
    members = Membership.objects.filter(business_center=business_center)
    is_member = members.filter(
        Q(user__email__iexact=OuterRef("email")) | Q(user=OuterRef("accepted_by"))
    )
    State = Invitation.State
    return (
        rows.exclude(Exists(later))
        .exclude(Exists(is_member))
        .annotate(
            rank=Value(1),
            shown=Value(None, CharField()),
            address=F("email"),
            person=Value(None, BigIntegerField()),
            held=F("role"),
            finance=F("finance_role"),
            relation=Case(
                When(state=State.PENDING, expires_at__gt=at, then=Value("PENDING")),
                When(state=State.DECLINED, then=Value("REJECTED")),
                default=Value("UNBOUND"),
                output_field=CharField(),
            ),
        )
    )
