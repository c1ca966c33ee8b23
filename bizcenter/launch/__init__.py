"""From a clone to a supervised, running stack.

Only the standard library is used here, so that all of it works before any package is installed.
Everything that can go wrong on somebody's machine ends in one sentence that says what to do.
"""
