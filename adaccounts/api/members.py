"""/bc/member/*: who belongs to a Business Center, who is invited, and as what."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rest_framework import serializers

from accounts.models import Invitation, Membership
from accounts.permissions import BusinessPermission, Standing, standing_of
from accounts.services import AlreadyInvited, AlreadyMember, set_alias
from accounts.services.members import lock_members
from adaccounts.permissions import Access
from adaccounts.queries.held import access_of
from adaccounts.services import change_person, invite_people, remove_person, revoke_invitation
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Email, Id, Ids, Parameters, Text
from bizcenter.lib.open_api.paging import page_of

from .endpoint import (
    BusinessCommand,
    BusinessListParameters,
    BusinessParameters,
    BusinessQuery,
    who_and_how,
)
from .managing import reachable_accounts
from .member_rows import member_row, member_rows
from .wire import FINANCE_ROLES, LEVELS, ROLES, ExtendedRole, only_advertisers


class MemberFilter(Parameters):
    keyword = Text(required=False)
    relation_status = Choice(("BOUND", "PENDING", "REJECTED", "UNBOUND"), required=False)
    user_role = Choice(ROLES, required=False)


class MemberGetParameters(BusinessListParameters):
    filtering = MemberFilter(default=dict)


class MemberGet(BusinessQuery):
    permission, parameters = BusinessPermission.MANAGE_MEMBERS, MemberGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        found = member_rows(self.business_center, params["filtering"], self.at)
        rows, page_info = page_of(found, params)
        return {"list": [member_row(row) for row in rows], "page_info": page_info}


class MemberCommand(BusinessCommand):
    permission = BusinessPermission.MANAGE_MEMBERS


class MemberInviteParameters(BusinessParameters):
    emails = serializers.ListField(child=Email(), min_length=1, max_length=50)
    user_role = Choice(ROLES, default="STANDARD")
    ext_user_role = ExtendedRole(default=dict)
    asset_type = only_advertisers(default="ADVERTISER")
    asset_ids = Ids(default=list, max_length=50)
    advertiser_role = Choice(LEVELS, default="ANALYST")


class MemberInvite(MemberCommand):
    """Members and people who are invited already are left as they are."""

    parameters = MemberInviteParameters
    wire_names = {"email": "emails", "accounts": "asset_ids"}

    def answer(self, params: dict[str, Any]) -> None:
        standing = changed_standing(Standing(), params)
        accounts = reachable_accounts(self, params["asset_ids"])
        levels = dict.fromkeys(accounts, LEVELS[params["advertiser_role"]])
        outcomes = invite_people(
            business_center=self.business_center,
            emails=params["emails"],
            access=Access(standing=standing, levels=levels),
            **who_and_how(self),
        )
        for outcome in outcomes:
            if outcome.refusal and not isinstance(outcome.refusal, AlreadyMember | AlreadyInvited):
                raise outcome.refusal


class MemberUpdateParameters(BusinessParameters):
    user_id = Id()
    user_role = Choice(ROLES, required=False)
    user_name = Text(required=False, max_length=250)
    ext_user_role = ExtendedRole(default=dict)


class MemberUpdate(MemberCommand):
    """Who is Admin no more loses what came with it; ad accounts are given with bc/asset/assign."""

    parameters = MemberUpdateParameters
    wire_names = {"alias": "user_name", "preset": "user_role", "role": "user_role"}

    def answer(self, params: dict[str, Any]) -> None:
        # What is not sent stays as it is now, not as it was while somebody else changed it.
        lock_members(self.business_center)
        member = self.member(params["user_id"])
        if not params["ext_user_role"] and not {"user_role", "user_name"} & params.keys():
            raise ApiError(Code.NOTHING_TO_UPDATE, "There is nothing to update.")
        if "user_name" in params:
            set_alias(membership=member, alias=params["user_name"], **who_and_how(self))
        standing = changed_standing(standing_of(member), params)
        if standing != standing_of(member):
            was_admin = member.role == Membership.Role.ADMIN != standing.role
            held = Access() if was_admin else access_of(member)
            access = replace(held, standing=standing)
            change_person(membership=member, access=access, **who_and_how(self))


class MemberDeleteParameters(BusinessParameters):
    user_id = Id(required=False)
    user_email = Email(required=False)


class MemberDelete(MemberCommand):
    """Members by their id, invited people by their address."""

    parameters = MemberDeleteParameters
    wire_names = {"preset": "user_id", "role": "user_id"}

    def answer(self, params: dict[str, Any]) -> None:
        if ("user_id" in params) == ("user_email" in params):
            raise ApiError(Code.PARAMETER, "user_id: Send either user_id or user_email.")
        if "user_id" in params:
            remove_person(membership=self.member(params["user_id"]), **who_and_how(self))
            return
        waiting = Invitation.objects.filter(
            business_center=self.business_center, state=Invitation.State.PENDING
        )
        found = waiting.filter(email__iexact=params["user_email"]).first()
        if found is None:
            raise ApiError(Code.NOT_FOUND, "user_email: There is no open invitation to it.")
        revoke_invitation(invitation=found, **who_and_how(self))


class AssignedUser(Parameters):
    user_id = Id()
    source_child_bc_id = Id()
    user_role = Choice(ROLES, required=False)
    ext_user_role = ExtendedRole(required=False)


class MemberAssignParameters(BusinessParameters):
    target_child_bc_id = Id()
    users = serializers.ListField(child=AssignedUser(), min_length=1, max_length=100)


class MemberAssign(MemberCommand):
    """Moves people between the tiers of a tiered Business Center, which do not exist here."""

    parameters = MemberAssignParameters

    def answer(self, params: dict[str, Any]) -> None:
        raise ApiError(
            Code.UNSUPPORTED,
            "target_child_bc_id: tiered Business Centers are unsupported in this sandbox.",
        )


def changed_standing(standing: Standing, params: Mapping[str, Any]) -> Standing:
    """With the sent role and finance role; Admins stay until they are removed."""
    role = ROLES[params["user_role"]] if "user_role" in params else standing.role
    finance = params["ext_user_role"].get("finance_role")
    return Standing(
        role=role,
        finance_role=FINANCE_ROLES[finance] if finance else standing.finance_role,
        access_ends_at=None if role == Membership.Role.ADMIN else standing.access_ends_at,
    )
