// Menus and tooltips are popovers. Tooltips, and menus in browsers without anchor positioning, get
// their place from here. Tooltips open on hover and focus too; Esc closes them (the browser's doing).
const anchored = CSS.supports("position-area", "block-end");

function invoker(popover) {
  return document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
}

function place(popover) {
  const anchor = invoker(popover)?.getBoundingClientRect();
  if (!anchor) return;
  const { width, height } = popover.getBoundingClientRect();
  const menu = popover.classList.contains("menu");
  const below = menu || anchor.top - height - 12 < 0;
  const middle = (anchor.left + anchor.right - width) / 2;
  const wanted = !menu ? middle : popover.classList.contains("end") ? anchor.right - width : anchor.left;
  popover.style.position = "fixed";
  popover.style.left = `${Math.max(8, Math.min(wanted, innerWidth - width - 8))}px`;
  popover.style.top = `${below ? anchor.bottom : Math.max(8, anchor.top - height - 12)}px`;
}

document.addEventListener(
  "toggle",
  (event) => {
    const popover = event.target;
    if (!(popover instanceof HTMLElement) || !popover.matches(".menu[popover], .tip-text[popover]")) return;
    const shown = event.newState === "open";
    invoker(popover)?.setAttribute("aria-expanded", String(shown));
    if (!shown) return;
    const menu = popover.classList.contains("menu");
    if (!menu || !anchored) place(popover);
    if (menu) (popover.querySelector("[aria-current]") ?? popover.querySelector("a, button, input"))?.focus();
  },
  true,
);

// Arrow keys walk through a menu.
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu[popover]");
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  if (event.target.matches("input, select, textarea")) return;
  const entries = [...menu.querySelectorAll(".menu-entry")];
  const last = entries.length - 1;
  const here = entries.indexOf(document.activeElement);
  const next = { ArrowDown: here < last ? here + 1 : 0, ArrowUp: here > 0 ? here - 1 : last, Home: 0, End: last };
  event.preventDefault();
  entries[next[event.key]]?.focus();
});

// A choice made inside a menu closes it.
document.addEventListener("click", (event) => {
  const entry = event.target.closest(".menu[popover] .menu-entry");
  if (entry && !entry.hasAttribute("data-keeps-menu")) entry.closest("[popover]").hidePopover?.();
});

for (const [shows, hides] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(shows, (event) => tip(event)?.showPopover?.());
  document.addEventListener(hides, (event) => {
    const text = tip(event);
    if (text && !text.contains(event.relatedTarget)) text.hidePopover?.();
  });
}

function tip(event) {
  const button = event.target.closest?.(".tip-button");
  return button && document.getElementById(button.getAttribute("popovertarget"));
}
