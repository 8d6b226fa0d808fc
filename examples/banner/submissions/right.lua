local word = io.read("l")
local edge = "+" .. string.rep("-", #word + 2) .. "+"
print(edge)
print("| " .. word .. " |")
print(edge)
