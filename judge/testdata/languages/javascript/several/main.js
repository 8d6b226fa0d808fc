const fs = require("fs");
const add = require("./help.js");
const [a, b] = fs.readFileSync(0, "utf8").split(/\s+/).map(Number);
console.log(add(a, b) + Number(fs.readFileSync("zero.txt", "utf8")));
