"""The Users page: members and open invitations as one list, searched, filtered and in pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Lower

from accounts.models import BusinessCenter, Invitation, Membership
from accounts.permissions import Preset
from accounts.queries.sign_ins import two_step_states
from adaccounts.models import AdAccountUserObjectPermission, InvitedAccount
from adaccounts.permissions import Permission

from .people import Reach, is_called, reach_of_invitations, reach_of_members, role_in_words


class State(StrEnum):
    ACTIVE = "active"
    ENDING = "ending"
    PENDING = "pending"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return "Access ends" if self == State.ENDING else self.value.capitalize()


@dataclass(frozen=True)
class Row:
    """One line of the list: a member, or somebody who is invited."""

    membership: Membership | None
    invitation: Invitation | None
    role: str
    reach: Reach
    state: State
    has_two_step: bool = False

    @property
    def is_admin(self) -> bool:
        return self._subject.role == Membership.Role.ADMIN

    @property
    def name(self) -> str:
        return self.membership.shown_name if self.membership else self.email

    @property
    def email(self) -> str:
        return self.membership.user.email if self.membership else self._subject.email  # type: ignore[union-attr]

    @property
    def access_ends_at(self) -> datetime | None:
        return self._subject.access_ends_at

    @property
    def _subject(self) -> Membership | Invitation:
        found = self.membership or self.invitation
        assert found is not None
        return found


def roster(
    business_center: BusinessCenter,
    *,
    at: datetime,
    search: str = "",
    role: Preset | None = None,
    state: State | None = None,
) -> QuerySet[Any, Any]:
    """(membership id, invitation id) of everybody who fits, by name; `rows_of` loads a page."""
    members = Membership.objects.filter(business_center=business_center).filter(
        is_called(search), _role(role, _member_grants(business_center)), _member_state(state)
    )
    invited = Invitation.objects.filter(
        business_center=business_center, state=Invitation.State.PENDING
    ).filter(Q(email__icontains=search), _role(role, _invited_levels), _invitation_state(state, at))
    none = Value(None, output_field=BigIntegerField())
    # The clearest name first: what the Business Center calls them, their own, the address.
    shown = Case(
        When(~Q(alias=""), then=Lower("alias")),
        When(~Q(user__name=""), then=Lower("user__name")),
        default=Lower("user__email"),
        output_field=CharField(),
    )
    columns = ("member", "invited", "shown")
    address = Lower("email", output_field=CharField())
    listed = members.annotate(member=F("pk"), invited=none, shown=shown).values_list(*columns)
    pending = invited.annotate(member=none, invited=F("pk"), shown=address).values_list(*columns)
    return listed.union(pending, all=True).order_by("shown", "member", "invited")


def rows_of(
    business_center: BusinessCenter,
    keys: Iterable[tuple[int | None, int | None, str]],
    *,
    at: datetime,
) -> list[Row]:
    """The lines of one page of `roster`, in a fixed number of queries."""
    wanted = list(keys)
    members = Membership.objects.select_related("user").in_bulk([m for m, _, _ in wanted if m])
    invitations = Invitation.objects.select_related("invited_by").in_bulk(
        [i for _, i, _ in wanted if i]
    )
    people = [row.user for row in members.values()]
    # An Admin has all of them, which may be ten thousand: that is said, not counted.
    counted = [row.user for row in members.values() if row.role != Membership.Role.ADMIN]
    reach = reach_of_members(business_center, counted)
    invited_reach = reach_of_invitations(list(invitations))
    two_step = two_step_states(people)
    found = []
    for member_id, invitation_id, _ in wanted:
        if (member := members.get(member_id or 0)) is not None:
            here = reach.get(member.user_id, Reach())
            state = State.ENDING if member.access_ends_at else State.ACTIVE
            found.append(
                Row(member, None, _words(member, here), here, state, member.user_id in two_step)
            )
        elif (invitation := invitations.get(invitation_id or 0)) is not None:
            here = invited_reach.get(invitation.pk, Reach())
            state = State.EXPIRED if invitation.has_expired(at) else State.PENDING
            found.append(Row(None, invitation, _words(invitation, here), here, state))
    return found


def _words(subject: Membership | Invitation, reach: Reach) -> str:
    return role_in_words(subject, [reach.highest] if reach.highest else [])


def _member_grants(business_center: BusinessCenter) -> Callable[[Permission], Exists]:
    def holding(permission: Permission) -> Exists:
        return Exists(
            AdAccountUserObjectPermission.objects.filter(
                user=OuterRef("user_id"),
                through=business_center,
                permission__codename=permission.value,
            )
        )

    return holding


def _invited_levels(permission: Permission) -> Exists:
    rows = InvitedAccount.objects.filter(invitation=OuterRef("pk"))
    if permission == Permission.MANAGE_CAMPAIGNS:
        rows = rows.exclude(level="analyst")
    return Exists(rows)


def _role(role: Preset | None, holding: Callable[[Permission], Exists]) -> Q:
    if role is None:
        return Q()
    is_admin = Q(role=Membership.Role.ADMIN)
    if role == Preset.ADMIN:
        return is_admin
    if role == Preset.FINANCE:
        return ~is_admin & ~Q(finance_role=Membership.FinanceRole.NONE)
    campaigns = Q(holding(Permission.MANAGE_CAMPAIGNS))
    if role == Preset.OPERATOR:
        return ~is_admin & campaigns
    return ~is_admin & ~campaigns & Q(holding(Permission.VIEW_REPORTS))


def _member_state(state: State | None) -> Q:
    if state is None:
        return Q()
    if state in {State.PENDING, State.EXPIRED}:
        return Q(pk__in=[])
    return Q(access_ends_at__isnull=state == State.ACTIVE)


def _invitation_state(state: State | None, at: datetime) -> Q:
    if state is None:
        return Q()
    if state in {State.ACTIVE, State.ENDING}:
        return Q(pk__in=[])
    return Q(expires_at__lte=at) if state == State.EXPIRED else Q(expires_at__gt=at)
