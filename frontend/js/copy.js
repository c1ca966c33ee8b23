// Copies an id and says so, in words as well as by colour.
import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    toast({ message: `Copying is not allowed here. The value is ${button.dataset.copy}.`, tone: "warning" });
    return;
  }
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
  toast({ message: `Copied ${button.dataset.copy}.` });
});
