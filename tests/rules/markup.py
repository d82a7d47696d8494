"""A page as a tree, and what a person reads on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "title", "datalist"}
INLINE = {"b", "bdi", "em", "i", "strong", "small", "kbd", "use", "svg"}
SPOKEN = ("aria-label", "title", "alt", "placeholder")
SPACE = re.compile(r"\s+")


@dataclass(eq=False)
class Node:
    """An element: its tag, attributes and what is inside."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    inside: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """The words of its class attribute."""
        return set(self.attrs.get("class", "").split())

    def all(self) -> Iterator[Node]:
        """This element and every one below it, in the order of the page."""
        yield self
        for one in self.inside:
            if isinstance(one, Node):
                yield from one.all()

    def find(self, tag: str = "", cls: str = "", **attrs: str) -> list[Node]:
        """Elements below this one with this tag, class and attributes (`_` stands for `-`)."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            one
            for one in self.all()
            if (not tag or one.tag == tag)
            and (not cls or cls in one.classes)
            and all(one.attrs.get(name) == value for name, value in wanted.items())
        ]

    def above(self) -> Iterator[Node]:
        """Its parent, that one's parent, up to the page."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent

    def raw(self) -> str:
        """Its text as written, nothing trimmed."""
        return "".join(one if isinstance(one, str) else one.raw() for one in self.inside)

    def sight(self) -> str:
        """What an eye can read in it: without hidden, spoken-only and decorative parts."""
        if self.tag in SILENT or "sr" in self.classes or "hidden" in self.attrs:
            return ""
        if self.attrs.get("aria-hidden") == "true":
            return ""
        parts = (one if isinstance(one, str) else one.sight() for one in self.inside)
        return SPACE.sub(" ", " ".join(parts)).strip()

    def without(self, *classes: str, tags: tuple[str, ...] = ()) -> str:
        """Its text but for the parts with one of these classes or tags."""
        parts = []
        for one in self.inside:
            if isinstance(one, str):
                parts.append(one)
            elif not one.classes & set(classes) and one.tag not in tags:
                parts.append(one.without(*classes, tags=tags))
        return "".join(parts)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        one: Node | None = self.here
        while one is not None and one.tag != tag:
            one = one.parent
        if one is not None and one.parent is not None:
            self.here = one.parent

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def tree(html: str) -> Node:
    """The page as a tree."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def pieces(root: Node) -> Iterator[str]:
    """Each piece of words on the page: blocks of text, spoken names, field values, words for the scripts."""
    gathered: list[str] = []

    def flush() -> Iterator[str]:
        words = SPACE.sub(" ", "".join(gathered)).strip()
        gathered.clear()
        if words:
            yield words

    def walk(node: Node) -> Iterator[str]:
        if node.tag == "script":
            yield from _of_script(node)
        if node.tag in SILENT - {"title"}:
            return
        yield from (node.attrs[name] for name in SPOKEN if node.attrs.get(name))
        if node.tag not in INLINE:
            yield from flush()
        for one in node.inside:
            if isinstance(one, str):
                gathered.append(one)
            else:
                yield from walk(one)
        if node.tag not in INLINE:
            yield from flush()

    yield from walk(root)
    yield from flush()


def _of_script(node: Node) -> Iterator[str]:
    if node.attrs.get("type") == "application/json" and node.attrs.get("id", "").endswith("words"):
        yield from (str(one) for one in json.loads(node.raw()).values())
