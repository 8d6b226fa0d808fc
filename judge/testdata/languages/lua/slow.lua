local a, b = io.read("n", "n")
while true do a = a + 1 end
print(a + b)
