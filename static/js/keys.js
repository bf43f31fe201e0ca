// Keys of ui.md section 8. Off when the person has switched them off; never while typing.
// Single letters that act on rows only work while a list or a pane has the focus.
const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && node.type !== "checkbox");
const on = document.body.hasAttribute("data-keys");
const PATIENCE = 1200;
let waiting = false;

const focusedList = () => document.activeElement?.closest("[data-list], [data-pane]");

function step(list, by) {
  const rows = [...list.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.querySelector("a, button, input")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function inList(letter) {
  const list = focusedList();
  if (!list) return false;
  const named = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  if (named) { named.click(); return true; }
  if (letter === "j" || letter === "k") { step(list, letter === "j" ? 1 : -1); return true; }
  if (letter === "x") {
    const box = document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox]");
    box?.click();
    return Boolean(box);
  }
  if (letter === "f") { document.querySelector("[data-filter] input, [data-filter] select")?.focus(); return true; }
  return false;
}

if (on) document.addEventListener("keydown", (event) => {
  if (event.altKey || typing(event.target)) return;
  const letter = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    const undo = letter === "z" && document.querySelector("[data-undo]");
    if (undo) { event.preventDefault(); undo.click(); }
    return;
  }
  if (waiting) {
    waiting = false;
    document.querySelector(`.sidebar [data-go="${CSS.escape(letter)}"]`)?.click();
    return;
  }
  if (letter === "/") { event.preventDefault(); document.getElementById("sok")?.focus(); return; }
  if (letter === "?") { document.querySelector("[data-all-keys]")?.click(); return; }
  if (inList(letter)) { event.preventDefault(); return; }
  if (letter === "g") { waiting = true; setTimeout(() => { waiting = false; }, PATIENCE); }
});
