"""vbg: a counselor and a family look at the family's own film and see what already works."""
