"""The official form as the many hands write it that fill it in: site editors, word processors, printers of pages, copyists."""
