// A field above long tables that filters their rows; without script the whole table stands.
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function start(table, number) {
    const rows = [...table.querySelectorAll("tbody tr")];
    const texts = rows.map((row) => plain(row.textContent));
    const box = document.createElement("div");
    box.className = "table-search";
    const label = document.createElement("label");
    label.htmlFor = `table-search-${number}`;
    label.textContent = "Search this table";
    const input = Object.assign(document.createElement("input"), { type: "search", id: label.htmlFor, autocomplete: "off" });
    const count = document.createElement("p");
    count.role = "status";
    const filter = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !words.every((word) => texts[place].includes(word));
        shown += !row.hidden;
      });
      count.textContent = `${shown} of ${rows.length} rows`;
    };
    input.addEventListener("input", filter);
    box.append(label, input, count);
    table.before(box);
    filter();
  }

  document.querySelectorAll("table.searchable").forEach(start);
})();
