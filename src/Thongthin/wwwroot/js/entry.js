// The entry page: autosave, and small comforts over a form that works without scripts.

import { startAutosave } from "./autosave.js";
import { startLive } from "./live.js";
import { openPlace } from "./offline/place.js";

const form = document.getElementById("entry");

if (form) {
  form.addEventListener("input", () => (form.dataset.touched = ""), { once: true, capture: true });
  startLive(form);
  if (form.querySelector("[data-locate]")) import("./locate.js").then(({ startLocating }) => startLocating(form));
  // While two people's values wait to be decided nothing is saved behind the reader's back.
  if (!form.querySelector(".conflicts")) {
    const { place, kept } = await openPlace(form);
    await startAutosave(form, kept, place);
  }

  // A row with something in it is not removed by a slip of the finger.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button) return;
    const row = button.closest("[data-row]");
    const isFilled = [...row.querySelectorAll("input, select, textarea")].some((control) =>
      control.type === "radio" || control.type === "checkbox" ? control.checked && control.value : control.value.trim());
    if (isFilled && !window.confirm(button.dataset.confirm)) event.preventDefault();
  }, { capture: true });

  // A link into the page, or a row just added, gets the focus: the first control of what the address names.
  const focusTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    if (control && target.closest("form")) control.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", focusTarget);
  focusTarget();
}
