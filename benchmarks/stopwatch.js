// Waits for one click or key of the reader, and gives the milliseconds from it to the frame that paints the last change.
// The server must have run the script in between, and then nothing may change for a while: charts come after the script.
(event) => {
  const QUIET_MS = 300;
  const app = document.querySelector('[data-testid="stApp"]');
  const isRunning = () => app.dataset.testScriptState !== "notRunning";
  window.stopwatch = new Promise((resolve) => {
    let begun, painted, quiet;
    let hasRun = false;
    const observer = new MutationObserver(() => {
      hasRun ||= isRunning();
      clearTimeout(quiet);
      requestAnimationFrame(() => setTimeout(() => (painted = performance.now())));
      if (hasRun && !isRunning()) quiet = setTimeout(stop, QUIET_MS);
    });
    const stop = () => {
      observer.disconnect();
      resolve(painted - begun);
    };
    const start = () => {
      begun = performance.now();
      observer.observe(app, { subtree: true, childList: true, attributes: true, characterData: true });
    };
    window.addEventListener(event, start, { capture: true, once: true });
  });
};
