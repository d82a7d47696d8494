"""Somebody at a browser: goes, presses, looks; each page reached is looked over by axe, its console and its hosts."""

import base64
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from playwright.sync_api import ConsoleMessage, Page, Request

_BANNED = re.compile(r"\b(sessies?|fragment\w*|vermoedens?|huisset|mama|papa|moeder|vader)\b", re.IGNORECASE)
_AXE = """async () => {
  const found = await axe.run(document, {preload: false, resultTypes: ["violations"]});
  return found.violations.map((one) => `${one.id}: ` + one.nodes.map((node) => node.html.slice(0, 160)
    + " " + (node.any[0]?.message ?? "")).slice(0, 4).join(" | "));
}"""
_PICTURE = """(video) => {
  if (video.seeking || video.readyState < 2) return "";
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.95).split(",")[1];
}"""


@lru_cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


class Walk:
    """One person's browser tab; `complaints` gathers what no page may do."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.looked: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{self.page.url}: console: {message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"{self.page.url}: asked another host: {request.url}")

    def look(self, name: str) -> None:
        """Axe over the page as it stands, and what no page may hold: a field that must be filled, a banned word."""
        self.page.wait_for_load_state("load")
        self.page.evaluate(_axe())
        for line in self.page.evaluate(_AXE):
            self.complaints.append(f"{name} {self.page.url}: axe {line}")
        if must := self.page.locator("[required]:not([name=mine]), [aria-required=true]").count():
            self.complaints.append(f"{name} {self.page.url}: {must} fields are required")
        said = _BANNED.findall(self.page.locator("body").inner_text())
        self.complaints += [f"{name} {self.page.url}: says {word!r}" for word in set(said)]
        self.looked.append(name)

    def go(self, path: str, name: str = "") -> None:
        """Open an address of the practice."""
        answer = self.page.goto(path)
        assert answer is None or answer.ok, (path, answer.status)
        if name:
            self.look(name)

    def send(self, action: str, **fields: str) -> None:
        """Fill in the form whose action ends so, and send it by its own button."""
        form = self.page.locator(f'form[action$="{action}"]').first
        for name, value in fields.items():
            field = form.locator(f'[name="{name}"]')
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            else:
                field.fill(value)
        with self.page.expect_navigation():
            form.locator('button[type="submit"], button:not([type])').first.click()

    def follow(self, href: str) -> None:
        """Press the link whose address ends so."""
        with self.page.expect_navigation():
            self.page.locator(f'a[href$="{href}"]').first.click()

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an address, asked with this person's own cookies."""
        answer = self.page.request.get(f"{self.address}{path}", max_redirects=0)
        kind = answer.headers.get("content-type", "")
        return answer.status, answer.json() if "json" in kind else None

    def status(self, path: str) -> int:
        """Only the status."""
        return self.get(path)[0]

    def picture(self) -> np.ndarray | None:
        """What the page's <video> shows now, BGR; None while it has nothing to show or seeks."""
        told = self.page.locator("video").first.evaluate(_PICTURE)
        return cv2.imdecode(np.frombuffer(base64.b64decode(told), np.uint8), cv2.IMREAD_COLOR) if told else None
