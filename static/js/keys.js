// Single-letter keys (ui.md section 8). Off when the person has switched them off; never while typing.
const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));
const on = document.body.hasAttribute("data-keys");
let waiting = false;

function go(letter) {
  const link = document.querySelector(`.sidebar [data-go="${CSS.escape(letter)}"]`);
  if (link) link.click();
}

function listKey(event) {
  const list = document.querySelector("[data-list]");
  if (!list) return false;
  const rows = [...list.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const letter = event.key.toLowerCase();
  if (letter === "j" || letter === "k") {
    const next = rows[Math.min(Math.max(at + (letter === "j" ? 1 : -1), 0), rows.length - 1)];
    next?.querySelector("a, button, input")?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return true;
  }
  if (letter === "x" && at >= 0) { rows[at].querySelector("input[type=checkbox]")?.click(); return true; }
  if (letter === "f") { document.querySelector("[data-filter] input, [data-filter] select")?.focus(); return true; }
  return false;
}

if (on) document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (waiting) { waiting = false; go(event.key.toLowerCase()); return; }
  if (event.key === "/") { event.preventDefault(); document.getElementById("sok")?.focus(); return; }
  if (event.key === "?") { document.querySelector("[data-all-keys]")?.click(); return; }
  if (event.key === "g") { waiting = true; setTimeout(() => { waiting = false; }, 1200); return; }
  const named = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (named) { event.preventDefault(); named.click(); return; }
  if (listKey(event)) event.preventDefault();
});
