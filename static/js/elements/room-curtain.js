/**
 * <room-curtain>: when somebody walks in, one press and the page is gone behind a drawing of curtains.
 * The key by the full stop (its place, whatever stands on it) or a [data-curtain] button draws it; again opens it.
 * Not in a text field. The workspace and samen kijken have their own, which also stop the film.
 */
class RoomCurtain extends HTMLElement {
  #ended = new AbortController();

  connectedCallback() {
    const { signal } = this.#ended;
    document.addEventListener("keydown", (event) => this.#onKey(event), { capture: true, signal });
    document.addEventListener("click", (event) => this.#onClick(event), { signal });
  }

  disconnectedCallback() {
    this.#ended.abort();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const field = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (field || event.code !== "Period" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#draw();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    if (event.target instanceof Element && event.target.closest("[data-curtain]")) this.#draw();
  }

  #draw() {
    const cloth = this.querySelector("button");
    if (!cloth) return;
    cloth.hidden = !cloth.hidden;
    if (!cloth.hidden) cloth.focus();
  }
}

customElements.define("room-curtain", RoomCurtain);
