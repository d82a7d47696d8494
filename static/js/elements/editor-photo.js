import { node, part, say, tell } from "../dom.js";
import { photoShown } from "../lib/photo.js";
import { stamp } from "../lib/timecode.js";

/** The photo of an open moment: what stands for it everywhere, and a press that keeps the frame on screen. */
export class EditorPhoto {
  /** @param {import("./moment-editor.js").MomentEditor} editor */
  constructor(editor) {
    this.editor = editor;
    this.src = "";
  }

  /**
   * @param {import("../lib/shelf.js").Moment} moment
   */
  show(moment) {
    const box = part(this.editor, "photo");
    const shown = photoShown(moment);
    if (!box) return;
    this.#picture(box, `${box.dataset.stills}?at_ms=${shown ?? moment.start_ms}`);
    const kept = moment.photo_ms ?? null;
    const back = part(box, "photo-back");
    if (back) back.hidden = kept === null;
    const said = part(box, "photo-said");
    if (!said) return;
    const key = kept === null ? "photo_usual" : shown === null ? "photo_waits" : "photo_kept";
    said.textContent = say(key, { time: stamp(kept ?? moment.start_ms) });
  }

  /**
   * @param {string | undefined} name of the part that was pressed
   */
  pressed(name) {
    if (name === "photo-take") tell(this.editor, "vbg:photo-request");
    else if (name === "photo-back") this.editor.change({ photo_ms: null });
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
}
