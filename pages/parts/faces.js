// Tells the server which figure's downloads a reader has opened: it makes their buttons only then.
let tell;

document.addEventListener("change", ({ target }) => {
  if (!target.matches('.mc-faces [value="download"]')) return;
  const figure = target.closest('[class*="st-key-mc-figure-"]');
  if (figure.querySelector(".mc-face-download")) tell?.("opened", target.name);
});

export default function ({ setTriggerValue }) {
  tell = setTriggerValue;
}
