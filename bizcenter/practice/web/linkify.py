"""Plain text of an e-mail as HTML with links to click."""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def link_up(text: str, *, own_hosts: Iterable[str]) -> SafeString:
    """Everything is escaped; addresses become links, those of this site without its host, so that
    they work under whatever name the site was opened."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:!?)")
        parts += [escape(text[end : found.start()]), _link(address, own_hosts)]
        end = found.start() + len(address)
    return mark_safe("".join([*parts, escape(text[end:])]))  # every part is escaped above


def _link(address: str, own_hosts: Iterable[str]) -> SafeString:
    target = address
    for host in own_hosts:
        if address == host or address.startswith(f"{host}/"):
            target = address.removeprefix(host) or "/"
    return format_html('<a class="text-link" href="{}">{}</a>', target, address)
