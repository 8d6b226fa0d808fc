from dmoj.error import InternalError


def fail(self, *args, **kwargs):
    raise InternalError('judge does not pass %s to checkers' % object.__getattribute__(self, '_name'))


class Unknown:
    """A value that the DMOJ's judge passes and this one does not. To use it is an error."""

    def __init__(self, name):
        object.__setattr__(self, '_name', name)

    __getattribute__ = __getattr__ = __setattr__ = __len__ = __iter__ = __getitem__ = __contains__ = fail
    __bool__ = __str__ = __repr__ = __format__ = __bytes__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = fail
    __hash__ = __add__ = __radd__ = __call__ = fail
