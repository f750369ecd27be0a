// Small comforts over pages that work without it. A form that is being sent is not sent twice by a second click;
// the server would recognise it anyway, this only spares the reader the wait.

import "./offline/membership.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || "repeatable" in form.dataset) {
    return;
  }
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "true";
  form.setAttribute("aria-busy", "true");
});

// Coming back with the back button shows the page as it was left: sending is over.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  }
});

// An open menu closes on Escape and on a click elsewhere.
const openMenus = () => document.querySelectorAll("details.account-menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The error summary takes the focus, so that it is read first.
document.querySelector(".error-summary")?.focus();

// A button that prints is shown only where it can: the browser's own print needs a script.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

if (document.querySelector("form[data-workbook]")) {
  import("./workbook.js");
}

if (document.querySelector("input[data-date]")) {
  import("./date-picker.js");
}

// A link that is shown once is easier to copy with a button.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}

// One tick for all ticks of a section: comfort over ticking them one by one.
for (const form of document.querySelectorAll("form[data-check-all]")) {
  for (const section of form.querySelectorAll("section")) {
    const ticks = [...section.querySelectorAll("input[type=checkbox]")];
    if (ticks.length < 2) continue;
    const label = document.createElement("label");
    label.className = "check-all";
    const all = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input" });
    label.append(all, ` ${form.dataset.checkAll}`);
    section.querySelector("ul").before(label);
    all.addEventListener("change", () => ticks.forEach((tick) => (tick.checked = all.checked)));
    section.addEventListener("change", () => {
      const checked = ticks.filter((tick) => tick.checked).length;
      all.checked = checked === ticks.length;
      all.indeterminate = checked > 0 && checked < ticks.length;
    });
  }
}
