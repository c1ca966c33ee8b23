"""A process remembers the ad accounts it met last, by the number of their ads."""

from campaigns.delivery.memory import Memory


def test_the_accounts_met_longest_ago_are_forgotten_first() -> None:
    memory: Memory[str] = Memory(most_ads=100)
    for account, ads in ((1, 50), (2, 30), (3, 20)):
        memory.keep(account, f"plan of {account}", ads=ads)
    assert memory.find(1) == "plan of 1"

    memory.keep(4, "plan of 4", ads=40)

    assert [memory.find(account) is not None for account in (1, 2, 3, 4)] == [
        True, False, False, True,
    ]  # fmt: skip


def test_many_small_accounts_fit_where_few_large_ones_do() -> None:
    memory: Memory[int] = Memory(most_ads=1000)
    for account in range(1000):
        memory.keep(account, account, ads=1)

    assert all(memory.find(account) == account for account in range(1000))


def test_a_plan_that_changed_takes_the_place_of_the_old_one() -> None:
    memory: Memory[str] = Memory(most_ads=100)
    memory.keep(1, "old", ads=60)
    memory.keep(2, "other", ads=40)
    memory.keep(1, "new", ads=60)

    assert (memory.find(1), memory.find(2)) == ("new", "other")
    assert (memory.take(1), memory.find(1)) == ("new", None)


def test_an_account_larger_than_all_of_it_is_remembered_alone() -> None:
    memory: Memory[str] = Memory(most_ads=100)
    memory.keep(1, "small", ads=10)
    memory.keep(2, "huge", ads=1000)

    assert (memory.find(1), memory.find(2)) == (None, "huge")
