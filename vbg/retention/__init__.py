"""What a family takes home whole, and what goes for good: it knows every feature, and none knows it.

`family_file` and `page` make the file that a family can keep.
"""
