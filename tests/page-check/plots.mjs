// Holds the plots of a page, as the browser has drawn them, against the figures of report.json.

// Lengths are compared as parts of a whole; one pixel of a thousand is let pass.
const NEAR = 0.002;
// The mean of the curve is read off its path, which has two decimals of 180.
const NEAR_MEAN = 0.02;

/** What is wrong with the plots; empty when nothing is. */
export async function plots(page, data) {
  const drawn = await page.evaluate(read);
  return [...bars("sections", drawn, seconds(data)), ...bars("largest", drawn, rows(data)), ...curve(drawn, data)];
}

const seconds = (data) => data.sections.map((one) => one.seconds);

/** Rows of the twelve largest tables; a plot of one bar is not drawn, nor one of what an earlier report had. */
function rows(data) {
  const copied = data.tables.filter((one) => !one.since);
  const all = copied.map((one) => one.rows_target).filter((count) => count > 0).sort((a, b) => b - a);
  return all.length > 1 ? all.slice(0, 12) : [];
}

function bars(id, drawn, values) {
  const found = drawn[id] ?? [];
  if (found.length !== values.length) return [`plot ${id}: ${found.length} bars for ${values.length} values`];
  const greatest = Math.max(...values);
  return values.flatMap((value, index) => {
    const part = greatest > 0 ? value / greatest : 0;
    return Math.abs(found[index] - part) < NEAR ? [] : [`plot ${id}: bar ${index} is ${found[index]}, not ${part}`];
  });
}

/** The field under the curve is speed times time: it has to be all rows that were sent. */
function curve(drawn, data) {
  const samples = data.throughput;
  if (samples.length < 2) return drawn.curve ? ["plot rates: there is nothing to draw"] : [];
  if (!drawn.curve) return ["plot rates: is not there"];
  const [first, last] = [samples[0], samples[samples.length - 1]];
  const time = (last.ms - first.ms) / 1000;
  const sent = drawn.curve.mean * drawn.curve.top * time;
  const right = last.rows - first.rows;
  const told = data.tables.reduce((sum, one) => sum + one.rows_target + one.rows_quarantined, 0);
  return [
    ...(Math.abs(sent - right) <= NEAR_MEAN * right ? [] : [`plot rates: shows ${sent} rows, not ${right}`]),
    ...(last.rows <= told ? [] : [`throughput: ${last.rows} rows sent, ${told} in the tables`]),
  ];
}

/** Runs in the page: lengths of bars against their rails, and the mean height of the curve against its scale. */
function read() {
  const drawn = {};
  for (const id of ["sections", "largest"]) {
    const plot = document.querySelector(`svg[aria-labelledby^="${id}-title"]`);
    if (!plot) continue;
    const width = (rect) => rect.getBoundingClientRect().width;
    const rails = [...plot.querySelectorAll("rect.rail")];
    drawn[id] = [...plot.querySelectorAll("rect.bar")].map((bar, index) => width(bar) / width(rails[index]));
  }
  const plot = document.querySelector('svg[aria-labelledby^="rates-title"]');
  const line = plot?.querySelector("path.line");
  if (line) {
    const field = plot.querySelector("svg").viewBox.baseVal;
    const points = [...line.getAttribute("d").matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [+x, +y]);
    let area = 0;
    for (let at = 0; at + 1 < points.length; at += 2) {
      area += (points[at + 1][0] - points[at][0]) * (field.height - points[at][1]);
    }
    // The scale's highest mark has the unit behind its number: `100,000 rows/s`, `2,5 filas/s`.
    const mark = [...plot.querySelectorAll("text.tick")].map((text) => text.textContent).find((text) => text.endsWith("/s"));
    const spanish = document.documentElement.lang === "es";
    const digits = mark.replace(/[^\d.,]/g, "");
    const top = +(spanish ? digits.replace(/\./g, "").replace(",", ".") : digits.replace(/,/g, ""));
    drawn.curve = { mean: area / (field.width * field.height), top };
  }
  return drawn;
}
