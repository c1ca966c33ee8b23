// Says in words why a passkey could not be used; asking the device is allauth's own script.
import { toast } from "./toast.js";

const REASONS = {
  NotAllowedError: "The passkey was not used: it was cancelled, or it took too long.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "Passkeys do not work at this address. Open the site by its name over https, or as http://localhost.",
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const reason = REASONS[event.detail?.exception?.name];
  toast({ message: reason ?? "This browser could not use a passkey. Use your password and a code.", tone: "error" });
});
