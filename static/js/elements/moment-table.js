import { icon, node, say, tell } from "../dom.js";
import { pageOf } from "../lib/pages.js";
import { clock } from "../lib/timecode.js";

/** So many rows at once, however many moments a film has. */
const ROWS = 50;

/**
 * @typedef {import("../lib/shelf.js").Shelf} Shelf
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {Map<string, import("./tag-palette.js").Label>} Labels
 */

/** <moment-table>: the moments of the timeline as a real table, made when it is asked for. Wish: `vbg:open-request` {id}. */
export class MomentTable extends HTMLElement {
  /**
   * @param {Shelf} shelf
   * @param {Labels} labels
   * @param {number} [nowMs] the page with this time is shown
   */
  open(shelf, labels, nowMs = 0) {
    this.shelf = shelf;
    this.labels = labels;
    if (!this.dialog) this.#build();
    this.#show(shelf.near(nowMs));
    this.dialog?.showModal();
  }

  #build() {
    this.body = node("tbody");
    this.place = node("span", { role: "status", class: "muted" });
    this.earlier = this.#turn("table_before", "pijl-links");
    this.later = this.#turn("table_after", "pijl-rechts");
    const close = node("button", { class: "btn s" }, say("table_close"));
    const names = ["table_begin", "table_end", "table_labels", "table_words"];
    const head = node("tr", {}, ...names.map((name) => node("th", { scope: "col" }, say(name))));
    const title = node("h2", { id: "moment-table" }, say("moments_table"));
    const table = node("table", { class: "mt" }, node("thead", {}, head), this.body);
    this.empty = node("p", { class: "muted" }, say("table_empty"));
    this.dialog = node(
      "dialog",
      { class: "ws-dialog mt-dialog", "aria-labelledby": "moment-table" },
      node(
        "form",
        { method: "dialog", class: "mt-head" },
        title,
        this.place,
        this.earlier,
        this.later,
        close,
      ),
      node("div", { class: "mt-scroll", tabindex: "0" }, this.empty, table),
    );
    this.append(this.dialog);
  }

  /**
   * @param {string} word
   * @param {string} drawing
   */
  #turn(word, drawing) {
    const button = node(
      "button",
      { type: "button", class: "ib", "aria-label": say(word), title: say(word) },
      icon(drawing),
    );
    button.addEventListener("click", () => this.#show(Number(button.dataset.at)));
    return button;
  }

  /**
   * @param {number} at a place in the list
   */
  #show(at) {
    const all = this.shelf?.sorted ?? [];
    const page = pageOf(all.length, ROWS, at);
    this.body?.replaceChildren(...all.slice(page.from, page.to).map((one) => this.#row(one)));
    if (this.empty) this.empty.hidden = all.length > 0;
    if (this.place)
      this.place.textContent = all.length
        ? say("table_page", { from: page.from + 1, to: page.to, n: all.length })
        : "";
    for (const [button, to] of /** @type {const} */ ([
      [this.earlier, page.before],
      [this.later, page.after],
    ])) {
      if (!button) continue;
      button.disabled = to === null;
      button.dataset.at = String(to ?? 0);
    }
  }

  /**
   * @param {Moment} moment
   */
  #row(moment) {
    const open = node("button", { type: "button", class: "mt-open mono" }, clock(moment.start_ms));
    open.setAttribute("aria-label", say("moment_at", { time: clock(moment.start_ms) }));
    open.addEventListener("click", () => {
      this.dialog?.close();
      tell(this, "vbg:open-request", { id: moment.id });
    });
    const labels = moment.marks.map((mark) => this.labels?.get(mark.tag)?.label ?? say("moment"));
    const chosen = moment.chosen ? `${say("chosen")}. ` : "";
    return node(
      "tr",
      {},
      node("th", { scope: "row" }, open),
      node("td", { class: "mono" }, moment.end_ms === null ? "" : clock(moment.end_ms)),
      node("td", {}, labels.join(", ") || say("moment")),
      node("td", { dir: "auto" }, chosen + moment.words),
    );
  }
}

customElements.define("moment-table", MomentTable);
