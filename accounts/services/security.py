"""How a Business Center's people must sign in, and with which addresses they may be invited."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.queries.sign_ins import two_step_states
from bizcenter.lib.errors import DomainError

from .activity import record_activity

MOST_DOMAINS = 50


class InvalidDomain(DomainError):
    code = "invalid_domain"


class EmailDomainNotAllowed(DomainError):
    code = "email_domain_not_allowed"


class OwnTwoStepMissing(DomainError):
    code = "own_two_step_missing"


@transaction.atomic
def update_security(
    *,
    business_center: BusinessCenter,
    email_domains: Iterable[str],
    email_domains_bind: str,
    requires_two_step: bool,
    actor: User,
    at: datetime,
) -> BusinessCenter:
    """The rules hold from now on, and the log tells them before and after.

    Members without two-step sign-in are led to it at their next page. Raises InvalidDomain, and
    OwnTwoStepMissing when `actor` would be the first to be led away.
    """
    row = BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)
    if requires_two_step and not row.requires_two_step and not two_step_states([actor]):
        raise OwnTwoStepMissing(
            "Set up two-step sign-in for yourself first. Then you can require it of everybody.",
            field="requires_two_step",
        )
    wanted = {
        "email_domains": clean_domains(email_domains),
        "email_domains_bind": email_domains_bind,
        "requires_two_step": requires_two_step,
    }
    _set(row, wanted, actor, at)
    return row


def _set(row: BusinessCenter, wanted: dict[str, Any], actor: User, at: datetime) -> None:
    before = {name: getattr(row, name) for name in wanted}
    changed = [name for name in wanted if wanted[name] != before[name]]
    if not changed:
        return
    for name in changed:
        setattr(row, name, wanted[name])
    row.save(update_fields=changed)
    record_activity(
        business_center=row,
        actor=actor,
        at=at,
        action="update_security",
        summary="Changed the security rules: " + ", ".join(n.replace("_", " ") for n in changed),
        reference=f"business_center:{row.pk}",
        label=row.name,
        before={name: before[name] for name in changed},
        after={name: wanted[name] for name in changed},
    )


def check_email_allowed(
    business_center: BusinessCenter, email: str, role: str = Membership.Role.STANDARD
) -> None:
    """Raises EmailDomainNotAllowed when the Business Center's rule keeps the address out of that
    role (a Membership.Role)."""
    domains = business_center.email_domains
    bound = business_center.email_domains_bind == BusinessCenter.DomainsBind.EVERYBODY
    if not domains or not (bound or role == Membership.Role.ADMIN):
        return
    if _ascii(email.rpartition("@")[2]) in domains:
        return
    whom = "People" if bound else "Admins"
    raise EmailDomainNotAllowed(
        f"{whom} of {business_center.name} must have an address at {' or '.join(domains)}. "
        "An Admin can change that in Settings, Security.",
        field="email",
    )


def clean_domains(typed: Iterable[str]) -> list[str]:
    """In small letters, each once, in the given order. Raises InvalidDomain."""
    found = list(dict.fromkeys(_domain(text) for text in typed if text.strip()))
    if len(found) > MOST_DOMAINS:
        raise InvalidDomain(f"Enter at most {MOST_DOMAINS} domains.", field="email_domains")
    return found


def _domain(text: str) -> str:
    bare = _ascii(text.strip().removeprefix("@"))
    try:
        DomainNameValidator(accept_idna=False)(bare)
        if len(bare) > 100:
            raise ValidationError("too long")
    except ValidationError:
        raise InvalidDomain(
            f"“{text.strip()[:60]}” is no domain. Enter what stands after the @ of your "
            "addresses, such as company.com.",
            field="email_domains",
        ) from None
    return bare


def _ascii(domain: str) -> str:
    """Addresses and domains are compared in the form in which names are looked up."""
    lower = domain.strip().lower().rstrip(".")
    try:
        return lower.encode("idna").decode("ascii")
    except UnicodeError:
        return lower
