"""Layout and values -> a Word file (ISO 29500) that can be filled in: compiled once for each layout, stamped for each
issue.

    layout -> compile (python-docx; a mark wherever a value goes) -> parts in pieces -> stamp (joined bytes) -> .docx
"""
