"""The counselor's own phone, let in by a one-use code to send films of one family, and nothing else."""
