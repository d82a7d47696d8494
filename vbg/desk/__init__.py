"""Counselor pages that show many nouns."""
