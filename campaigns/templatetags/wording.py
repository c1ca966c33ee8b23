"""Stored words as people read them."""

from django import template

register = template.Library()


@register.filter
def in_words(key: str) -> str:
    """misleading_claim -> Misleading claim"""
    return key.replace("_", " ").capitalize()
