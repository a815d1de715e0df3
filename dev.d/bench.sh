# ./dev bench: measures an instance of its own, built as users build it.
# shellcheck shell=bash

bench_all() {
	server=lighttpd
	build=$root/build/run
	settings_of var/bench
	packages_ensure build run bench
	build_in "$build"
	make -C "$build" -s bench >"$build/make.log" || build_failed "$build/make.log"
	harness_install
	trap instance_stop EXIT
	trap 'exit 130' INT TERM HUP
	fresh_instance
	node tests/bench/run.mjs "$@"
}
