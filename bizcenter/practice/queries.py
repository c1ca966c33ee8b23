"""Whose practice mail a person may read, and what waits on the trainer's desk."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import BusinessCenter, Invitation, Membership, User, Verification
from adaccounts.models import AdAccount
from adaccounts.queries.accounts import accounts_like
from bizcenter.practice.models import PracticeMessage
from campaigns.models import ProcessingFault
from campaigns.queries.faults import armed_faults


def messages_for(user: User | None, *, signed_up_as: str = "") -> QuerySet[PracticeMessage]:
    """Trainers read everything, people what went to their own addresses and to those they have
    invited and that nobody has signed up with: as no mail is really sent, somebody has to hand the
    link on. Before the first sign-in, a visitor reads what went to the address they have just
    signed up with, until it is confirmed: from then on its mail is for who can sign in."""
    if user is not None and user.is_trainer:
        return PracticeMessage.objects.all()
    if user is None:
        confirmed = EmailAddress.objects.filter(email__iexact=signed_up_as, verified=True)
        addresses = [] if confirmed.exists() else [signed_up_as.lower()]
    else:
        addresses = [*_own_addresses(user), *_invited_addresses(user)]
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


def _invited_addresses(user: User) -> list[str]:
    """Only while nobody has the address: afterwards the mail is that person's alone."""
    open_ones = Invitation.objects.filter(invited_by=user, state=Invitation.State.PENDING)
    addresses = {email.lower() for email in open_ones.values_list("email", flat=True)}
    if not addresses:
        return []
    registered = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    return sorted(addresses - set(registered.values_list("address", flat=True)))


def verifications_in_review() -> QuerySet[Verification]:
    """With their documents, the one that is decided by rule first on top."""
    waiting = Verification.objects.filter(state=Verification.State.IN_REVIEW).order_by("due_at")
    return waiting.select_related("business_center", "submitted_by").prefetch_related("documents")


def ad_accounts_in_review() -> QuerySet[AdAccount]:
    waiting = AdAccount.objects.filter(status=AdAccount.Status.IN_REVIEW).order_by("review_due_at")
    return waiting.select_related("business_center")


def open_ad_accounts(
    search: str, count: int = 20
) -> list[tuple[AdAccount, ProcessingFault | None]]:
    """The first by name whose name contains the text or whose ID it is, and that are past their
    review, each with what delays its processing; without a text those that a trainer has stopped,
    holds up or lets go above their budgets."""
    status = AdAccount.Status
    faults = {fault.ad_account_id: fault for fault in armed_faults() if fault.ad_account_id}
    if search:
        found = accounts_like(AdAccount.objects.all(), search)
        found = found.exclude(status__in=[status.IN_REVIEW, status.DISAPPROVED])
    else:
        touched = Q(status__in=[status.SUSPENDED, status.CONTRACT_PENDING]) | Q(over_delivery=True)
        found = AdAccount.objects.filter(touched | Q(pk__in=faults))
    rows = list(found.select_related("business_center").order_by("name", "pk")[:count])
    return [(row, faults.get(row.pk)) for row in rows]


def decided_verifications(count: int = 10) -> list[Verification]:
    """The latest, with who decided; None decided by rule."""
    decided = Verification.objects.filter(decided_at__isnull=False).order_by("-decided_at")
    return list(decided.select_related("business_center", "decided_by")[:count])


@dataclass(frozen=True)
class Trainers:
    """Who turns the clock: members of the Business Center `place` if it has any, else trainers
    of this practice environment. `more` are not named."""

    place: str
    names: list[str]
    more: int

    @property
    def in_words(self) -> str:
        named = [*self.names, *([f"{self.more} more"] if self.more else [])]
        return " and ".join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else ""


def trainers_for(business_center: BusinessCenter | None, count: int = 3) -> Trainers:
    """Whom a person in this Business Center asks for what only trainers do."""
    here = Membership.objects.filter(user=OuterRef("pk"), business_center=business_center)
    trainers = User.objects.filter(is_trainer=True, is_active=True)
    people = list(trainers.annotate(is_here=Exists(here)).order_by("-is_here", "name", "email"))
    is_here = bool(people) and people[0].is_here
    place = business_center.name if business_center is not None and is_here else ""
    people = [person for person in people if person.is_here == is_here]
    names = [str(person) for person in people]
    return Trainers(place=place, names=names[:count], more=len(names[count:]))
