// Charts are still images until a reader reaches for one; then plotly.js is loaded once and draws it in the same place.
window.MoscowTehran = (() => {
  const figures = new Map(); // key -> figure, or a promise's resolver waiting for it
  const live = new Set(); // boxes with a drawn chart
  const named = document.currentScript.dataset.plotly;
  let hues; // pairs of light and dark colours; they come with plotly.js

  const script = (address) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`could not load ${address}`));
      document.head.append(element);
    });

  let plotly;
  const loadPlotly = (base) => (plotly ??= window.Plotly ? Promise.resolve() : script(`${base}${named}`));
  const dark = () => document.documentElement.dataset.theme === "dark";

  function themed(figure) {
    let text = JSON.stringify(figure);
    if (dark()) for (const [light, night] of hues) text = text.replaceAll(light, night);
    return JSON.parse(text);
  }

  async function draw(box) {
    const { key } = box.dataset;
    const place = box.querySelector(".chart-live");
    const { data, layout } = themed(figures.get(key));
    // A finger that scrolls the page must not zoom the chart.
    const coarse = matchMedia("(pointer: coarse)").matches;
    layout.dragmode = coarse ? false : "zoom";
    place.hidden = false;
    layout.width = box.clientWidth;
    layout.height = box.clientHeight;
    await window.Plotly.react(place, data, layout, {
      displayModeBar: false,
      displaylogo: false,
      showSendToCloud: false,
      doubleClick: "reset",
    });
    box.classList.add("chart-drawn");
    live.add(box);
  }

  async function reach(box) {
    if (box.dataset.reached) return;
    box.dataset.reached = "yes";
    try {
      const { key, base } = box.dataset;
      await Promise.all([loadPlotly(base), figures.has(key) ? null : script(`${base}${key}.js`)]);
      await draw(box);
    } catch (error) {
      delete box.dataset.reached; // the still image stays; the next touch tries again
      console.log(error.message);
    }
  }

  function start() {
    for (const box of document.querySelectorAll(".chart-box[data-key]")) {
      const button = box.querySelector(".chart-reach");
      button.hidden = false;
      const go = () => reach(box);
      for (const event of ["pointerenter", "touchstart"]) box.addEventListener(event, go, { once: false, passive: true });
      button.addEventListener("focus", go);
      button.addEventListener("click", go);
      if (box.classList.contains("chart-at-once")) go();
    }
    new MutationObserver(() => live.forEach(draw)).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    let waiting;
    addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => live.forEach(draw), 150);
    });
  }

  document.readyState === "loading" ? addEventListener("DOMContentLoaded", start) : start();
  return {
    figure: (key, figure) => figures.set(key, figure),
    palette: (pairs) => (hues = pairs),
  };
})();
