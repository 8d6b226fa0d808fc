# Spaces at the beginning of a line are lost.
input()
heights = list(map(int, input().split()))
for level in range(max(1, *heights), 0, -1):
    print(" ".join("# "[h < level] for h in heights).strip())
