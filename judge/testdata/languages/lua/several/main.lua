local help = require("help")
local a, b = io.read("n", "n")
print(help.add(a, b) + io.open("zero.txt"):read("n"))
