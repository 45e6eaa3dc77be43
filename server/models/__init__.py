"""The tables. Importing this package, or any module of it, registers all of them."""

from importlib import import_module
from pkgutil import iter_modules

from server.models.base import limit_texts

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

limit_texts()
