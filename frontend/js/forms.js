// Forms are sent once; a changed form with data-guard asks before it is left; errors get the focus.
const sending = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.hasAttribute("data-repeats")) return;
  if (sending.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.removeAttribute("data-changed");
  if (form.matches("[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]") || form.method !== "post") return;
  sending.add(form);
  event.submitter?.setAttribute("aria-busy", "true");
});

// htmx marks what is in flight; its button says so too.
for (const [name, busy] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(name, (event) => {
    const element = event.detail.elt;
    const button = element.matches("form") ? element.querySelector('[type="submit"]') : element.closest("button");
    if (busy) button?.setAttribute("aria-busy", "true");
    else button?.removeAttribute("aria-busy");
  });
}

// Coming back with the browser's Back button must not leave the form locked.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) sending.delete(form);
  document.querySelectorAll('[aria-busy="true"]').forEach((button) => button.removeAttribute("aria-busy"));
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) form.setAttribute("data-changed", "");
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});

// A control with data-submits sends its form on change, for filters.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form?.requestSubmit();
});

const focusErrors = (root) => root.querySelector?.("[data-errors]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));
focusErrors(document);
