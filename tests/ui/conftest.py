from driving import desk

__all__ = ["desk"]
