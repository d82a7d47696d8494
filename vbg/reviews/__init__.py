"""Samen kijken: chosen moments in order, what was said, what comes next."""
