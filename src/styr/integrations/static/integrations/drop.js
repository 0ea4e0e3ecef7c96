// Files dropped on a page: they land in the plain file field, so the form is the same with and without this script.
const list = (files) => [...files].map((file) => file.name);

const read = (entry) => new Promise((done) => {
  if (entry.isFile) {
    entry.file((file) => done([file]), () => done([]));
    return;
  }
  const reader = entry.createReader();
  const found = [];
  const more = () => reader.readEntries(async (entries) => {
    if (entries.length === 0) {
      done((await Promise.all(found.map(read))).flat());
      return;
    }
    found.push(...entries);
    more();
  }, () => done([]));
  more();
});

const show = (zone) => {
  const field = zone.querySelector("input[type=file]");
  const told = zone.querySelector("[data-chosen]");
  const names = list(field.files);
  told.textContent = names.length === 0 ? "" : names.length === 1 ? names[0] : `${names.length} filer: ${names.slice(0, 3).join(", ")}${names.length > 3 ? " …" : ""}`;
  zone.toggleAttribute("data-filled", names.length > 0);
};

for (const zone of document.querySelectorAll("[data-drop]")) {
  const field = zone.querySelector("input[type=file]");
  zone.setAttribute("data-ready", "");
  field.addEventListener("change", () => show(zone));
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.setAttribute("data-over", "");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.removeAttribute("data-over");
  });
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.removeAttribute("data-over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length > 0 ? (await Promise.all(entries.map(read))).flat() : [...event.dataTransfer.files];
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    field.files = held.files;
    show(zone);
  });
}
