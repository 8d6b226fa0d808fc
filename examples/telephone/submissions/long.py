def send(n):
    return "".join("abcdefghij"[int(digit)] for digit in f"{n:08}")


def receive(message):
    return int("".join(str("abcdefghij".index(letter)) for letter in message))
