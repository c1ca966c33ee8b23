// Everything every page needs; charts are a file of their own.
import "htmx.org";
import "./theme.js";
import "./toast.js";
import "./dialog.js";
import "./popover.js";
import "./switcher.js";
import "./drawer.js";
import "./copy.js";
import "./clock.js";
import "./keyboard.js";
import "./forms.js";
import "./needs.js";
import "./network.js";
import "./selection.js";
import "./tabs.js";
import "./video.js";
import "./passkeys.js";
