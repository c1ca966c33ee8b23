"""Whose practice mail a person may read."""

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from accounts.models import User
from bizcenter.practice.models import PracticeMessage


def messages_for(user: User | None, *, signed_up_as: str = "") -> QuerySet[PracticeMessage]:
    """Trainers read everything, people what went to their own addresses; before the first
    sign-in, a visitor reads what went to the address they have just signed up with."""
    if user is not None and user.is_trainer:
        return PracticeMessage.objects.all()
    addresses = _own_addresses(user) if user is not None else [signed_up_as.lower()]
    return PracticeMessage.objects.filter(recipients__overlap=[a for a in addresses if a])


def _own_addresses(user: User) -> list[str]:
    """An address a person only claims (added, not confirmed) counts while nobody else has it."""
    claimed = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    of_others = Q(email__in=list(claimed)) & ~Q(pk=user.pk)
    taken = set(User.objects.filter(of_others).values_list("email", flat=True))
    taken |= set(
        EmailAddress.objects.filter(email__in=list(claimed), verified=True)
        .exclude(user=user)
        .values_list("email", flat=True)
    )
    return [user.email.lower(), *(a.lower() for a in claimed if a not in taken)]
