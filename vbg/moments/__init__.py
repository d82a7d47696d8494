"""Moments: what a counselor marks in a film, with which labels, and how that is undone.

Rooms of their own: `history` turns a row into the plain values that acts keep and back, for actions alone; `outline`
makes thousands of moments as few bytes as draw them; `bands` keeps from when on a film shows another situation.
"""
