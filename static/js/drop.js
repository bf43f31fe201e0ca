// Dropping files on the zone fills the plain file input; without script the input alone does the work.
const zone = document.querySelector("[data-drop]");
const input = zone?.querySelector("input[type=file]");

if (zone && input) {
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
    input.focus();
  });
}
