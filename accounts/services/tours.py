"""What a person has been shown of the product."""

from datetime import datetime

from accounts.models import SeenTour, User


def end_tour(*, user: User, tour: str, at: datetime) -> None:
    """The person has seen the tour, or does not want it: it is not offered again."""
    SeenTour.objects.bulk_create(
        [SeenTour(user=user, tour=tour, seen_at=at)], ignore_conflicts=True
    )
