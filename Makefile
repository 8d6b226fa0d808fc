# `make` alone lists the targets. Those that judge programs need root.

SHELL := /bin/bash
export PATH := /usr/local/go/bin:$(PATH)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
PREFIX := /usr/local
DESTDIR :=
# The version that a build prints and that names a package; without it, what git says.
VERSION :=
MODULE := $(shell sed -n 's/^module //p' go.mod)
VM := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/judge-vm

.PHONY: help
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make setup     install missing packages: libseccomp and the compilers of all languages (Debian)
.PHONY: setup
setup:
	@.ci/setup judge

# Go asks git for the revision that judge version prints; git answers about a checkout of somebody else's only if told to.
## make build     bin/judge (VERSION=v1.2.3: what judge version prints)
.PHONY: build
build: setup
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' \
		go build -buildvcs=auto -ldflags '$(if $(VERSION),-X $(MODULE)/judge/report.release=$(VERSION))' -o bin/judge ./cmd/judge

# The binary is built only if it is not there, so that `make build && sudo make install` builds nothing as root.
## make install   the binary, its manual page and shell completions under DESTDIR and PREFIX (/usr/local)
.PHONY: install
install:
	@[[ -x bin/judge ]] || $(MAKE) build
	@.dist/install bin/judge "$(DESTDIR)$(PREFIX)"

## make uninstall remove what make install put there
.PHONY: uninstall
uninstall:
	@.dist/install --remove "$(DESTDIR)$(PREFIX)"

## make dist      bin/dist: tar.gz, deb and rpm with a static binary, an SBOM and SHA256SUMS (VERSION=, or git describe)
.PHONY: dist
dist:
	@.dist/build "$(VERSION)"

## make test-dist what make dist built, in fresh Debian roots, and make install (root; some minutes the first time)
.PHONY: test-dist
test-dist: setup
	@.ci/setup dist
	@.dist/test

## make module    give the Go module another path: make module MODULE_PATH=github.com/OWNER/judge
.PHONY: module
module:
	@.dist/module "$(MODULE_PATH)"

## make demo      set up, build, and judge the examples
.PHONY: demo
demo: build
	@python3 examples/demo.py bin/judge

# The race detector where goroutines meet; it would find nothing more in running the same engine once for every language.
# The rooms of the engine have tests without jails, all of which are quick.
## make test      run all tests, with jails
.PHONY: test
test: setup
	@.ci/setup test
	go vet ./...
	JUDGE_NEED_JAIL=1 JUDGE_NEED_BROWSER=1 go test -timeout 60m ./...
	JUDGE_NEED_JAIL=1 go test -timeout 60m -race -short -skip "Languages|NameOfASingleFile|JavaClassMay|TestPrograms$$|Header|ABusyHost|Compil|Faults|Outputs?Of|WriteNoFiles|WorkingDirectory|ValidationOutput" ./checkers ./isolate ./isolate/cgroup ./judge
	go test -race ./judge/build ./judge/cache ./judge/cores ./judge/decide ./judge/kinds ./judge/once

## make soak      run the long tests: hundreds of runs on a busy host (hours); make test has a short form of each
.PHONY: soak
soak: setup
	JUDGE_NEED_JAIL=1 JUDGE_SOAK=1 go test -timeout 0 -v -run 'ABusyHost' ./judge
	JUDGE_SOAK=1 go test -timeout 0 -v -run 'KilledGrader' ./judge/contest/store
	JUDGE_NEED_JAIL=1 JUDGE_SOAK=1 go test -timeout 0 -v -run 'TestKilledGrading' ./cmd/judge

## make test-v2   run the jail's tests under cgroup v2, in virtual machines that need no KVM (some minutes)
.PHONY: test-v2
test-v2: setup
	.ci/test-v2

## make bench     measure what a jail and a test cost, compared with a plain start and other sandboxes: docs/benchmarks.md
.PHONY: bench
bench: build
	@.ci/setup bench
	@go run -buildvcs=false ./cmd/bench >.bench.md && mv .bench.md docs/benchmarks.md && cat docs/benchmarks.md

## make bench-go  run the Go benchmarks of jails, tests, comparisons and grading, for benchstat
.PHONY: bench-go
bench-go: setup
	JUDGE_NEED_JAIL=1 go test -run '^$$' -bench . -count 5 ./isolate ./judge ./checkers ./judge/contest/...

## make bench-timing   measure how far CPU times move when all cores run tests (some minutes)
.PHONY: bench-timing
bench-timing: setup
	@.ci/setup bench
	@go run -buildvcs=false ./cmd/bench -rounds 30 timing

## make lint      run gofmt, go vet and staticcheck
.PHONY: lint
lint: setup
	@badly=$$(gofmt -l $$(git ls-files '*.go')); [[ -z $$badly ]] || { echo "gofmt -w would change: $$badly"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...

## make clean     remove build products and the virtual machines
.PHONY: clean
clean:
	rm -rf bin .cache $(VM)
