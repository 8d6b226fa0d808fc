import sys

input()
total = sum(map(int, input().split()))
if sys.argv[1] == "0":
    print(total)
else:
    print(total + int(input()))
