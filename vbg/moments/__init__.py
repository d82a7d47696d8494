"""Moments: what a counselor marks in a film, with which labels, and how that is undone.

Two rooms of its own: `basisset` holds the labels as data, `history` turns a row into the plain values
that acts keep and back, for actions alone.
"""
