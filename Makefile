# make run: start everything. make test: all tests. make lint: all linters. make help: the rest.
SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.PHONY: help setup run stop test bench lint format messages docs locks clean
PY := .venv/bin/python

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: ## install what is missing (run and test do it by themselves)
	@scripts/setup

run: setup ## start PostgreSQL, Redis, mail, worker, beat and web; Ctrl-C stops all (PORT=8000, HOST=127.0.0.1, DEMO=yes)
	@exec $(PY) -m scripts.run

stop: ## stop what make run started
	@if [ -x $(PY) ]; then $(PY) -m scripts.stop; else echo "Nothing is running from this folder."; fi

test: setup ## all tests, on a PostgreSQL and a Redis of their own
	@exec $(PY) -m scripts.test

bench: setup ## every measurement of benchmarks/, one after the other (about half an hour)
	@exec $(PY) -m scripts.bench

lint: setup ## everything CI checks besides the tests
	@exec $(PY) -m scripts.lint

format: setup ## write Python and templates the one way
	@.venv/bin/ruff check --fix --exit-zero -q . && .venv/bin/ruff format -q . && $(PY) -m scripts.templates --write

messages: setup ## extract the texts to locale/
	@$(PY) -m scripts.messages --write

docs: setup ## write what docs/ takes from the code: glossary, rights, states
	@$(PY) -m scripts.glossary && $(PY) -m scripts.guides

locks: setup ## resolve pyproject.toml anew into the two lock files (needs uv)
	@scripts/locks

clean: stop ## remove the local database, logs and stored files of this folder
	@if [ -x $(PY) ]; then $(PY) -m scripts.clean; fi
