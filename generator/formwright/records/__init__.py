"""What is kept: issues, their files, and what happened to them. The store is SQLite and a folder in the workspace."""
