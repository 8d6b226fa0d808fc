word = input()
edge = "+" + "-" * (len(word) + 2) + "+"
print(edge, f"| {word} |", edge, sep="\n", end="")
