def utf8bytes(value):
    return value.encode('utf-8') if isinstance(value, str) else value


def utf8text(value, errors='strict'):
    return value.decode('utf-8', errors) if isinstance(value, (bytes, bytearray)) else value
