# No space at the end of a line, and no newline at the end of the output.
input()
heights = list(map(int, input().split()))
rows = [" ".join("# "[h < level] for h in heights).rstrip() for level in range(max(1, *heights), 0, -1)]
print("\n".join(rows), end="")
