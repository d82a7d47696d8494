"""The bag for supervision: chosen moments and one's own question, until a day, only with a yes asked for this bag."""
