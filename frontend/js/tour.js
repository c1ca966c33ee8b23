// A tour of the page: driver.js points at one part after the other. Loaded only by pages that have one.
// Parts the page does not show are left out. While it runs, the page behind it is inert.
import { driver } from "driver.js";

const steps = JSON.parse(document.getElementById("tour-steps").textContent);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const part = (name) =>
  [...document.querySelectorAll(`[data-tour="${name}"]`)].find((found) => found.checkVisibility({ visibilityProperty: true }));

function shown() {
  const found = steps.map(({ part: name, instead, title, text }) => {
    const element = part(name);
    if (element || !instead) return { element, popover: { title, description: text } };
    return { element: part(instead), popover: { title, description: `${text} It is behind this button.` } };
  });
  return found.filter((step) => step.element);
}

function dress(popover) {
  popover.wrapper.setAttribute("aria-modal", "true");
  // A header and a footer, which would be taken for the page's.
  popover.title.role = popover.footer.role = "presentation";
  popover.closeButton.setAttribute("aria-label", "End the tour");
  // Native order of focus, which is the popover's alone while the page is inert.
  popover.wrapper.addEventListener("keydown", (event) => event.key === "Tab" && event.stopPropagation());
  // The driver puts the focus on the first button, which closes; the next step is the likelier wish.
  queueMicrotask(() => popover.nextButton.focus());
}

// The driver marks the part it points at, and takes marks away that were the part's own.
const MARKS = ["aria-haspopup", "aria-expanded", "aria-controls"];
function keep(elements) {
  const before = elements.map((element) => [element, MARKS.filter((mark) => element.hasAttribute(mark)).map((mark) => [mark, element.getAttribute(mark)])]);
  return () => before.forEach(([element, marks]) => marks.forEach(([mark, value]) => element.setAttribute(mark, value)));
}

function start() {
  const page = [...document.body.children];
  const before = document.activeElement;
  const parts = shown();
  const undress = keep(parts.map((step) => step.element));
  const tour = driver({
    steps: parts,
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
    onPopoverRender: dress,
    // Not onDestroyed: the driver leaves it out when people are quicker than its first movement.
    onDestroyStarted: () => {
      tour.destroy();
      for (const element of page) element.inert = false;
      undress();
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
