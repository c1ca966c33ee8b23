// The practice clock in the top bar runs on between page loads, at the speed the server gave.
const chip = document.querySelector("[data-clock]");

if (chip) {
  const speed = Number(chip.dataset.speed);
  const start = Date.parse(chip.dataset.clock);
  const offset = Number(chip.dataset.offset || 0) * 60_000;
  const loaded = Date.now();
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const draw = () => {
    const moment = new Date(start + (Date.now() - loaded) * speed);
    const local = new Date(moment.getTime() + offset);
    chip.querySelector(".date").textContent = `${day.format(local)},`;
    const shown = chip.querySelector("time");
    shown.textContent = time.format(local);
    shown.dateTime = moment.toISOString();
  };
  if (speed > 0 && !Number.isNaN(start)) setInterval(draw, speed > 60 ? 500 : 1000);
}
