// The switcher in the menu is a disclosure: Esc and a click elsewhere close it, as they close menus.
const opened = () => document.querySelector("details.switcher[open]");

document.addEventListener("keydown", (event) => {
  const switcher = event.key === "Escape" && opened();
  if (!switcher) return;
  // Not the drawer around it as well.
  event.preventDefault();
  switcher.open = false;
  switcher.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  const switcher = opened();
  if (switcher && !switcher.contains(event.target)) switcher.open = false;
});
