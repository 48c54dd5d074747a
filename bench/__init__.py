"""How fast, and with how much memory, a store comes about; see README.md in this folder."""
