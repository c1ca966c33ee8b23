// A button with data-needs="id" is off until that box is ticked; without scripts the server refuses.
const follow = (button) => {
  const box = document.getElementById(button.dataset.needs);
  const turn = () => { button.disabled = !box.checked; };
  box.addEventListener("change", turn);
  turn();
};
document.querySelectorAll("[data-needs]").forEach(follow);
// Browsers bring back ticked boxes without telling.
addEventListener("pageshow", () => document.querySelectorAll("[data-needs]").forEach((button) => {
  button.disabled = !document.getElementById(button.dataset.needs).checked;
}));
