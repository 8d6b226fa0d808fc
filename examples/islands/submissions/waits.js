// Looks for land until there is some, once a second.
const [, ...rows] = require("fs").readFileSync(0, "utf8").trim().split("\n");
const map = rows.map((row) => [...row]);

function size(y, x) {
  if (map[y]?.[x] !== "#") return 0;
  map[y][x] = ".";
  return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
}

function look() {
  let most = 0;
  for (const y of map.keys()) {
    for (const x of map[y].keys()) most = Math.max(most, size(y, x));
  }
  if (most > 0) console.log(most);
  else setTimeout(look, 1000);
}

look();
