// Light, dark or as the system says. The cookie lets the server draw the right theme at once.
const root = document.documentElement;
const CHOICES = ["auto", "light", "dark"];

function stored() {
  const cookie = document.cookie.match(/(?:^|; )theme=(\w+)/)?.[1];
  const choice = cookie ?? localStorage.getItem("theme");
  return CHOICES.includes(choice) ? choice : "auto";
}

function show(choice) {
  root.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
  document.dispatchEvent(new CustomEvent("theme"));
}

export function choose(choice) {
  localStorage.setItem("theme", choice);
  document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax`;
  show(choice);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (button) choose(button.dataset.themeChoice);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(stored()));
show(stored());
