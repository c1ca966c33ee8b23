// A tour of the page: driver.js points at one part after the other. Loaded only by pages that have one.
// Parts the page does not show are left out. While it runs, the page behind it is inert.
import { driver } from "driver.js";

const steps = JSON.parse(document.getElementById("tour-steps").textContent);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const part = (name) =>
  [...document.querySelectorAll(`[data-tour="${name}"]`)].find((found) => found.checkVisibility({ visibilityProperty: true }));

function shown() {
  const found = steps.map(({ part: name, instead, title, text }) => ({
    element: part(name) ?? (instead && part(instead)),
    popover: { title, description: text },
  }));
  return found.filter((step) => step.element);
}

function name(popover) {
  popover.wrapper.setAttribute("aria-modal", "true");
  popover.closeButton.setAttribute("aria-label", "End the tour");
  // Native order of focus, which is the popover's alone while the page is inert.
  popover.wrapper.addEventListener("keydown", (event) => event.key === "Tab" && event.stopPropagation());
}

function start() {
  const page = [...document.body.children];
  const before = document.activeElement;
  const tour = driver({
    steps: shown(),
    animate: !calm.matches,
    smoothScroll: !calm.matches,
    duration: 200,
    overlayColor: "#080e12",
    overlayOpacity: 0.6,
    stagePadding: 6,
    stageRadius: 10,
    popoverOffset: 12,
    disableActiveInteraction: true,
    overlayClickBehavior: () => {},
    popoverClass: "tour-step",
    showProgress: true,
    progressText: "{{current}} of {{total}}",
    nextBtnText: "Next",
    prevBtnText: "Back",
    doneBtnText: "Done",
    onPopoverRender: name,
    onHighlighted: (_element, _step, { state }) => state.popover?.nextButton.focus(),
    onDestroyed: () => {
      for (const element of page) element.inert = false;
      end(before);
    },
  });
  for (const element of page) element.inert = true;
  tour.drive();
}

// Ending is told to the server once, by the form of the offer, which goes away with the answer.
function end(before) {
  const offer = document.querySelector("[data-ends-tour]");
  const help = document.querySelector('[data-tour="help"]');
  (offer?.closest("section").contains(before) || !before?.isConnected ? help : before)?.focus();
  offer?.requestSubmit();
}

document.addEventListener("click", (event) => event.target.closest("[data-starts-tour]") && start());
document.addEventListener("htmx:beforeSwap", (event) => {
  const offer = event.detail.target;
  if (offer.id === "tour-offer" && offer.contains(document.activeElement)) document.getElementById("main").focus();
});
