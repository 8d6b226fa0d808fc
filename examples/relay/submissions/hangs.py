word, value = input().split()
if word == "send":
    n, message = int(value), ""
    while n or not message:
        message = chr(ord("a") + n % 26) + message
        n //= 26
    print(message)
else:
    while True:
        pass
    for letter in value:
        n = 26 * n + ord(letter) - ord("a")
    print(n)
