"""Tag sets: the labels a practice works with, what they say to parents, and which keys press them.

Three rooms of its own, all without a table: `shape` (what a set and a label are), `basisset` and `housesets` (the
sets of the house, pure data).
"""
