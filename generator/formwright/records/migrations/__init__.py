"""Changes of the store's tables, in order (Alembic); run by `records.store.open_store` when a workspace is opened."""
