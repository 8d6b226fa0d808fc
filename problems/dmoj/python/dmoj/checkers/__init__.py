"""The checkers that problems import from the DMOJ's judge, as in docs.dmoj.ca, "Custom checkers"."""

import importlib


def __getattr__(name):
    try:
        return importlib.import_module('dmoj.checkers.' + name)
    except ModuleNotFoundError:
        raise AttributeError('module dmoj.checkers has no attribute ' + repr(name))
