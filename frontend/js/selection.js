// Row selection: the header box chooses all rows of the page, the bulk bar shows how many.
function refresh(scope) {
  const boxes = [...scope.querySelectorAll("input[data-select]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = scope.querySelector("input[data-select-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const bar = scope.querySelector("[data-bulk]");
  if (bar) bar.hidden = chosen === 0;
  const count = scope.querySelector("[data-bulk-count]");
  if (count) count.textContent = `${chosen} selected`;
}

document.addEventListener("change", (event) => {
  const scope = event.target.closest("[data-selection]");
  if (!scope) return;
  if (event.target.matches("[data-select-all]")) {
    for (const box of scope.querySelectorAll("input[data-select]")) box.checked = event.target.checked;
  }
  refresh(scope);
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-bulk-clear]")) return;
  const scope = event.target.closest("[data-selection]");
  for (const box of scope.querySelectorAll("input[data-select]")) box.checked = false;
  refresh(scope);
});
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("[data-selection]").forEach(refresh));
