"""Moments: what a counselor marks in a film, with which labels, and how that is undone."""
