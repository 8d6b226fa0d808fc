const [n, ...c] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
let perimeter = 0, twice = 0;
for (let i = 0; i < n; i++) {
  const j = (i + 1) % n;
  perimeter += Math.hypot(c[2 * j] - c[2 * i], c[2 * j + 1] - c[2 * i + 1]);
  twice += c[2 * i] * c[2 * j + 1] - c[2 * i + 1] * c[2 * j];
}
console.log(perimeter, twice / 2);
