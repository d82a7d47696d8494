"""Refusals as codes with values; the words are chosen at the edge."""


class ReasonError(Exception):
    """A rule said no. `field` names the input it concerns, `values` fill the sentence."""

    def __init__(self, code: str, field: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class NotFoundError(ReasonError):
    """It is not there, or not for this viewer: the two must look the same."""

    def __init__(self) -> None:
        super().__init__("not_found")


class StaleError(ReasonError):
    """Somebody changed it meanwhile. `current` is what stands there now."""

    def __init__(self, current: object) -> None:
        super().__init__("stale")
        self.current = current
