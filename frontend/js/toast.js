// Short messages: those the page came with, those of an HX-Trigger header, and our own.
const LIFE_MS = 7000;
const ICONS = { success: "circle-check", error: "alert-circle", warning: "alert-triangle", info: "info-circle" };

function icon(name) {
  const template = document.getElementById("toast-icon");
  const svg = template.content.firstElementChild.cloneNode(true);
  const use = svg.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
  return svg;
}

function button(className, label) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.textContent = label;
  return element;
}

function expire(card) {
  let timer;
  const start = () => (timer = setTimeout(() => card.remove(), LIFE_MS));
  const stop = () => clearTimeout(timer);
  for (const name of ["mouseenter", "focusin"]) card.addEventListener(name, stop);
  for (const name of ["mouseleave", "focusout"]) card.addEventListener(name, start);
  start();
}

// A dialog lies above everything; as a popover the region lies above the dialog.
function raise(region) {
  if (!region.showPopover) return;
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

export function toast({ message, tone = "success", href, label, onAction }) {
  const region = document.getElementById("toasts");
  const card = document.createElement("div");
  card.className = `toast-card ${tone}`;
  card.dataset.toast = tone;
  card.setAttribute("role", tone === "error" ? "alert" : "status");
  const text = document.createElement("div");
  text.className = "toast-text";
  text.textContent = message;
  card.append(icon(ICONS[tone] ?? ICONS.info), text);
  if (label && href) {
    const link = document.createElement("a");
    link.className = "toast-action";
    link.href = href;
    link.textContent = label;
    card.append(link);
  } else if (label && onAction) {
    const action = button("toast-action", label);
    action.addEventListener("click", () => {
      card.remove();
      onAction();
    });
    card.append(action);
  }
  region.append(card);
  adopt(card);
  raise(region);
  return card;
}

// Errors stay until they are closed.
function adopt(card) {
  const close = button("icon-button toast-close", "");
  close.setAttribute("aria-label", "Close message");
  close.append(icon("x"));
  close.addEventListener("click", () => card.remove());
  card.append(close);
  if (card.dataset.toast !== "error") expire(card);
}

document.addEventListener("toast", (event) => {
  const detail = event.detail;
  toast(typeof detail === "string" ? { message: detail } : { ...detail, message: detail.message ?? detail.value });
});

const present = document.querySelectorAll("#toasts .toast-card");
present.forEach(adopt);
if (present.length) raise(document.getElementById("toasts"));
