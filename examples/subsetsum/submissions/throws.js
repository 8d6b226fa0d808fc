// A TypeError that nobody catches: exit code 1.
const [n, s, ...coins] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
let ways = new Map([[0, 0]]);
for (const coin of coins) {
  const more = new Map(ways);
  for (const [paid, used] of ways) {
    if (paid + coin <= s && !(more.get(paid + coin) <= used + 1)) more.set(paid + coin, used + 1);
  }
  ways = more;
}
console.log(ways.get(s).toString());
