// "Where am I": puts the machine's position into a field for places. A line or an area gets one more point.

const DIGITS = 6;

export function startLocating(form) {
  if (!("geolocation" in navigator)) return;
  const show = () => form.querySelectorAll("[data-locate][hidden]").forEach((button) => (button.hidden = false));
  form.addEventListener("htmx:load", show);
  show();
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-locate]");
    if (!button) return;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const field = button.closest(".place-field").querySelector("input, textarea");
        const round = (number) => Number((number ?? 0).toFixed(DIGITS));
        const place = [coords.latitude, coords.longitude, coords.altitude, coords.accuracy].map(round).join(" ");
        field.value = field.localName === "input" || field.value.trim() === "" ? place : `${field.value.trim()}; ${place}`;
        field.dispatchEvent(new Event("change", { bubbles: true }));
        button.disabled = false;
      },
      // Not allowed, or not known: the field can be typed into all the same.
      () => button.remove(),
      { enableHighAccuracy: true, timeout: 30_000 },
    );
  });
}
