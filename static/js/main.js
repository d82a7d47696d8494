/** The single module of every page: defines all elements, and the few small behaviours that need none. */
import "./elements/film-player.js";
import "./elements/tag-palette.js";
import "./elements/time-line.js";
import "./elements/moment-editor.js";
import "./elements/work-space.js";
