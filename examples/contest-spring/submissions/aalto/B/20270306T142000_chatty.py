# Right, and then says more than it was asked for.
def prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


n = int(input())
for p in range(2, n):
    if prime(p) and prime(n - p):
        print(p, n - p)
        break
else:
    print("none")
print("Here you are!")
