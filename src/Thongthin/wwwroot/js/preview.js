// The preview of a form: everything that the entry page computes, and nothing of what it keeps.

import { startLive } from "./live.js";
import { startLocating } from "./locate.js";
import { newKey } from "./offline/state.js";
import { startRows } from "./sheet.js";

const form = document.getElementById("entry");

if (form) {
  startLive(form);
  startLocating(form);
  startRows(form, () => newKey());
}
