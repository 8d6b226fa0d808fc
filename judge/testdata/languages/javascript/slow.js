const [a, b] = require("fs").readFileSync(0, "utf8").split(/\s+/).map(Number);
for (let i = 0; ; i++);
console.log(a + b);
