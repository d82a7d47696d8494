/** The single module of every page: defines the elements, and the few small behaviours that need none. */
import { isThere, node } from "./dom.js";
import "./elements/film-player.js";
import "./elements/habit-asks.js";
import "./elements/key-sheet.js";
import "./elements/moment-editor.js";
import "./elements/picture-lens.js";
import "./elements/tag-palette.js";
import "./elements/take-back.js";
import "./elements/time-line.js";
import "./elements/turn-buttons.js";
import "./elements/who-sees.js";
import "./elements/work-space.js";
import { wipe } from "./lib/vault.js";

/** What stands on few pages comes only there. */
const SELDOM = [
  ...["clip-player", "film-hints", "film-recorder", "film-reel", "film-situations", "film-state", "film-watch"],
  ...["find-families", "kept-draft", "moment-hypotheses", "phone-camera", "phone-watch", "read-aloud"],
  ...["room-curtain", "still-plays", "to-review", "upload-drop", "voice-note"],
];
for (const name of SELDOM)
  if (document.querySelector(name)) void import(`./elements/${name}.js`);

/** Who signs out leaves nothing that waits for a connection in this browser. */
document.addEventListener("submit", ({ target }) => {
  if (target instanceof HTMLFormElement && target.action.endsWith("/sign-out")) wipe();
});

/** A field with data-autosubmit sends its form when it changes; without script its form has a button. */
document.addEventListener("change", (event) => {
  const field = event.target instanceof Element ? event.target.closest("[data-autosubmit]") : null;
  const form = field?.closest("form");
  if (form) form.requestSubmit();
});

/**
 * A form is not sent into nowhere: when the browser says that it has no connection, the server is asked first (it may
 * be this laptop), and without an answer what was typed stays, and the page says so.
 * @type {WeakSet<HTMLFormElement>} forms whose server answered
 */
const going = new WeakSet();
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (navigator.onLine || !(form instanceof HTMLFormElement) || form.method === "dialog" || going.has(form))
    return;
  event.preventDefault();
  form.querySelector(".is-offline")?.remove();
  if (await isThere(location.href)) {
    going.add(form);
    form.requestSubmit(submitter);
  } else {
    const words = node("p", {}, document.body.dataset.offline);
    form.append(node("div", { class: "notice attention is-offline", role: "alert" }, words));
  }
});

/** What only the counselor sees folds when its page is left: the way back brings it folded. */
window.addEventListener("pagehide", () => {
  for (const fold of document.querySelectorAll("details.private")) fold.removeAttribute("open");
});

/** A press on data-print prints the page. */
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

/** A still that is being made answers 202: look again, a few times, each time a little later. */
document.addEventListener(
  "error",
  (event) => {
    const image = event.target;
    if (!(image instanceof HTMLImageElement) || !/\/(still|poster)$/.test(new URL(image.src).pathname)) return;
    const tries = Number(image.dataset.tries ?? 0);
    if (tries >= 6) return;
    image.dataset.tries = String(tries + 1);
    setTimeout(() => {
      const again = new URL(image.src);
      again.searchParams.set("again", String(tries + 1));
      image.src = again.href;
    }, 1000 * (tries + 1));
  },
  true,
);
