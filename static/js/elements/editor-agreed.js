import { part, say } from "../dom.js";

/** Who of the family said or approved what the child would say: one press keeps it, the same press takes it back. */
export class EditorAgreed {
  /** @param {import("./moment-editor.js").MomentEditor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /**
   * @param {import("../lib/shelf.js").Moment} moment
   */
  show(moment) {
    const box = part(this.editor, "agreed");
    if (!box) return;
    const by = moment.child_says_by ?? "";
    const open = Boolean(moment.child_says?.trim());
    for (const button of box.querySelectorAll("button")) {
      button.disabled = !open;
      button.classList.toggle("on", button.dataset.agreed === by);
      button.setAttribute("aria-pressed", String(button.dataset.agreed === by));
    }
    const said = part(box, "agreed-said");
    const text = by ? say("agreed_by", { name: by }) : open ? say("agreed_none") : "";
    if (said && said.textContent !== text) said.textContent = text;
  }

  /**
   * @param {string} name of who was pressed
   */
  pressed(name) {
    this.editor.texts.flush();
    this.editor.change({ child_says_by: this.editor.moment?.child_says_by === name ? "" : name });
  }
}
