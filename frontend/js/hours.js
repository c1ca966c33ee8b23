// The week's table of hours: names of days and hours become buttons that tick all of theirs, or
// none when all are ticked. Without scripts the boxes do.
const boxesOf = (button) => {
  const { day, hour } = button.dataset;
  const place = day === undefined ? `$="-${hour}"` : `^="${day}-"`;
  return [...button.closest("[data-week]").querySelectorAll(`input[value${place}]`)];
};

document.querySelectorAll("[data-week] button").forEach((button) => {
  button.hidden = false;
  button.previousElementSibling.hidden = true;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-week] button");
  if (!button) return;
  const boxes = boxesOf(button);
  const tick = !boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = tick;
  boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
});
