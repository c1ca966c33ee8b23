"""How an ad account comes to its state: review, suspension, contract, and its owner's own switch.

Only an approved account delivers. Each change is in the log, and the owner's account Admins know.
"""

import zlib
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.models import BusinessCenter, Topic, User, Verification
from accounts.queries.verification import verification_state
from accounts.services import notify
from adaccounts.models import AdAccount
from adaccounts.queries import own_managers_of
from bizcenter.lib.asked import SOME_TIME, Asked
from bizcenter.lib.errors import DomainError

from .review_rules import REVIEWED_FIELDS, objection
from .rows import locked, record

Status = AdAccount.Status
SOONEST, SPREAD = timedelta(minutes=8), 5 * 60


class WrongState(DomainError):
    """The ad account is in a state in which this cannot be done."""

    code = "wrong_state"


class ReasonNeeded(DomainError):
    code = "reason_needed"


def first_status(business_center: BusinessCenter, account: AdAccount) -> Status:
    """A verified business' account is approved at once, unless the rules object to it."""
    is_verified = verification_state(business_center).code == Verification.State.VERIFIED
    return Status.IN_REVIEW if not is_verified or objection_to(account) else Status.APPROVED


def objection_to(account: AdAccount) -> str:
    """See `review_rules.objection`."""
    return objection({field: getattr(account, field) for field in REVIEWED_FIELDS})


def await_review(account: AdAccount, at: datetime) -> None:
    """The account is in review, to be decided about ten minutes later; the caller saves it."""
    drawn = zlib.crc32(f"review|{account.seed}|{account.name}".encode()) % SPREAD
    account.status, account.status_reason = Status.IN_REVIEW, ""
    account.status_since = None if account._state.adding else at
    account.review_due_at = at + SOONEST + timedelta(seconds=drawn)


@transaction.atomic
def decide_ad_account(
    *, ad_account: AdAccount, approve: bool, reason: str, actor: User | None, at: datetime
) -> AdAccount:
    """The review is decided: the account may deliver, or is not approved for `reason`.

    Raises WrongState when it is not in review, ReasonNeeded for a refusal without one.
    """
    row = locked(ad_account)
    if row.status != Status.IN_REVIEW:
        raise WrongState(f"{row.name} is not in review: it is {row.get_status_display().lower()}.")
    if not approve and not reason.strip():
        raise ReasonNeeded("Say why, and what would have to change.", field="reason")
    said = f"{row.name} was approved and can deliver ads."
    if not approve:
        said = f"{row.name} was not approved. {reason.strip()}"
    status = Status.APPROVED if approve else Status.DISAPPROVED
    return _move(row, status, "" if approve else reason.strip(), said, actor, at, "review_account")


def decide_due_ad_accounts(*, until: datetime, ad_account_id: int | None = None) -> int:
    """Reviews due by `until` are decided by the rules as of their due time, of one ad account or of
    all; returns how many. Again, or by two at once, returns 0."""
    due = _DUE.firsts(until)
    return sum(_decide_by_rule(pk, until) for pk in due if ad_account_id in (None, pk))


_DUE = Asked(
    lambda until: (
        AdAccount.objects.filter(status=Status.IN_REVIEW, review_due_at__lte=until)
        .order_by("pk")
        .values_list("pk")
    ),
    SOME_TIME,
)


@transaction.atomic
def _decide_by_rule(ad_account_id: int, until: datetime) -> bool:
    row = locked(AdAccount(pk=ad_account_id))
    if not row.is_review_due(until):
        return False
    assert row.review_due_at is not None
    reason = objection_to(row)
    decide_ad_account(
        ad_account=row, approve=not reason, reason=reason, actor=None, at=row.review_due_at
    )
    return True


@transaction.atomic
def disable_ad_account(*, ad_account: AdAccount, actor: User | None, at: datetime) -> AdAccount:
    """The owner has switched the account off: nothing delivers until it is enabled.

    Raises WrongState when it is not approved.
    """
    row = _approved(ad_account, "disabled")
    return _move(
        row, Status.DISABLED, "", f"{row.name} was disabled.", actor, at, "disable_account"
    )


@transaction.atomic
def enable_ad_account(*, ad_account: AdAccount, actor: User | None, at: datetime) -> AdAccount:
    """A disabled account may deliver again; if its facts were changed to something that cannot be
    advertised it goes to review. Raises WrongState when it is not disabled."""
    row = locked(ad_account)
    if row.status != Status.DISABLED:
        raise WrongState(f"{row.name} is not disabled.")
    if objection_to(row):
        await_review(row, at)
        said = f"{row.name} is in review again."
        return _move(row, Status.IN_REVIEW, "", said, actor, at, "enable_account")
    return _move(row, Status.APPROVED, "", f"{row.name} was enabled.", actor, at, "enable_account")


@transaction.atomic
def suspend_ad_account(
    *, ad_account: AdAccount, reason: str, actor: User | None, at: datetime
) -> AdAccount:
    """The account is penalised and delivers nothing. Raises WrongState when it is not approved, and
    ReasonNeeded."""
    row = _approved(ad_account, "suspended")
    if not reason.strip():
        raise ReasonNeeded("Say what the account is suspended for.", field="reason")
    said = f"{row.name} was suspended. {reason.strip()}"
    return _move(row, Status.SUSPENDED, reason.strip(), said, actor, at, "suspend_account")


@transaction.atomic
def lift_suspension(*, ad_account: AdAccount, actor: User | None, at: datetime) -> AdAccount:
    """A suspended account may deliver again. Raises WrongState when it is not suspended."""
    row = locked(ad_account)
    if row.status != Status.SUSPENDED:
        raise WrongState(f"{row.name} is not suspended.")
    said = f"The suspension of {row.name} was lifted."
    return _move(row, Status.APPROVED, "", said, actor, at, "lift_suspension")


@transaction.atomic
def await_contract(*, ad_account: AdAccount, actor: User | None, at: datetime) -> AdAccount:
    """The account's contract has not taken effect, so nothing delivers until it does.

    Raises WrongState when it is not approved.
    """
    row = _approved(ad_account, "put on hold")
    said = f"The contract of {row.name} has not taken effect."
    return _move(row, Status.CONTRACT_PENDING, "", said, actor, at, "await_contract")


@transaction.atomic
def start_contract(*, ad_account: AdAccount, actor: User | None, at: datetime) -> AdAccount:
    """The contract is in effect and the account may deliver. Raises WrongState."""
    row = locked(ad_account)
    if row.status != Status.CONTRACT_PENDING:
        raise WrongState(f"{row.name} does not wait for a contract.")
    said = f"The contract of {row.name} is in effect."
    return _move(row, Status.APPROVED, "", said, actor, at, "start_contract")


def _approved(ad_account: AdAccount, what: str) -> AdAccount:
    row = locked(ad_account)
    if not row.is_approved:
        raise WrongState(
            f"Only an approved ad account can be {what}; {row.name} is "
            f"{row.get_status_display().lower()}."
        )
    return row


def _move(
    row: AdAccount,
    status: Status,
    reason: str,
    said: str,
    actor: User | None,
    at: datetime,
    action: str,
) -> AdAccount:
    """The row is in its new state since `at`, in the log and in its Admins' bell."""
    before = AdAccount.objects.values_list("status", flat=True).get(pk=row.pk)
    row.status, row.status_reason, row.status_since = status, reason[:300], at
    if status != Status.IN_REVIEW:
        row.review_due_at = None
    row.save(update_fields=["status", "status_reason", "status_since", "review_due_at"])
    after = {"status": status.value, "reason": row.status_reason}
    entry = record(row, action, said, actor, at, before={"status": before}, after=after)
    notify(
        users=own_managers_of(row),
        key=f"account_state:{entry.pk}",
        topic=Topic.BUSINESS,
        text=said,
        at=at,
        url=reverse("adaccounts:settings", args=[row.pk]),
    )
    return row
