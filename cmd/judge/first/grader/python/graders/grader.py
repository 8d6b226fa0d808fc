import largest

n = int(input())
print(largest.largest(list(map(int, input().split()))))
