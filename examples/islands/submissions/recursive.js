const [, ...rows] = require("fs").readFileSync(0, "utf8").trim().split("\n");
const map = rows.map((row) => [...row]);

function size(y, x) {
  if (map[y]?.[x] !== "#") return 0;
  map[y][x] = ".";
  return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
}

let most = 0;
for (const y of map.keys()) {
  for (const x of map[y].keys()) most = Math.max(most, size(y, x));
}
console.log(most);
