// Saves what is typed while it is typed, and says so: "Lagret kl. 10.42". The form's own button does the same without script.
const form = document.querySelector("form[data-autosave]");
const line = document.querySelector("[data-saved] span");
const live = document.getElementById("melding");
const WAIT = 1500;
let timer = 0;
let running = false;
let again = false;

function say(words) {
  if (line) line.textContent = words;
  if (live) live.textContent = words;
}

async function save() {
  if (running) { again = true; return; }
  running = true;
  const body = new FormData(form);
  body.set("gjor", "auto");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", "X-Autosave": "1" }, credentials: "same-origin" });
    const data = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok && data.version !== undefined) {
      form.elements.version.value = data.version;
      for (const [name, value] of Object.entries(data.fields || {})) if (form.elements[name]) form.elements[name].value = value;
      say(data.message || "");
    } else if (data.message) { say(data.message); }
  } catch { say(form.dataset.offline || "Ikke lagret. Prøver igjen når nettet er tilbake."); timer = setTimeout(save, 10 * WAIT); }
  running = false;
  if (again) { again = false; save(); }
}

if (form) {
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, WAIT); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); clearTimeout(timer); save(); }
    if (event.altKey && event.key.toLowerCase() === "n") { event.preventDefault(); document.querySelector("[data-next-missing], .outline__title ~ ul .link")?.click(); }
  });
}
