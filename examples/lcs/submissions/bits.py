# A row of the table as the bits of one number: where it has a 0, the length grows by one.
a, b = input(), input()
places = {letter: int("".join("01"[letter == other] for other in reversed(b)), 2) for letter in "abcd"}
row = full = (1 << len(b)) - 1
for letter in a:
    met = row & places[letter]
    row = (row + met | row - met) & full
print(bin(row ^ full).count("1"))
