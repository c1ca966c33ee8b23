"""What is in an ad account's creative library."""

from django.db.models import QuerySet

from adaccounts.models import AdAccount

from .models import Creative


def creatives_of(ad_account: AdAccount, *, search: str = "", kind: str = "") -> QuerySet[Creative]:
    """The account's creatives, newest first, whose name or ID matches, of one kind or all."""
    found = Creative.objects.filter(ad_account=ad_account)
    if kind in Creative.Kind.values:
        found = found.filter(kind=kind)
    words = search.strip()
    if words.isdecimal() and len(words) == 19:
        return found.filter(pk=int(words))
    return found.filter(name__icontains=words) if words else found


def creative_of(ad_account: AdAccount, creative_id: int) -> Creative | None:
    return Creative.objects.filter(ad_account=ad_account, pk=creative_id).first()
