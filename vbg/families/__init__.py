"""A family: the parents' question, its members and households, the team around it.

`told_actions` and `told` are the verbs and pages of what a family tells: they would not fit beside the others.
"""
