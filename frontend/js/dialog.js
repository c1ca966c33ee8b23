// Native dialogs. A button with data-opens="id" opens a dialog of the page; an htmx answer that lands in
// #modal opens the shared one. data-closes, a click beside the box, Esc, and HX-Trigger: closeModal close it.
const modal = () => document.getElementById("modal");

function open(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  (dialog.querySelector("[data-safe]") ?? dialog.querySelector("[autofocus]"))?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      open(dialog);
    }
    return;
  }
  const closer = event.target.closest("[data-closes]");
  const around = closer?.closest("dialog");
  if (around) {
    event.preventDefault();
    around.close();
  } else if (event.target instanceof HTMLDialogElement && !event.target.hasAttribute("data-stays")) {
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = modal();
  if (!dialog || event.detail.target !== dialog) return;
  if (!dialog.innerHTML.trim()) return dialog.close();
  const heading = dialog.querySelector("h1, h2");
  if (heading) {
    heading.id ||= "modal-title";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  open(dialog);
});
document.addEventListener("closeModal", () => modal()?.close());
document.addEventListener(
  "close",
  (event) => {
    if (event.target.id === "modal") event.target.replaceChildren();
  },
  true,
);
