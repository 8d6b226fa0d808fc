local a, b = io.read("n", "n")
error("on purpose")
print(a + b)
