// Arrow keys, Home, End and Page keys in the month (ui.md section 8). Without script each day's links are reached by Tab.
const grid = document.querySelector("[data-month]");
const cells = grid ? [...grid.querySelectorAll("[data-date]")] : [];
if (grid && !cells.some((cell) => cell.tabIndex === 0)) cells[0].tabIndex = 0;

function move(to) {
  const next = cells[to];
  if (!next) return;
  for (const cell of cells) cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

grid?.addEventListener("keydown", (event) => {
  const at = cells.indexOf(event.target.closest("[data-date]"));
  if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const week = Math.floor(at / 7) * 7;
  const steps = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - 7, ArrowDown: at + 7, Home: week, End: week + 6 };
  if (event.key in steps) { event.preventDefault(); move(steps[event.key]); return; }
  const turn = { PageUp: "prev", PageDown: "next" }[event.key];
  const link = turn && document.querySelector(`.month-nav [rel="${turn}"]`);
  if (link) { event.preventDefault(); link.click(); }
  if (event.key === "Enter" && event.target === cells[at]) cells[at].querySelector("a")?.click();
});
