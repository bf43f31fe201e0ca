// Ticking rows: "velg alle", the tint of a chosen row and the count beside the acts.
for (const form of document.querySelectorAll("form:has([data-bulk])")) {
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
  const all = form.querySelector("[data-all]");
  const words = form.querySelector("[data-bulk]");
  const resting = words.textContent;

  const update = () => {
    const chosen = boxes().filter((box) => box.checked);
    for (const box of boxes()) box.closest("tr")?.classList.toggle("selected", box.checked);
    words.textContent = chosen.length ? `${chosen.length} ${words.dataset.one}:` : words.dataset.none || resting;
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === boxes().length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    update();
  });
}
