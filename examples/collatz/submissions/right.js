const [, ...numbers] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
for (let n of numbers) {
  const way = [n];
  while (n !== 1) {
    n = n % 2 === 0 ? n / 2 : 3 * n + 1;
    way.push(n);
  }
  console.log(way.join(" "));
}
