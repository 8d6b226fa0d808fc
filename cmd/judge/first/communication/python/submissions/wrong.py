import sys

input()
total = sum(map(int, input().split()))
if sys.argv[1] == "0":
    print((total + 2**31) % 2**32 - 2**31)
else:
    print(total + int(input()))
