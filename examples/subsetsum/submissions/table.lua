local n, s = io.read("n", "n")
local fewest = { [0] = 0 }
for _ = 1, n do
  local coin = io.read("n")
  for paid = s, coin, -1 do
    local before = fewest[paid - coin]
    if before and (not fewest[paid] or fewest[paid] > before + 1) then
      fewest[paid] = before + 1
    end
  end
end
print(fewest[s] or "impossible")
