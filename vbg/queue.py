"""Asking for slow work: the request is handed to the queue engine after the commit."""

from uuid import UUID

from sqlalchemy.orm import Session


def ask(session: Session, name: str, *ids: UUID) -> None:
    """Ask for job `name` with `ids`; nothing happens when the unit rolls back."""
    session.info.setdefault("asked", []).append((name, [str(one) for one in ids]))
