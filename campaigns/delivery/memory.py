"""What a process remembers of ad accounts: those it met last, as many as have so many ads."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Memory(Generic[Thing]):
    """One thing for each ad account, as long as those remembered have `most_ads` ads together; the
    one that was kept or found last stays in any case."""

    def __init__(self, most_ads: int) -> None:
        self._most_ads, self._ads = most_ads, 0
        self._kept: OrderedDict[int, tuple[Thing, int]] = OrderedDict()

    def __contains__(self, account_id: int) -> bool:
        return account_id in self._kept

    def keep(self, account_id: int, thing: Thing, *, ads: int) -> None:
        """In place of what was remembered of the account."""
        self.take(account_id)
        self._kept[account_id] = (thing, ads)
        self._ads += ads
        while self._ads > self._most_ads and len(self._kept) > 1:
            _, (_, fewer) = self._kept.popitem(last=False)
            self._ads -= fewer

    def find(self, account_id: int) -> Thing | None:
        if account_id not in self:
            return None
        self._kept.move_to_end(account_id)
        return self._kept[account_id][0]

    def take(self, account_id: int) -> Thing | None:
        """What was remembered, which is forgotten."""
        thing, ads = self._kept.pop(account_id, (None, 0))
        self._ads -= ads
        return thing
