word, value = input().split()
if word == "send":
    number, message = int(value), ""
    while number or not message:
        message = chr(ord("a") + number % 26) + message
        number //= 26
    print(message)
else:
    number = 0
    for letter in value:
        number = 26 * number + ord(letter) - ord("a")
    print(number)
