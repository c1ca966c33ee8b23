"""The rules of the trade as pure checks: each is silent, or raises InvalidInput with a field."""
