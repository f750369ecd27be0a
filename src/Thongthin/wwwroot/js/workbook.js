// Storing a workbook: shows how far it is, and can be cancelled. The program stores everything at the end or nothing, so
// that leaving in the middle does no harm. Without scripts the form is simply sent, and the answer is the next page.

const form = document.querySelector("form[data-workbook]");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const panel = form.querySelector(".workbook-progress");
  const bar = panel.querySelector("progress");
  const failed = form.querySelector("[data-failed]");
  const stop = new AbortController();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  panel.hidden = false;
  failed.hidden = true;
  form.querySelector(".actions").hidden = true;
  panel.querySelector("[data-cancel]").addEventListener("click", () => stop.abort(), { once: true });
  const timer = setInterval(async () => {
    const answer = await fetch(form.dataset.workbook).catch(() => null);
    if (answer?.ok) bar.value = (await answer.json()).done;
  }, 500);
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: stop.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
    document.querySelector(".error-summary, h1")?.focus();
  } catch {
    failed.hidden = stop.signal.aborted;
    panel.hidden = true;
    form.querySelector(".actions").hidden = false;
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  } finally {
    clearInterval(timer);
  }
});
