"""The plan of approach: how each goal is gone about, in small steps that each lead back to moments."""
