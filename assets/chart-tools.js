// What is folded beneath a chart: PNG made of its SVG, and citation, link and code to embed for the clipboard.
(() => {
  const SCALE = 2;
  const AROUND = 260; // height of what stands around a chart on the page to embed, in CSS pixels

  const address = (tools) => `${location.href.split("#")[0]}#${tools.closest("figure").id}`;
  const full = (path) => new URL(path, location.href).href;

  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const texts = {
    cite: (tools) => tools.querySelector(".chart-citation").textContent,
    link: address,
    embed: (tools) => {
      const title = escaped(tools.closest("figure").querySelector(".chart-title").textContent);
      const { chart, height } = tools.dataset;
      return `<iframe src="${full(chart)}.html" title="${title}" loading="lazy" style="width:100%;height:${Number(height) + AROUND}px;border:0"></iframe>`;
    },
  };
  const copied = { cite: "Citation copied.", link: "Link copied.", embed: "Code to embed copied." };

  async function png(tools) {
    const answer = await fetch(`${tools.dataset.chart}.svg`);
    const source = URL.createObjectURL(new Blob([await answer.text()], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(source);
    const made = URL.createObjectURL(await new Promise((resolve) => canvas.toBlob(resolve, "image/png")));
    const link = Object.assign(document.createElement("a"), { href: made, download: `${tools.dataset.chart.split("/").pop()}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(made), 60000);
  }

  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.(".chart-use[open]:not([data-ready])")) return;
    target.dataset.ready = "yes";
    for (const button of target.querySelectorAll("button")) button.hidden = false;
    // A copy on a disk has no address that others could follow.
    if (location.protocol !== "file:") target.querySelector(".chart-citation").append(` ${address(target)}`);
  }, true);

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.(".chart-use [data-do]");
    if (!button) return;
    const tools = button.closest(".chart-use");
    const { do: what } = button.dataset;
    const status = tools.querySelector("[role=status]");
    status.textContent = "";
    try {
      if (what === "png") await png(tools);
      else await navigator.clipboard.writeText(texts[what](tools));
      status.textContent = copied[what] ?? "Image made.";
    } catch {
      // Browsers keep the clipboard from pages without https, and files from pages on a disk.
      status.textContent = what === "png" ? "No image could be made here; the SVG has the same." : `Copy by hand: ${texts[what](tools)}`;
    }
  });
})();
