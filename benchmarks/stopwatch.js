// Before the page's own scripts: lets it be heard when the server says something, however little of it is then shown.
window.WebSocket = class extends WebSocket {
  constructor(...parts) {
    super(...parts);
    this.addEventListener("message", () => window.dispatchEvent(new Event("heard")));
  }
};

// Waits for one click or key of the reader; window.measured is then the milliseconds from it to the frame that paints
// the last change: the server has answered, the script has run, and nothing has happened for a while.
window.measureAfter = (event) => {
  const QUIET_MS = 300;
  const app = document.querySelector('[data-testid="stApp"]');
  window.measured = new Promise((resolve) => {
    let begun, painted, quiet;
    const notice = () => {
      clearTimeout(quiet);
      quiet = setTimeout(stop, QUIET_MS);
      requestAnimationFrame(() => setTimeout(() => (painted = performance.now())));
    };
    const changes = new MutationObserver(notice);
    const stop = () => {
      if (!painted || app.dataset.testScriptState !== "notRunning") return;
      changes.disconnect();
      window.removeEventListener("heard", notice);
      resolve(painted - begun);
    };
    const hear = () => {
      changes.observe(app, { subtree: true, childList: true, attributes: true, characterData: true });
      window.addEventListener("heard", notice);
      notice();
    };
    const start = () => {
      begun = performance.now();
      window.addEventListener("heard", hear, { once: true });
    };
    window.addEventListener(event, start, { capture: true, once: true });
  });
};
