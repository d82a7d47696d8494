"""The register of concerns: dated facts and steps of a family, for its team alone, and never derived from a film.

It stands apart from moments, goals and notes, and no table of it knows a film.
"""
