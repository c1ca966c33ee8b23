"""Reads about tours of the product."""

from accounts.models import SeenTour, User


def has_seen_tour(user: User, tour: str) -> bool:
    return SeenTour.objects.filter(user=user, tour=tour).exists()
