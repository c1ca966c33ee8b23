// Says in words why a passkey could not be used; asking the device is allauth's own script.
import { toast } from "./toast.js";

const REASONS = {
  NotAllowedError: "The passkey was not used: it was cancelled, or it took too long.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "Passkeys do not work at this address. Open the site by its name over https, or as http://localhost.",
};

// Browsers know this machine's own name for passkeys, and not its number.
const isThisMachine = ["127.0.0.1", "[::1]"].includes(location.hostname);

function elsewhere(name) {
  if (name !== "SecurityError" || !isThisMachine) return {};
  const address = new URL(location.href);
  address.hostname = "localhost";
  return { href: address.href, label: "Open it there" };
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const name = event.detail?.exception?.name;
  const message = REASONS[name] ?? "This browser could not use a passkey. Use your password and a code.";
  toast({ message, tone: "error", ...elsewhere(name) });
});
