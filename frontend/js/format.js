// Numbers as the pages print them: money by currency, percent, plain; short forms for axes.
export function formatter(unit, currency, short = false) {
  const style = { maximumFractionDigits: 2 };
  if (unit === "money") Object.assign(style, { style: "currency", currency });
  if (short) Object.assign(style, { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 });
  const format = new Intl.NumberFormat("en-US", style);
  return (value) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    return unit === "percent" ? `${format.format(value)} %` : format.format(value);
  };
}
