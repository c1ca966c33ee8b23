// The practice clock in the top bar runs on between two answers of the server, at the speed it gave.
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const slot = document.querySelector("[data-clock-slot]");
let chip;
let taken;

function take() {
  chip = slot.querySelector("[data-clock]");
  taken = Date.now();
}

function draw() {
  if (!chip) return;
  const moment = Date.parse(chip.dataset.clock) + (Date.now() - taken) * Number(chip.dataset.speed);
  const local = moment + Number(slot.dataset.offset || 0) * 60_000;
  chip.querySelector(".date").textContent = `${DAY.format(local)},`;
  const shown = chip.querySelector("time");
  shown.textContent = TIME.format(local);
  shown.dateTime = new Date(moment).toISOString();
}

if (slot) {
  take();
  slot.addEventListener("htmx:afterSwap", () => {
    take();
    draw();
  });
  setInterval(draw, 1000);
}
