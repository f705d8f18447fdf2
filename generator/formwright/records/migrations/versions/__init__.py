"""One module for each change; its `down_revision` names the one before."""
