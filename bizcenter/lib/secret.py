"""Secrets that are shown once and stored as a digest only.

They carry 160 random bits, so a plain SHA-256 cannot be guessed back; passwords go elsewhere.
"""

import hashlib
import secrets


def new_secret() -> str:
    """40 hexadecimal digits, the shape the live platform's tokens have."""
    return secrets.token_hex(20)


def digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
