// On a narrow screen the sidebar moves into a dialog, which keeps the focus inside it.
const drawer = document.getElementById("drawer");
const sidebar = document.getElementById("sidebar");
const wide = matchMedia("(min-width: 992px)");

if (drawer && sidebar) {
  const inner = sidebar.querySelector(".sidebar-inner");
  const restore = () => sidebar.append(inner);
  document.querySelector("[data-drawer]")?.addEventListener("click", (event) => {
    event.preventDefault();
    drawer.append(inner);
    drawer.showModal();
  });
  drawer.addEventListener("close", restore);
  wide.addEventListener("change", () => wide.matches && drawer.open && drawer.close());
}
