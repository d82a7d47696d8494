import { node, part, say, tell } from "../dom.js";
import { photoShown } from "../lib/shelf.js";
import { stamp } from "../lib/timecode.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/**
 * More about an open moment, read when it is unfolded: the photo that stands for it everywhere, and who of the family
 * said or approved what the child would say.
 */
export class EditorMore {
  /** @param {import("./moment-editor.js").MomentEditor} editor */
  constructor(editor) {
    this.editor = editor;
    this.src = "";
  }

  /**
   * @param {Moment} moment
   */
  show(moment) {
    this.#photo(moment);
    this.#agreed(moment);
  }

  /**
   * @param {HTMLElement} button
   */
  pressed({ dataset }) {
    if (dataset.part === "photo-take") tell(this.editor, "vbg:photo-request");
    else if (dataset.part === "photo-back") this.editor.change({ photo_ms: null });
    else if (dataset.agreed) this.#agree(dataset.agreed);
  }

  /**
   * @param {Moment} moment
   */
  #photo(moment) {
    const box = part(this.editor, "photo");
    if (!box) return;
    const shown = photoShown(moment);
    const kept = moment.photo_ms ?? null;
    this.#picture(box, `${box.dataset.stills}?at_ms=${shown ?? moment.start_ms}`);
    const back = part(box, "photo-back");
    if (back) back.hidden = kept === null;
    const key = kept === null ? "photo_usual" : shown === null ? "photo_waits" : "photo_kept";
    tellIn(part(box, "photo-said"), say(key, { time: stamp(kept ?? moment.start_ms) }));
  }

  /**
   * @param {HTMLElement} box
   * @param {string} src
   */
  #picture(box, src) {
    if (this.src === src) return;
    this.src = src;
    const image = node("img", { src, alt: "", loading: "lazy", width: "112", height: "63" });
    part(box, "photo-picture")?.replaceChildren(image);
  }

  /**
   * @param {Moment} moment
   */
  #agreed(moment) {
    const box = part(this.editor, "agreed");
    if (!box) return;
    const by = moment.child_says_by ?? "";
    const open = Boolean(moment.child_says?.trim());
    for (const button of box.querySelectorAll("button")) {
      button.disabled = !open;
      button.classList.toggle("on", button.dataset.agreed === by);
      button.setAttribute("aria-pressed", String(button.dataset.agreed === by));
    }
    tellIn(part(box, "agreed-said"), by ? say("agreed_by", { name: by }) : open ? say("agreed_none") : "");
  }

  /**
   * One press keeps who it was, the same press takes it back.
   * @param {string} name
   */
  #agree(name) {
    this.editor.texts.flush();
    this.editor.change({ child_says_by: this.editor.moment?.child_says_by === name ? "" : name });
  }
}

/**
 * @param {HTMLElement | null} place
 * @param {string} text
 */
function tellIn(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
