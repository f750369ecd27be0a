// A calendar beside a date field, in Buddhist years. The field stays an ordinary text field: the calendar only writes
// into it. Keyboard as in the ARIA practices: arrows move by day and week, Page Up/Down by month, with Shift by year,
// Home/End to the week's ends, Enter chooses, Escape closes.

const WORDS = {
  th: {
    open: "เปิดปฏิทิน",
    dialog: "เลือกวันที่",
    month: "เดือน",
    year: "ปี พ.ศ.",
    previous: "เดือนก่อน",
    next: "เดือนถัดไป",
    today: "วันนี้",
    months: "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(" "),
    days: "อา. จ. อ. พ. พฤ. ศ. ส.".split(" "),
  },
  en: {
    open: "Open the calendar",
    dialog: "Choose a day",
    month: "Month",
    year: "Year (BE)",
    previous: "Previous month",
    next: "Next month",
    today: "Today",
    months: "January February March April May June July August September October November December".split(" "),
    days: "Su Mo Tu We Th Fr Sa".split(" "),
  },
};

const utc = (year, month, day) => new Date(Date.UTC(year, month, day));
const sameDay = (a, b) => a && b && a.getTime() === b.getTime();
const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
const pad = (number) => String(number).padStart(2, "0");

/** Today in Bangkok, whatever the machine's own zone is. */
function bangkokToday() {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Bangkok" })
    .format(new Date()).split("-").map(Number);
  return utc(year, month - 1, day);
}

/** Reads what stands in the field: d/m/yyyy or yyyy-mm-dd, years over 2400 are Buddhist; null when it is no date. */
function parse(text) {
  const plain = arabic(text.trim());
  const local = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(plain);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  const [year, month, day] = local ? [local[3], local[2], local[1]].map(Number) : iso ? iso.slice(1).map(Number) : [];
  if (!year) return null;
  const date = utc(year > 2400 ? year - 543 : year, month - 1, day);
  return date.getUTCMonth() === month - 1 ? date : null;
}

const write = (date) => `${pad(date.getUTCDate())}/${pad(date.getUTCMonth() + 1)}/${date.getUTCFullYear() + 543}`;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function addCalendar(input) {
  const words = WORDS[input.dataset.date] ?? WORDS.th;
  const today = bangkokToday();
  let shown = parse(input.value) ?? today;
  let popover = null;

  const opener = element("button", { type: "button", class: "btn btn-outline-secondary", "aria-label": words.open, "aria-expanded": "false" });
  opener.innerHTML =
    '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.7" aria-hidden="true"><path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3"/></svg>';
  input.after(opener);

  function close(focus = true) {
    if (!popover) return;
    popover.remove();
    popover = null;
    opener.setAttribute("aria-expanded", "false");
    if (focus) opener.focus();
  }

  function choose(date) {
    input.value = write(date);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close(false);
    input.focus();
  }

  function move(date, focus = true) {
    shown = date;
    draw();
    if (focus) popover.querySelector('button[tabindex="0"]').focus();
  }

  // The same day of another month, or that month's last day.
  function addMonths(count) {
    const last = utc(shown.getUTCFullYear(), shown.getUTCMonth() + count + 1, 0);
    return utc(last.getUTCFullYear(), last.getUTCMonth(), Math.min(shown.getUTCDate(), last.getUTCDate()));
  }

  const addDays = (count) => utc(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate() + count);

  function head() {
    const months = element("select", { "aria-label": words.month },
      ...words.months.map((name, index) => element("option", { value: String(index) }, name)));
    months.value = String(shown.getUTCMonth());
    months.addEventListener("change", () => {
      move(addMonths(Number(months.value) - shown.getUTCMonth()), false);
      popover.querySelector("select").focus();
    });
    const first = Math.min(today.getUTCFullYear() - 30, shown.getUTCFullYear());
    const last = Math.max(today.getUTCFullYear() + 30, shown.getUTCFullYear());
    const years = element("select", { "aria-label": words.year });
    for (let year = last; year >= first; year--) years.append(element("option", { value: String(year) }, String(year + 543)));
    years.value = String(shown.getUTCFullYear());
    years.addEventListener("change", () => {
      move(addMonths(12 * (Number(years.value) - shown.getUTCFullYear())), false);
      popover.querySelectorAll("select")[1].focus();
    });
    const step = (label, sign, count) => {
      const button = element("button", { type: "button", class: "nav-button", "aria-label": label }, sign);
      button.addEventListener("click", () => {
        move(addMonths(count), false);
        popover.querySelector(`button[aria-label="${label}"]`).focus();
      });
      return button;
    };
    return element("header", {}, step(words.previous, "‹", -1), months, years, step(words.next, "›", 1));
  }

  function dayCell(date) {
    const chosen = sameDay(date, parse(input.value));
    const button = element("button", {
      type: "button",
      tabindex: sameDay(date, shown) ? "0" : "-1",
      "aria-label": `${date.getUTCDate()} ${words.months[date.getUTCMonth()]} ${date.getUTCFullYear() + 543}`,
    }, String(date.getUTCDate()));
    if (chosen) button.setAttribute("aria-pressed", "true");
    if (sameDay(date, today)) button.setAttribute("aria-current", "date");
    button.addEventListener("click", () => choose(date));
    return element("td", {}, button);
  }

  function draw() {
    const [year, month] = [shown.getUTCFullYear(), shown.getUTCMonth()];
    const body = element("tbody");
    const blank = utc(year, month, 1).getUTCDay();
    const count = utc(year, month + 1, 0).getUTCDate();
    let row = element("tr", {}, ...Array.from({ length: blank }, () => element("td")));
    for (let day = 1; day <= count; day++) {
      if (row.children.length === 7) {
        body.append(row);
        row = element("tr");
      }
      row.append(dayCell(utc(year, month, day)));
    }
    body.append(row);
    const names = element("tr", {}, ...words.days.map((name) => element("th", { scope: "col" }, name)));
    const goToday = element("button", { type: "button", class: "btn btn-sm btn-outline-secondary" }, words.today);
    goToday.addEventListener("click", () => choose(today));
    popover.replaceChildren(head(), element("table", {}, element("thead", {}, names), body), goToday);
  }

  function open() {
    shown = parse(input.value) ?? today;
    popover = element("div", { class: "date-popover", role: "dialog", "aria-label": words.dialog });
    opener.after(popover);
    opener.setAttribute("aria-expanded", "true");
    popover.addEventListener("keydown", onKey);
    move(shown);
  }

  function onKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
      return;
    }
    if (!event.target.closest("td")) return;
    const weekday = shown.getUTCDay();
    const target = {
      ArrowLeft: () => addDays(-1),
      ArrowRight: () => addDays(1),
      ArrowUp: () => addDays(-7),
      ArrowDown: () => addDays(7),
      Home: () => addDays(-weekday),
      End: () => addDays(6 - weekday),
      PageUp: () => addMonths(event.shiftKey ? -12 : -1),
      PageDown: () => addMonths(event.shiftKey ? 12 : 1),
    }[event.key];
    if (target) {
      event.preventDefault();
      move(target());
    }
  }

  opener.addEventListener("click", () => (popover ? close() : open()));
  document.addEventListener("click", (event) => {
    // Redrawing removes the clicked button from the page, so the path of the click decides.
    if (popover && !event.composedPath().includes(popover) && !opener.contains(event.target)) close(false);
  });
  input.parentElement.addEventListener("focusout", (event) => {
    if (popover && event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) close(false);
  });
}

export function addCalendars(root = document) {
  for (const input of root.querySelectorAll("input[data-date]:not([data-calendar])")) {
    input.dataset.calendar = "ready";
    if (!input.readOnly) addCalendar(input);
  }
}

addCalendars();
document.addEventListener("htmx:load", (event) => addCalendars(event.target));
