// Where a row of tabs is wider than the screen, the open one is brought into view.
document.querySelectorAll(".tabs").forEach((row) => {
  const open = row.querySelector("[aria-current]");
  if (open && open.offsetLeft + open.offsetWidth > row.clientWidth) {
    row.scrollLeft = open.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
  }
});
