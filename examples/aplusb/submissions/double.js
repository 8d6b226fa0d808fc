// Wrong above 2^53, where a number of JavaScript has no odd neighbours any more.
const [a, b] = require("fs").readFileSync(0, "utf8").trim().split(" ").map(Number);
console.log(a + b);
