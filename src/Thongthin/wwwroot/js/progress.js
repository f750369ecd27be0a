// Printing. The print button leads to the table in report order with print=true in its address; there, and when the page
// stands in report order already, the browser's own print opens. Without scripts the page says how to print.

const wantsPrint = () => new URLSearchParams(location.search).get("print") === "true";
const isSorted = () => !["", "no", null].includes(new URLSearchParams(location.search).get("sort"));

document.addEventListener("click", (event) => {
  if (event.target.closest("a[data-print]") && !isSorted()) {
    event.preventDefault();
    window.print();
  }
});

if (wantsPrint()) {
  await document.fonts.ready;
  window.print();
}
