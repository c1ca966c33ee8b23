"""An ad account's own limits and habits: spending cap, defaults of new ads, blocked words."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from adaccounts.models import AdAccount
from bizcenter.lib import locks
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor

from .rows import first_mistake, locked, record

CapMode = AdAccount.CapMode
MOST_WORDS, LONGEST_WORD = 500, 60
LARGEST_AMOUNT = 10**15
CAP_FIELDS = ("cap_mode", "cap_amount", "cap_since")
DEFAULT_FIELDS = ("default_landing_page", "default_display_name", "default_daily_budget")


class InvalidSetting(DomainError):
    code = "invalid_setting"


@transaction.atomic
def set_spending_cap(
    *, ad_account: AdAccount, mode: str, amount: int | None, actor: User | None, at: datetime
) -> AdAccount:
    """From now on the account never spends more than `amount` (minor units) in a day, in a month
    or in all, whatever was spent already; without a mode there is no cap.

    A total cap that is only raised or lowered goes on counting from where it began; a new one
    counts from `at`. Raises InvalidSetting.
    """
    if mode not in CapMode.values:
        raise InvalidSetting("Choose how the cap counts.", field="mode")
    if mode != CapMode.NONE and not amount:
        raise InvalidSetting("Enter an amount above zero.", field="amount")
    if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
        raise InvalidSetting("Enter an amount above zero.", field="amount")
    row = _locked_for_spending(ad_account)
    before = _said(row)
    if mode == CapMode.TOTAL and row.cap_mode != CapMode.TOTAL:
        row.cap_since = at
    elif mode != CapMode.TOTAL:
        row.cap_since = None
    row.cap_mode, row.cap_amount = mode, None if mode == CapMode.NONE else amount
    if _said(row) != before:
        row.save(update_fields=CAP_FIELDS)
        words = f"Set the spending cap to {_said(row)['cap']}"
        record(row, "set_spending_cap", words, actor, at, before=before, after=_said(row))
    return row


@transaction.atomic
def reset_spending_cap(*, ad_account: AdAccount, actor: User | None, at: datetime) -> AdAccount:
    """A total cap counts from now on, as if nothing had been spent. Raises InvalidSetting for the
    other caps: they begin anew by themselves."""
    row = _locked_for_spending(ad_account)
    if row.cap_mode != CapMode.TOTAL:
        raise InvalidSetting("Only a cap on the total is reset; others begin anew by themselves.")
    before = {"counts_from": _moment(row.cap_since)}
    row.cap_since = at
    row.save(update_fields=["cap_since"])
    after = {"counts_from": _moment(at)}
    said = "Reset the spending cap"
    record(row, "reset_spending_cap", said, actor, at, before=before, after=after)
    return row


@transaction.atomic
def set_defaults(
    *, ad_account: AdAccount, changes: Mapping[str, Any], actor: User | None, at: datetime
) -> AdAccount:
    """New campaigns, ad groups and ads begin with these values: landing page, display name, daily
    budget (minor units). Raises InvalidSetting naming the field."""
    row = locked(ad_account)
    before = {name: getattr(row, name) for name in DEFAULT_FIELDS}
    for name in DEFAULT_FIELDS:
        setattr(row, name, changes.get(name, before[name]))
    changed = [name for name in DEFAULT_FIELDS if getattr(row, name) != before[name]]
    if not changed:
        return row
    _check_defaults(row)
    row.save(update_fields=changed)
    named = ", ".join(name.removeprefix("default_").replace("_", " ") for name in changed)
    record(
        row, "set_defaults", f"Changed the defaults: {named}", actor, at,
        before={name: _in_words(row, name, before[name]) for name in changed},
        after={name: _in_words(row, name, getattr(row, name)) for name in changed},
    )  # fmt: skip
    return row


@transaction.atomic
def set_blocked_words(
    *, ad_account: AdAccount, words: Iterable[str], actor: User | None, at: datetime
) -> AdAccount:
    """New and changed ads may not use these words; kept in lower case, each once. Raises
    InvalidSetting for one that is too long, and for more than 500."""
    wanted = sorted({" ".join(word.lower().split()) for word in words} - {""})
    for word in wanted:
        if len(word) > LONGEST_WORD:
            raise InvalidSetting(
                f"“{word[:30]}…” is longer than {LONGEST_WORD} characters.", field="words"
            )
        if not re.search(r"\w", word):
            raise InvalidSetting(f"“{word}” is not a word.", field="words")
    if len(wanted) > MOST_WORDS:
        raise InvalidSetting(f"At most {MOST_WORDS} words can be blocked.", field="words")
    row = locked(ad_account)
    before = row.blocked_words
    if wanted != before:
        row.blocked_words = wanted
        row.save(update_fields=["blocked_words"])
        record(
            row, "set_blocked_words", "Changed the blocked words", actor, at,
            before={"taken_out": sorted({*before} - {*wanted})},
            after={"added": sorted({*wanted} - {*before}), "words": len(wanted)},
        )  # fmt: skip
    return row


def _check_defaults(row: AdAccount) -> None:
    if (wrong := first_mistake(row, ("default_landing_page", "default_display_name"))) is not None:
        raise InvalidSetting(wrong[0], field=wrong[1])
    if len(row.default_display_name) == 1:
        raise InvalidSetting(
            "The display name needs at least 2 characters.", field="default_display_name"
        )
    budget = row.default_daily_budget
    if budget is not None and not 0 < budget <= LARGEST_AMOUNT:
        raise InvalidSetting("Enter an amount above zero.", field="default_daily_budget")


def _locked_for_spending(ad_account: AdAccount) -> AdAccount:
    """Also keeps the account's delivery waiting: an hour is charged before the change or after."""
    locks.hold(ad_account.pk)
    return locked(ad_account)


def _said(row: AdAccount) -> dict[str, str]:
    if row.cap_mode == CapMode.NONE or row.cap_amount is None:
        return {"cap": "no limit"}
    return {"cap": f"{format_minor(row.cap_amount, row.currency)} ({row.get_cap_mode_display()})"}


def _in_words(row: AdAccount, name: str, value: Any) -> Any:
    if name == "default_daily_budget" and value is not None:
        return format_minor(value, row.currency)
    return value


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
