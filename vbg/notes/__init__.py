"""What the counselor writes of a talk or an observation of a family: hers, and written as if parents read along."""
