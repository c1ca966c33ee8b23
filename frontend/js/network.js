// What was not sent or not accepted is said, with a way to send it again.
import htmx from "htmx.org";
import { toast } from "./toast.js";

function again(detail) {
  const element = detail.elt;
  const { verb, path } = detail.requestConfig;
  if (element.isConnected) {
    htmx.ajax(verb, path, { source: element, target: detail.target, values: detail.requestConfig.unfilteredParameters });
  } else location.reload();
}

document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.requestConfig.triggeringEvent?.type === "load" || isPolling(event.detail.elt)) return;
  toast({
    message: "Not sent: the server could not be reached.",
    tone: "error",
    label: "Retry",
    onAction: () => again(event.detail),
  });
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (isPolling(event.detail.elt)) return;
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = page.querySelector("[data-reason]")?.textContent.trim();
  const known = {
    409: "Somebody changed this in the meantime. Reload the page and try again.",
    429: "Too many requests. Wait a moment and try again.",
  };
  toast({ message: said ?? known[status] ?? "That did not work, and nothing was changed.", tone: "error" });
});

const isPolling = (element) => /every/.test(element.getAttribute?.("hx-trigger") ?? "");

const banner = document.getElementById("offline");
const update = () => banner && (banner.hidden = navigator.onLine);
addEventListener("online", update);
addEventListener("offline", update);
update();
