with open("maximum.in") as numbers, open("maximum.out", "w") as out:
    print(max(map(int, numbers.read().split()[1:])), file=out)
