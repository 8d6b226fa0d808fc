def send(n):
    message = chr(ord("a") + n % 26)
    return send(n // 26) + message if n >= 26 else message


def receive(message):
    n = 0
    for letter in message:
        n = 26 * n + ord(letter) - ord("a")
    return n
