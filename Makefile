# The jobs are in ./run; this only lends them to those who type make. ARGS="..." is handed on.
.PHONY: demo test lint bench docs setup
demo test lint bench docs setup:
	@./run $@ $(ARGS)
