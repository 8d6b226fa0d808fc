class InternalError(Exception):
    pass
