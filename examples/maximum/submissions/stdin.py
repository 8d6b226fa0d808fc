numbers = list(map(int, input().split()))
with open("maximum.out", "w") as out:
    print(max(numbers[1:]), file=out)
