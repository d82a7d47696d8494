"""Moments: what a counselor marks in a film, with which labels, and how that is undone.

A room of its own: `history` turns a row into the plain values that acts keep and back, for actions alone.
"""
