"""Reports made from known facts in every layout in which such reports are published; what is read must be what went in."""
