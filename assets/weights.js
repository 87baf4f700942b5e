// The ladder under the reader's own weights: sliders, table and verdict follow each other, and the address keeps the setting.
(() => {
  const LOWEST = 0, HIGHEST = 10, STANDARD = 5;

  const mean = (levels, weights, top) => {
    let sum = 0, total = 0;
    levels.forEach((level, domain) => {
      if (level === null) return; // a domain that does not apply leaves its weight to the others
      sum += (weights[domain] * level) / top;
      total += weights[domain];
    });
    return total ? sum / total : null;
  };

  function scores(data, weights) {
    const rows = data.pairs.map((pair) => ({
      pair,
      low: mean(pair.shown, weights, data.top),
      high: mean(pair.possible, weights, data.top),
    }));
    for (const row of rows) {
      const others = rows.filter((other) => other !== row && other.low !== null);
      row.best = 1 + others.filter((other) => other.low > row.high + 1e-12).length;
      row.worst = 1 + others.filter((other) => other.high > row.low + 1e-12).length;
    }
    return rows.sort((a, b) => (b.low ?? -1) - (a.low ?? -1) || (b.high ?? -1) - (a.high ?? -1));
  }

  const span = (low, high, digits) => {
    const [first, last] = [low.toFixed(digits), high.toFixed(digits)];
    return first === last ? first : `${first}–${last}`;
  };

  function start(box) {
    const data = JSON.parse(box.querySelector("script[type='application/json']").textContent);
    const inputs = [...box.querySelectorAll("input[type=range]")];
    const body = box.querySelector("tbody");
    const verdict = box.querySelector(".weights-verdict");

    const fromAddress = () => {
      const given = new URLSearchParams(location.hash.slice(1)).get("weights");
      const values = given ? given.split("-").map(Number) : [];
      const valid = values.length === inputs.length && values.every((value) => Number.isInteger(value) && value >= LOWEST && value <= HIGHEST);
      return valid ? values : null;
    };

    function show() {
      const weights = inputs.map((input) => Number(input.value));
      inputs.forEach((input) => (input.parentElement.querySelector("output").value = input.value));
      const rows = scores(data, weights);
      body.replaceChildren(...rows.map(({ pair, low, high, best, worst }) => {
        const row = document.createElement("tr");
        const known = low !== null;
        row.dataset.pair = pair.key;
        row.dataset.low = known ? low : "";
        row.dataset.high = known ? high : "";
        row.classList.toggle("weights-asked", pair.key === data.asked);
        const name = document.createElement("th");
        name.scope = "row";
        name.textContent = pair.name;
        const bar = document.createElement("td");
        const track = document.createElement("span");
        track.className = "weights-track";
        track.ariaHidden = "true";
        if (known) {
          const [sure, open] = [document.createElement("span"), document.createElement("span")];
          sure.className = "weights-sure";
          open.className = "weights-open";
          sure.style.width = `${100 * low}%`;
          open.style.width = `${100 * (high - low)}%`;
          track.append(sure, open);
        }
        bar.append(track, known ? span(low, high, 2) : "–");
        const place = document.createElement("td");
        place.textContent = known ? span(best, worst, 0) : "–";
        row.append(name, bar, place);
        return row;
      }));
      const asked = rows.find(({ pair }) => pair.key === data.asked);
      verdict.textContent = asked.low === null
        ? "No domain that applies has a weight: move a slider."
        : `With these weights ${data.subject} reaches ${span(asked.low, asked.high, 2)} of what the ladder holds: rank ${span(asked.best, asked.worst, 0)} of ${rows.length}.`;
    }

    function keep() {
      const weights = inputs.map((input) => input.value).join("-");
      const standard = inputs.every((input) => Number(input.value) === STANDARD);
      history.replaceState(null, "", standard ? `${location.pathname}${location.search}` : `#weights=${weights}`);
    }

    const set = (values) => {
      inputs.forEach((input, domain) => (input.value = values[domain]));
      show();
    };
    box.addEventListener("input", () => { show(); keep(); });
    box.querySelector(".weights-equal").addEventListener("click", () => { set(inputs.map(() => STANDARD)); keep(); });
    addEventListener("hashchange", () => { const values = fromAddress(); if (values) set(values); });
    set(fromAddress() ?? inputs.map(() => STANDARD));
    box.hidden = false;
  }

  document.querySelectorAll(".weights:not([data-ready])").forEach((box) => { box.dataset.ready = "yes"; start(box); });
})();
