"""What a tag set is made of. Pure values; times are whole ms of film time."""

from dataclasses import dataclass
from typing import Final, Literal

Who = Literal["child", "parent", "both"]
Supports = Literal["support", "stimulate", "steer"]
Began = Literal["child", "parent", "together"]
BEGAN: Final[dict[str, Began]] = {"child": "child", "parent": "parent", "both": "together"}
"""Who begins, for who a label is about."""
Colour = Literal["child", "parent", "together", "fun", "moment"]
"""The house palette: each is a pair of colours with enough contrast in both themes, and a shape beside it."""

KEYS: Final[dict[str, tuple[str, str]]] = {
    **{f"Digit{digit}": (str(digit), str(digit)) for digit in range(1, 10)},
    **{f"Key{letter}": (letter, letter) for letter in "ERTYPSDFGHJKLCVBN"},
    "KeyQ": ("A", "Q"), "KeyW": ("Z", "W"), "KeyA": ("Q", "A"), "KeyZ": ("W", "Z"), "Semicolon": ("M", ";"),
}  # fmt: skip
"""Places of keys that a label may have: what AZERTY and what QWERTY print there. The workspace needs the others."""

ICONS: Final = (
    "kijkt wijst geluid-of-woord laat-iets-zien komt-dichtbij vraagt-hulp spelidee toont-gevoel doet-het-zelf gaat-mee "
    "ziet-het wacht-even ontvangst benoemt beurt doet-mee troost zegt-wat-komt laat-kiezen helpt-een-stukje "
    "zegt-wat-kan plezier grapje steunen stimuleren sturen mooi-moment"
).split()
"""The drawings of the house that say what somebody does."""


@dataclass(frozen=True, slots=True)
class Group:
    """Labels that stand together, in one colour of the house palette."""

    key: str
    nl: str
    en: str
    colour: Colour

    def name(self, language: str) -> str:
        """What the group is called."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Tag:
    """One label. Its ``id`` in the API is ``set/key``, or ``set.2/key`` in version 2 of a practice's own set.

    ``code`` is the place of the key (``event.code``), so that AZERTY and QWERTY agree, or empty; ``label_key`` is
    what AZERTY prints on it, and ``qwerty_key`` what QWERTY prints there when that differs.
    ``plain_nl`` and ``plain_en`` are the sentence for parents; ``{k}`` stands for the child's call name.
    An empty sentence means that the label says nothing to parents by itself.
    ``icon`` is the file name of its drawing. A label that is ``retired`` is not offered; what it meant stays.
    """

    key: str
    nl: str
    en: str
    who: Who | None
    group: str
    supports: Supports | None
    lead_ms: int
    lag_ms: int
    code: str
    label_key: str
    icon: str
    plain_nl: str
    plain_en: str
    qwerty_key: str | None = None
    retired: bool = False
    home: str = "house"

    @property
    def id(self) -> str:
        """The label's name in the API, such as ``house/looks``."""
        return f"{self.home}/{self.key}"

    def plain(self, child: str, language: str = "nl") -> str:
        """The sentence for parents with the child's call name filled in."""
        return (self.plain_en if language == "en" else self.plain_nl).replace("{k}", child)

    def name(self, language: str) -> str:
        """The label's words."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class TagSet:
    """A set of labels and the rule that joins presses into one moment.

    A press within ``join_ms`` of film time after the previous one joins its moment, until that moment
    is ``max_ms`` long. ``id`` is the set's name in the API; ``source`` says whose words these are.
    """

    id: str
    version: int
    join_ms: int
    max_ms: int
    tags: tuple[Tag, ...]
    nl: str = ""
    en: str = ""
    groups: tuple[Group, ...] = ()
    source: str = ""
    is_house: bool = True

    @property
    def home(self) -> str:
        """What stands before the slash in the ids of its labels: the set, and the version of an own one."""
        return self.id if self.is_house else f"{self.id}.{self.version}"

    def find(self, tag_id: str, /) -> Tag | None:
        """The label with this API id (``house/looks``), or None when this set does not have it."""
        return next((tag for tag in self.tags if tag.id == tag_id), None)

    def group(self, group: str) -> tuple[Tag, ...]:
        """The labels of one group in the order of the screen."""
        return tuple(tag for tag in self.tags if tag.group == group)

    def name(self, language: str) -> str:
        """What the set is called."""
        return self.en if language == "en" else self.nl
